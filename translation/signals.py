"""What happens to the Vietnamese page, to the English one and to the moderation, as far as a translation is concerned."""

import logging

from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.utils import timezone
from wagtail.models import Page, WorkflowState
from wagtail.signals import page_published, page_unpublished, workflow_cancelled, workflow_rejected

from .models import Work
from .segments import digest_of

logger = logging.getLogger(__name__)
Status = Work.Status


@receiver(page_published)
def note_published(sender, instance, **kwargs):
    """A changed Vietnamese text makes its English page stale; a published English page is done."""
    if not isinstance(instance, Page):
        return
    if instance.locale.language_code == "en":
        work = work_of(instance)
        if work:
            work.status = Status.DONE if work.status == Status.SUBMITTED else work.status
            settle(work)
        return
    work = Work.objects.filter(page=instance.pk).first()
    if work:
        try:
            work.digest = digest_of(instance)
        except (TypeError, ValueError):  # content that cannot be taken apart is published all the same
            logger.exception("Page %s cannot be read for translation", instance.pk)
            return
        settle(work)


def work_of(english_page):
    """The Work whose English page this is."""
    return Work.objects.filter(
        page__translation_key=english_page.translation_key, page__locale__language_code="vi"
    ).first()


def settle(work):
    """Whether the English page says what the Vietnamese one says now; keeps the moment from which it does not."""
    is_behind = bool(work.translated_digest) and work.translated_digest != work.digest
    if not is_behind:
        work.stale_since = None
    elif work.stale_since is None:
        work.stale_since = timezone.now()
    if is_behind and work.status == Status.DONE:
        work.status = Status.OPEN
    work.save()


@receiver(page_unpublished)
@receiver(pre_delete)
def note_gone(sender, instance, **kwargs):
    """Of a page that is gone nothing is published in English any more: what waits comes back to the translator."""
    if not isinstance(instance, Page) or instance.locale.language_code != "vi":
        return
    for page in Page.objects.filter(translation_key=instance.translation_key, locale__language_code="en"):
        page = page.specific
        if page.workflow_in_progress:
            page.current_workflow_state.cancel()
    Work.objects.filter(page=instance.pk, status=Status.SUBMITTED).update(status=Status.OPEN)


@receiver(workflow_rejected, sender=WorkflowState)
@receiver(workflow_cancelled, sender=WorkflowState)
def note_returned(sender, instance, **kwargs):
    """What the board returns is open again."""
    page = instance.content_object
    if isinstance(page, Page) and page.locale.language_code == "en":
        work = work_of(page)
        if work and work.status == Status.SUBMITTED:
            work.status = Status.OPEN
            work.save()
