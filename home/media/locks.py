"""What a live page shows of a file or picture changes by a decision alone.

The content of a file that a live page names is never exchanged: a new file is uploaded and takes the old one's place in the
page, which is then approved as every change is. What pages show beside the content (a file's title, a picture's credit,
alternative text and focal point) may be set right by those who approve the pages of the organisation that owns it, and
each page says so in its history. The collection decides whose the file is, so it moves no more.
"""

from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from organisations.grants import memberships_of
from organisations.models import Organisation, Role

from .privacy import is_worn, using

APPROVERS = {Role.APPROVER, Role.SECRETARY, Role.BOARD}
FOCAL_POINT = ("focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height")
# What pages show of a file or picture beside its content, by its model.
SHOWN = {"portalimage": ("credit", "alt_text", *FOCAL_POINT), "portalfile": ("title",)}
CONTENT_NOTE = _(
    "Trang đã đăng đang dùng tệp này nên không thay nội dung được. "
    "Hãy tải lên tệp mới rồi thay trong bài; bản thay được duyệt cùng bài."
)
SHOWN_NOTE = _("Trang đã đăng đang hiển thị mục này; chỉ lãnh đạo duyệt của đơn vị sửa được.")
DELETE_NOTE = _("Trang đã đăng đang dùng tệp này nên không xóa được. Hãy bỏ tệp khỏi bài trước.")


def is_shown(item):
    """Whether a live page or a site's emblem shows `item`. Who names another organisation's file shows and locks nothing."""
    return is_worn(item) or using(item).exists()


def may_decide(user, item):
    """Whether `user` approves the pages of the organisation that owns `item`."""
    if user is None or user.is_superuser:
        return user is not None
    owners = Organisation.objects.filter(collection__in=item.collection.get_ancestors(inclusive=True))
    pks = set(owners.values_list("pk", flat=True))
    return any(m.role in APPROVERS and m.organisation_id in pks for m in memberships_of(user))


def lock(form, user):
    """Close in `form` what its stored file or picture may not be changed in now."""
    item = form.instance
    if item.pk is None or not is_shown(item):
        return
    _close(form, ("file",), CONTENT_NOTE)
    _close(form, ("collection",), "")
    if not may_decide(user, item):
        _close(form, SHOWN[item._meta.model_name], SHOWN_NOTE)


def _close(form, names, note):
    for name in names:
        if name in form.fields:
            form.fields[name].disabled = True
            form.fields[name].help_text = note


def note_in_histories(item, changed, user):
    """Say in the history of each live page that shows `item` what of it was changed, and by whom."""
    shown = [name for name in changed if name in SHOWN[item._meta.model_name]]
    if not shown:
        return
    data = {"item": item.pk, "title": item.title, "changed": shown}
    for page in using(item).specific(defer=True):
        log(instance=page, action="home.shown_item_changed", user=user, data=data)
