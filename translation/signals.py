"""What happens to the Vietnamese page, to the English one and to the moderation, as far as a translation is concerned."""

from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, WorkflowState
from wagtail.signals import workflow_cancelled, workflow_rejected

from editorial import after_publish
from editorial.publications import Event

from .models import Work
from .segments import digest_of

Status = Work.Status


@after_publish.step("translation.staleness", _("Tình trạng của bản tiếng Anh"), [Event.PUBLISHED])
def note_published(happening):
    """A changed Vietnamese text makes its English page stale; a published English page is done."""
    page = happening.page
    if page.locale.language_code == "en":
        work = work_of(page)
        if work:
            work.status = Status.DONE if work.status == Status.SUBMITTED else work.status
            settle(work)
        return
    work = Work.objects.filter(page=page.pk).first()
    if work:
        work.digest = digest_of(page)
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


@after_publish.step(
    "translation.source_gone", _("Trả bản dịch về cho biên dịch viên"), [Event.UNPUBLISHED, Event.DELETED]
)
def note_gone(happening):
    """Of a page that is gone nothing is published in English any more: what waits comes back to the translator."""
    page, notes = happening.page, happening.notes
    if page is not None:
        if page.locale.language_code != "vi":
            return
        notes["translation.english"] = list(_english_of(page).values_list("pk", flat=True))
        notes["translation.works"] = list(Work.objects.filter(page=page.pk).values_list("pk", flat=True))
    for english in Page.objects.filter(pk__in=notes.get("translation.english", [])).specific():
        if english.workflow_in_progress:
            english.current_workflow_state.cancel()
    works = Work.objects.filter(pk__in=notes.get("translation.works", []), status=Status.SUBMITTED)
    works.update(status=Status.OPEN)


def _english_of(page):
    return Page.objects.filter(translation_key=page.translation_key, locale__language_code="en")


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
