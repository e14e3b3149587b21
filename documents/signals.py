"""What a document does to others holds from the moment it is public, and no longer than that."""

from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished, post_page_move

from organisations.scoping import organisation_of

from .citations import remember
from .effect import refresh, refresh_targets
from .models import Citation, DocumentPage, Relation
from .relations import resolve


@receiver(page_published, sender=DocumentPage)
def take_effect(sender, instance, **kwargs):
    for page in DocumentPage.objects.filter(pk__in=resolve(instance)):
        refresh_targets(page)
    refresh_targets(instance)


@receiver(page_unpublished, sender=DocumentPage)
def lose_effect(sender, instance, **kwargs):
    # Expiry saves the page's own row alone.
    DocumentPage.objects.filter(pk=instance.pk).update(public_in="")
    refresh_targets(instance)
    # What named this document by number names it no longer, until another goes by that number.
    Relation.objects.filter(target=instance.pk).update(target=None)


@receiver(pre_save, sender=Relation)
def keep_target(sender, instance, **kwargs):
    """A revision may be older than the answer to what its numbers name; only another number asks again."""
    old = Relation.objects.filter(pk=instance.pk).first() if instance.pk else None
    same = old and (old.target_key, old.target_issuer) == (instance.target_key, instance.target_issuer)
    instance.target_id = old.target_id if same else None
    instance.left_target = None if same or not old else old.target


@receiver(post_save, sender=Relation)
def leave_target(sender, instance, **kwargs):
    if instance.left_target:
        refresh(instance.left_target)


@receiver(post_delete, sender=Relation)
def give_effect_back(sender, instance, **kwargs):
    if instance.target:
        refresh(instance.target)


@receiver(page_published)
def note_citations(sender, instance, **kwargs):
    """Articles cite documents too, so this hears of every page."""
    remember(instance)


@receiver(page_unpublished)
def forget_citations(sender, instance, **kwargs):
    Citation.objects.filter(page=instance.pk).delete()


@receiver(post_page_move)
def note_new_place(sender, instance, **kwargs):
    """A document moved alone, or a whole register moved with its documents."""
    moved = DocumentPage.objects.descendant_of(instance, inclusive=True)
    if moved.exists():
        moved.update(publisher=organisation_of(Page.objects.get(pk=instance.pk)))
