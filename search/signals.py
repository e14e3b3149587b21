"""Whatever changes what the public may find puts a row into the queue."""

from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import page_slug_changed

from editorial import after_publish
from editorial.publications import Event
from home.bulk import pages_added
from home.media.models import FileText
from organisations.models import Organisation
from organisations.scoping import homes_of

from .kinds.table import public_kinds, queueing
from .queue import enqueue, enqueue_below


@after_publish.step(
    "search.queue", _("Hàng chờ cập nhật tìm kiếm"), [Event.PUBLISHED, Event.UNPUBLISHED, Event.DELETED]
)
def note_page(happening: after_publish.Happening) -> None:
    enqueue([happening.page_id])


@after_publish.step("search.queue_below", _("Hàng chờ cập nhật tìm kiếm, cả các trang bên dưới"), [Event.MOVED])
def note_moved(happening: after_publish.Happening) -> None:
    enqueue_below(happening.page)


@receiver(post_save)
def note_created(sender: Any, instance: Model, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """Pages that code adds live, as the opening of a site does, are never published by Wagtail's own action."""
    if created and not raw and isinstance(instance, Page) and instance.live:
        enqueue([instance.pk])


@receiver(page_slug_changed)
def note_renamed(sender: Any, instance: Page, **kwargs: Any) -> None:
    """Its address is the beginning of those below it."""
    enqueue_below(instance)


def note_named(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    """The names of subjects, fields, bodies and authors, and the words of files, stand in the documents of their pages."""
    for kind, path in queueing()[sender]:
        pages = kind.model.objects.filter(**{path: instance})
        enqueue(pages.values_list("pk", flat=True).distinct().iterator())


def note_pk(sender: Any, pk: int, **kwargs: Any) -> None:
    enqueue([pk])


def connect_kinds() -> None:
    """Listen to what each kind says of itself."""
    for model in queueing():
        post_save.connect(note_named, sender=model)
    for signal in {signal for kind in public_kinds() for signal in kind.queued_by_signals}:
        signal.connect(note_pk)


@receiver(post_save, sender=PageViewRestriction)
@receiver(post_delete, sender=PageViewRestriction)
def note_restricted(sender: Any, instance: PageViewRestriction, **kwargs: Any) -> None:
    page = Page.objects.filter(pk=instance.page_id).first()
    if page:
        note_tree(page)


@receiver(post_save, sender=Organisation)
def note_organisation(sender: Any, instance: Organisation, created: bool, **kwargs: Any) -> None:
    """Its name, and whether it is closed, stand in every document of its site, in every language."""
    if not created:
        note_tree(instance.home_page)


@receiver(post_save, sender=Site)
def note_site(sender: Any, instance: Site, created: bool, **kwargs: Any) -> None:
    """Its host stands in every address, in every language."""
    if not created:
        note_tree(instance.root_page)


def note_tree(page: Page) -> None:
    """What lies below `page`; below an organisation's home page, in every language."""
    organisation = Organisation.objects.filter(home_page=page.pk).first()
    for root in homes_of(organisation) if organisation else [page]:
        enqueue_below(root)


@receiver(post_save, sender=FileText)
def note_words(sender: Any, instance: FileText, **kwargs: Any) -> None:
    """The words of a file came after the pages whose text shows it."""
    enqueue({page.pk for page, _references in instance.file.get_usage() if isinstance(page, Page)})


@receiver(pages_added)
def note_added(sender: Any, pks: list[int], **kwargs: Any) -> None:
    enqueue(pks)


connect_kinds()
