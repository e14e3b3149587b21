"""Opening a page for translation, keeping what is translated, handing it in. Nothing here publishes: approval does."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, WorkflowState
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from home import clean
from home.slugs import free_slug, vietnamese_slug
from organisations.models import User

from . import checks
from .models import Confirmed, Work
from .segments import TranslatedSegment, digest_of, english, rows_of, stamp

Status = Work.Status


@dataclass
class Typed:
    """What came back of one segment: the text, what stood there when the form was drawn, and two boxes."""

    text: str
    seen: str
    is_looked_at: bool = False
    is_confirmed: bool = False


@dataclass
class Saved:
    """What a save did: `conflicts` holds {segment id: what somebody else has put there meanwhile}."""

    changed: int = 0
    conflicts: dict[int, str] = field(default_factory=dict)


@transaction.atomic
def begin(page: Page, user: User | None = None, given_by: User | None = None, note: str = "") -> Work:
    """The Work of a Vietnamese page, with the segments of its text as it stands; again brings them up to date.

    Of a given draft the newest revision is translated, of all others what is published. ValidationError where the page above
    has no English yet.
    """
    page = page.specific
    require_parent(page)
    work, _made = Work.objects.select_for_update().get_or_create(page=page.page_ptr, defaults={"title": page.title})
    if given_by:
        work.given_by, work.given_at, work.note = given_by, timezone.now(), note
    refresh(work)
    if user and work.translator_id is None:
        work.translator = user
    work.save()
    return work


def require_parent(page: Page) -> None:
    """The section comes before its articles, the English home page before all: no page hangs below a Vietnamese one."""
    parent = page.get_parent()
    if page.get_translation_or_none(english()) is None and parent.get_translation_or_none(english()) is None:
        raise ValidationError(_("Hãy dịch “%(title)s” trước: trang này nằm trong đó.") % {"title": parent.title})


def refresh(work: Work) -> Translation:
    """Read the Vietnamese text anew; what was translated of sentences that stay is kept."""
    content = content_of(work)
    source, _made = TranslationSource.update_or_create_from_instance(content)
    # Not "enabled": that would open wagtail-localize's own editor, which knows no moderation.
    translation, _made = Translation.objects.get_or_create(
        source=source, target_locale=english(), defaults={"enabled": False}
    )
    work.translation = translation
    work.title = content.title[:255]
    work.digest = work.opened_digest = digest_of(content)
    if work.status == Status.DONE and work.digest != work.translated_digest:
        work.status = Status.OPEN
    work.save()
    return translation


def vietnamese(work: Work) -> Page:
    """The page that is translated; ValidationError where it was deleted."""
    if work.page is None:
        raise ValidationError(_("Trang tiếng Việt đã bị gỡ hoặc xóa. Bản dịch được giữ lại, chưa trình."))
    return work.page.specific


def source_of(work: Work) -> TranslationSource:
    """What holds the segments; read anew where the Vietnamese text has not been read yet."""
    return (work.translation or refresh(work)).source


def content_of(work: Work) -> Page:
    """The text to translate: what is published, or the newest revision of a draft that was given."""
    page = vietnamese(work)
    return page if page.live else page.get_latest_revision_as_object()


def is_available(work: Work) -> bool:
    """Whether the Vietnamese page is still there and still to be translated."""
    return work.page is not None and (work.page.live or work.given_by_id is not None)


@transaction.atomic
def save(work: Work, typed: Mapping[int, Typed], user: User) -> Saved:
    """Keep what was typed, {segment id: Typed}; what somebody else changed meanwhile stays and is told, never overwritten."""
    Work.objects.select_for_update().get(pk=work.pk)
    saved = Saved()
    for row in rows_of(source_of(work)):
        if row.pk not in typed:
            continue
        one = typed[row.pk]
        text = clean.segment(one.text.strip())
        if text != row.text and one.seen != row.seen:
            saved.conflicts[row.pk] = row.text
        elif text != row.text or (one.is_looked_at and row.is_machine):
            keep(row, text, user)
            saved.changed += 1
        confirm(row, text, one.is_confirmed, user)
    if saved.changed:
        work.translator = user
        if work.status == Status.DONE:
            work.status = Status.OPEN
        work.save()
    return saved


def keep(
    row: TranslatedSegment,
    text: str,
    user: User | None,
    kind: str = StringTranslation.TRANSLATION_TYPE_MANUAL,
    tool: str = "",
) -> None:
    """Put `text` into the memory as the translation of the row, cleaned; an empty one takes it out."""
    text = clean.segment(text)
    key = {
        "translation_of_id": row.segment.string_id,
        "context_id": row.segment.context_id,
        "locale": english(),
    }
    if not text:
        StringTranslation.objects.filter(**key).delete()
        row.translation = None
        return
    row.translation, _made = StringTranslation.objects.update_or_create(
        **key,
        defaults={
            "data": text,
            "translation_type": kind,
            "tool_name": tool,
            "last_translated_by": user,
            "has_error": False,
            "field_error": "",
            "updated_at": timezone.now(),
        },
    )


def confirm(row: TranslatedSegment, text: str, is_confirmed: bool, user: User) -> None:
    """Note, or take back, that the translation is right although a check objects; another text needs another word."""
    if row.translation is None or row.text != text:
        return
    if is_confirmed:
        Confirmed.objects.update_or_create(translation=row.translation, defaults={"text": text, "by": user})
    else:
        Confirmed.objects.filter(translation=row.translation).delete()


def faults_of(row: TranslatedSegment) -> list[str]:
    """What keeps a segment from being handed in."""
    if row.is_machine:
        return [_("Bản máy dịch chưa được xem lại.")]
    found = checks.problems(row.source, row.text)
    confirmed = getattr(row.translation, "confirmed", None) if row.translation else None
    hard = checks.parsed(row.text).is_broken or not row.text
    return [] if confirmed and confirmed.text == row.text and not hard else found


@transaction.atomic
def submit(work: Work, user: User) -> Page:
    """Hand the English page to its approvers; gives the page. ValidationError says what is in the way, and nothing has changed."""
    work = Work.objects.select_for_update().get(pk=work.pk)
    if not is_available(work):
        raise ValidationError(_("Trang tiếng Việt đã bị gỡ hoặc xóa. Bản dịch được giữ lại, chưa trình."))
    if digest_of(content_of(work)) != work.opened_digest:
        raise ValidationError(_("Bản tiếng Việt vừa thay đổi. Hãy bấm Cập nhật, dịch phần mới rồi trình lại."))
    faults = [fault for row in rows_of(source_of(work)) for fault in faults_of(row)]
    if faults:
        raise ValidationError(_("Còn %(count)d chỗ chưa xong, xem dấu đỏ bên dưới.") % {"count": len(faults)})
    require_parent(vietnamese(work))
    target = build(work, user)
    hand_in(target, user)
    work.status, work.translated_digest, work.translator = Status.SUBMITTED, work.opened_digest, user
    work.save()
    return target


def build(work: Work, user: User) -> Page:
    """The English page as a revision with what is translated; its live text stays as it is until the revision is approved."""
    original = vietnamese(work)
    target = original.get_translation_or_none(english())
    is_new = target is None
    if is_new:
        target = original.copy_for_translation(english())
    page = source_of(work).get_ephemeral_translated_instance(english(), fallback=True)
    page.slug = free_slug(page, page.get_parent(), vietnamese_slug(page.title)) if is_new else target.slug
    page.draft_title = page.title
    if is_new:
        if hasattr(page, "place_in"):
            page.place_in(page.get_parent())
        page.live = False
        page.save()
    page.save_revision(user=user, log_action=True)
    return page


def hand_in(page: Page, user: User) -> None:
    """Start the moderation of the newest revision, or go on with it after a return."""
    page = Page.objects.get(pk=page.pk).specific
    state = page.current_workflow_state
    if state and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state.resume(user)
        return
    if state:
        state.cancel(user=user)
    page.get_workflow().start(page, user)


def typed_of(data: Mapping[str, str]) -> dict[int, Typed]:
    """{segment id: Typed} of a posted form."""
    found: dict[int, Typed] = {}
    for name, text in data.items():
        prefix, _dash, pk = name.partition("-")
        if prefix == "text" and pk.isascii() and pk.isdecimal() and len(pk) < 12:
            seen = data.get(f"seen-{pk}", stamp(""))
            found[int(pk)] = Typed(text, seen, f"looked-{pk}" in data, f"confirm-{pk}" in data)
    return found
