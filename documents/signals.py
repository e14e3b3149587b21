"""What a document does to others holds from the moment it is public, and no longer than that."""

from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, PageViewRestriction

from editorial import after_publish
from editorial.publications import Event
from organisations.scoping import organisation_of

from .citations import remember
from .effect import affected_by, hanging_on, refresh
from .models import Citation, DocumentPage, Relation
from .relations import resolve, take_turns
from .standing import settle, words_of

_KEY = "documents.effect"


@after_publish.step(
    "documents.effect",
    _("Hiệu lực của văn bản và các văn bản liên quan"),
    [Event.PUBLISHED, Event.UNPUBLISHED, Event.DELETED],
    DocumentPage,
)
def follow_effect(happening):
    """Take effect, or lose it; a document that is about to be deleted is taken down first."""
    document, affected = happening.page, set(happening.notes.get(_KEY, []))
    if document is not None:
        take_turns(document)
        arrived = resolve(document) if happening.event == Event.PUBLISHED else []
        settle([document.pk])
        affected |= affected_by([document.pk]) | set(arrived)
        happening.notes[_KEY] = sorted(affected)
        if happening.event != Event.PUBLISHED:
            _lose(document)
    refresh(affected)


def _lose(document):
    # Expiry and deletion save the page's own row alone, or none.
    DocumentPage.objects.filter(pk=document.pk).update(public_in="")
    Page.objects.filter(pk=document.pk, live=True).update(live=False)
    # What named this document by number names it no longer, until another goes by that number.
    Relation.objects.filter(target=document.pk).update(target=None)


@receiver(pre_save, sender=Relation)
def keep_target(sender, instance, **kwargs):
    """A revision may be older than the answer to what its numbers name; only another number asks again."""
    old = Relation.objects.filter(pk=instance.pk).first() if instance.pk else None
    same = old and (old.target_key, old.target_issuer) == (instance.target_key, instance.target_issuer)
    instance.target_id = old.target_id if same else None
    kept = same and words_of(old) == words_of(instance)
    instance.standing = old.standing if kept else Relation.Standing.PENDING
    instance.asks_id = old.asks_id if kept else None
    instance.left_target = None if same or not old else old.target


@receiver(post_save, sender=Relation)
def leave_target(sender, instance, **kwargs):
    if instance.left_target:
        refresh({instance.page_id, instance.left_target.pk})


@receiver(post_delete, sender=Relation)
def give_effect_back(sender, instance, **kwargs):
    if instance.target_id:
        refresh({instance.page_id, instance.target_id})


@after_publish.step("documents.citations", _("Văn bản được nhắc đến trong bài"), [Event.PUBLISHED])
def note_citations(happening):
    """Articles cite documents too, so this hears of every page."""
    remember(happening.page)


@after_publish.step("documents.no_citations", _("Bỏ các lần nhắc đến văn bản trong bài đã gỡ"), [Event.UNPUBLISHED])
def forget_citations(happening):
    Citation.objects.filter(page=happening.page_id).delete()


@after_publish.step("documents.place", _("Đơn vị đăng của văn bản"), [Event.MOVED])
def note_new_place(happening):
    """A document moved alone, or a whole register moved with its documents."""
    moved = DocumentPage.objects.descendant_of(happening.page, inclusive=True)
    if moved.exists():
        moved.update(publisher=organisation_of(happening.page))
        pks = list(moved.values_list("pk", flat=True))
        refresh(affected_by(pks) | settle(pks))


@receiver([post_save, post_delete], sender=PageViewRestriction)
def follow_door(sender, instance, **kwargs):
    """What nobody may read does not act; when a site or a part of it opens or closes, all of it begins or ceases to."""
    if kwargs.get("raw"):
        return
    behind = DocumentPage.objects.live().descendant_of(instance.page, inclusive=True)
    refresh(hanging_on(behind.values_list("pk", flat=True)))
