"""The one door through which text gets into a page, whoever knocks: editor, autosave, Wagtail's admin API, import, command.

A page is closed while a step of moderation waits (except for who decides about it), while somebody has locked it, and while
it is approved for a later hour: what was read is what goes live.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, Revision, TaskState

from organisations.models import User

from .models import OrganisationTaskState
from .submission import hold_page

logger = logging.getLogger(__name__)
_reason: ContextVar[str] = ContextVar("why code writes to a closed page", default="")


class PageClosed(PermissionDenied):
    """The page takes no text from this person now; the message says why."""


@contextmanager
def acting_as(reason: str) -> Iterator[None]:
    """Code writes to closed pages too, for `reason` ("nhập dữ liệu"), which goes into the page's history.

    Only where nobody sits before a screen: what a person does is that person's.
    """
    token = _reason.set(reason)
    try:
        yield
    finally:
        _reason.reset(token)


@contextmanager
def writing(page: Page, user: User | None) -> Iterator[None]:
    """Holds the page while its text is written; PageClosed where `user` (None: code) may not."""
    with transaction.atomic():
        row = hold_page(page.pk)
        refusal = why_closed(row.specific_deferred, user) if row else ""
        if refusal:
            _require_reason(page, user, refusal)
        yield


def _require_reason(page: Page, user: User | None, refusal: str) -> None:
    if user is not None or not _reason.get():
        raise PageClosed(refusal)
    log(instance=page, action="editorial.outside_moderation", data={"reason": _reason.get()})
    logger.warning("Page %s is written to while closed: %s", page.pk, _reason.get())


def why_closed(page: Page, user: User | None) -> str:
    """The sentence that tells `user` (None: code) why `page` takes no text now; "" where it does."""
    if page.locked and (user is None or page.locked_by_id != user.pk):
        return _("Trang đang bị khóa nên không lưu được.")
    if Revision.objects.for_instance(page).exclude(approved_go_live_at=None).exists():
        return _("Trang đã được duyệt để đăng vào giờ hẹn nên không lưu được.")
    task = page.current_workflow_task
    if task is not None and (user is None or task.locked_for_user(page, user)):
        return _("Trang đang chờ duyệt, chỉ người duyệt bước này mới sửa được.")
    return ""


def replaceable(revision: Revision | None) -> Revision | None:
    """`revision` where autosave may write over it, None where it makes another: it was submitted, read or approved."""
    return None if revision is None or is_settled(revision) else revision


def is_settled(revision: Revision) -> bool:
    """Whether somebody handed the revision in, was shown it, decided about it or published it."""
    return (
        revision.approved_go_live_at is not None
        or TaskState.objects.filter(revision=revision).exists()
        or OrganisationTaskState.objects.filter(shown_revision=revision).exists()
        or Page.objects.filter(live_revision=revision).exists()
    )
