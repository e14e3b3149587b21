"""Whatever changes what the public may find puts a row into the queue."""

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from documents.effect import effect_changed
from documents.models import DocumentFile, DocumentPage, Field, Issuer
from home.bulk import pages_added
from home.media.models import FileText
from news.models import Category, Contributor, NewsPage
from organisations.models import Organisation

from .queue import enqueue, enqueue_below

NAMED = {
    Category: (NewsPage, "category"),
    Contributor: (NewsPage, "bylines__contributor"),
    Field: (DocumentPage, "field"),
    Issuer: (DocumentPage, "document_issuers__issuer"),
}


@receiver(page_published)
@receiver(page_unpublished)
def note_page(sender, instance, **kwargs):
    enqueue([instance.pk])


@receiver(post_save)
def note_created(sender, instance, created, raw=False, **kwargs):
    """Pages that code adds live, as the opening of a site does, are never published by Wagtail's own action."""
    if created and not raw and isinstance(instance, Page) and instance.live:
        enqueue([instance.pk])


@receiver(post_delete)
def note_deleted(sender, instance, **kwargs):
    if isinstance(instance, Page):
        enqueue([instance.pk])


@receiver(post_page_move)
def note_moved(sender, instance, **kwargs):
    enqueue_below(Page.objects.get(pk=instance.pk))


@receiver(page_slug_changed)
def note_renamed(sender, instance, **kwargs):
    """Its address is the beginning of those below it."""
    enqueue_below(instance)


@receiver(post_save, sender=Category)
@receiver(post_save, sender=Field)
@receiver(post_save, sender=Issuer)
@receiver(post_save, sender=Contributor)
def note_name(sender, instance, created, **kwargs):
    """The names of subjects, fields, bodies and authors stand in the documents of their pages."""
    if not created:
        pages, path = NAMED[sender]
        enqueue(pages.objects.filter(**{path: instance}).values_list("pk", flat=True).iterator())


@receiver(post_save, sender=PageViewRestriction)
@receiver(post_delete, sender=PageViewRestriction)
def note_restricted(sender, instance, **kwargs):
    page = Page.objects.filter(pk=instance.page_id).first()
    if page:
        enqueue_below(page)


@receiver(post_save, sender=Organisation)
def note_organisation(sender, instance, created, **kwargs):
    """Its name, and whether it is closed, stand in every document of its site."""
    if not created:
        enqueue_below(instance.home_page)


@receiver(post_save, sender=Site)
def note_site(sender, instance, created, **kwargs):
    """Its host stands in every address."""
    if not created:
        enqueue_below(instance.root_page)


@receiver(post_save, sender=FileText)
def note_words(sender, instance, **kwargs):
    """The words of a file came after the page that shows it."""
    pages = set(DocumentFile.objects.filter(file=instance.file_id).values_list("page_id", flat=True))
    pages |= {int(pk) for pk in _pages_using(instance.file)}
    enqueue(pages)


def _pages_using(file):
    references = file.get_usage() if hasattr(file, "get_usage") else []
    return [page.pk for page, _references in references if isinstance(page, Page)]


@receiver(effect_changed)
def note_effect(sender, pk, **kwargs):
    enqueue([pk])


@receiver(pages_added)
def note_added(sender, pks, **kwargs):
    enqueue(pks)
