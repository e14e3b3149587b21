"""How what a line says reaches its page: laid over what is public, and never over what an editor has in hand."""

import datetime
from typing import TypeVar

from wagtail.models import Page

from home.live import add_live
from organisations.models import User

SomePage = TypeVar("SomePage", bound=Page)


def locked(page: Page) -> Page:
    """`page` as it stands now, held until the line is done: nobody hands in or publishes between looking and writing."""
    return Page.objects.select_for_update().get(pk=page.pk).specific


def in_hand(page: Page) -> str:
    """Why an import leaves `page` alone: somebody works on it, or has handed it in. Empty where nobody does."""
    if page.current_workflow_state:
        return "trang đang ở bước duyệt"
    if page.locked:
        return "trang đang bị khóa"
    if page.scheduled_revision:
        return "trang đã hẹn giờ đăng"
    latest = page.get_latest_revision()
    if page.has_unpublished_changes and latest and latest.user_id:
        return "trang có bản sửa chưa duyệt của biên tập viên"
    return ""


def to_change(page: SomePage) -> SomePage:
    """What the line is laid over: the page as readers see it; where they see none, the last draft."""
    if page.live and not page.has_unpublished_changes:
        return page
    draft: SomePage = page.get_latest_revision_as_object()
    return draft


def add(parent: Page, page: Page, published: datetime.datetime | None, user: User | None = None) -> None:
    """Write a new page: live since `published`, or without that a draft of `user`."""
    if published:
        add_live(parent, page, published)
        return
    page.owner = user
    parent.add_child(instance=page)
    page.save_revision(user=user, clean=False)


def change(page: Page, publishes: bool, user: User | None = None) -> None:
    """Write the changed `page`. One that was taken down here since stays down: the new text waits as a draft."""
    was_live = page.live
    revision = page.save_revision(user=user)
    if publishes and was_live:
        revision.publish(skip_permission_checks=True)
