"""What a change will do, in sentences, before it is planned: the dry run of the screens and of the commands."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import PageViewRestriction
from wagtail.query import PageQuerySet

from editorial import queue
from organisations.models import Membership, Organisation

from .changes import host_of, pages_of

MOST_NAMES = 10


def of_closing(
    closing: Iterable[Organisation], successors: Sequence[Organisation], date: dt.date, sections: Sequence[str] = ()
) -> list[tuple[Organisation, list[str]]]:
    """[(organisation, [sentence])] of what closing from `date` on does to each."""
    held = set(PageViewRestriction.objects.values_list("page", flat=True))
    return [(one, _of_one(one, successors, date, sections, held)) for one in closing]


def _of_one(
    organisation: Organisation,
    successors: Sequence[Organisation],
    date: dt.date,
    sections: Sequence[str],
    held: set[int],
) -> list[str]:
    pages, host = pages_of(organisation), host_of(organisation)
    names = ", ".join(successor.name for successor in successors)
    lines = [
        _("Từ %(day)s, %(count)d trang đang đăng vẫn đọc được ở địa chỉ cũ, có dòng báo đơn vị đã kết thúc hoạt động.")
        % {"day": date_format(date, "d/m/Y"), "count": pages.live().count()},
        _host_line(host, successors, held),
        _("Kết quả tìm kiếm của đơn vị xếp sau; sơ đồ trang không còn mời máy tìm kiếm."),
    ]
    if names and sections:
        lines.append(
            _("Tin của các chuyên mục %(sections)s hiện thêm trong chuyên mục cùng tên của: %(names)s.")
            % {"sections": ", ".join(sections), "names": names}
        )
    return lines + _people_lines(organisation, names) + _work_lines(organisation, pages, names)


def _host_line(host: str, successors: Sequence[Organisation], held: set[int]) -> str:
    if len(successors) == 1 and successors[0].home_page_id not in held:
        return _("Trang chủ %(host)s chuyển hướng sang %(name)s.") % {"host": host, "name": successors[0].name}
    if len(successors) == 1:
        sentence = _("Trang chủ %(host)s chuyển hướng sang %(name)s khi trang này mở cho bạn đọc.")
        return sentence % {"host": host, "name": successors[0].name}
    return _("Trang chủ %(host)s còn đọc được và dẫn tới các đơn vị kế tục.") % {"host": host}


def _people_lines(organisation: Organisation, names: str) -> list[str]:
    people = Membership.objects.active().filter(organisation=organisation).select_related("user")
    if not people:
        return []
    shown = "; ".join(f"{one.user} ({one.get_role_display()})" for one in people[:MOST_NAMES])
    known = {"count": len(people), "people": shown, "names": names}
    if names:
        return [_("%(count)d vai trò hết hiệu lực và được mời nhận lại ở %(names)s: %(people)s.") % known]
    return [_("%(count)d vai trò hết hiệu lực: %(people)s.") % known]


def _work_lines(organisation: Organisation, pages: PageQuerySet, names: str) -> list[str]:
    lines = []
    if waiting := queue.waiting().filter(organisation=organisation).count():
        lines.append(
            _("%(count)d mục đang chờ duyệt giao cho người duyệt của %(names)s.") % {"count": waiting, "names": names}
        )
    if scheduled := pages.filter(_revisions__approved_go_live_at__isnull=False).distinct().count():
        lines.append(_("%(count)d trang hẹn giờ vẫn lên trang vào giờ đã hẹn.") % {"count": scheduled})
    if drafts := pages.filter(live=False).count():
        lines.append(_("%(count)d bản nháp ở lại, đơn vị kế tục sửa và trình được.") % {"count": drafts})
    return lines


def of_rename(organisation: Organisation, name: str, hostname: str, date: dt.date) -> list[str]:
    """Sentences of what another name or host does."""
    day, old = date_format(date, "d/m/Y"), host_of(organisation)
    lines = []
    if name != organisation.name:
        known = {"day": day, "old": organisation.name, "new": name}
        lines.append(_("Từ %(day)s, “%(old)s” mang tên “%(new)s”; số liệu các năm trước giữ tên cũ.") % known)
        lines.append(_("Nội dung bài viết không bị sửa; hãy tự sửa nơi nhắc tên cũ trong trang giới thiệu."))
    if hostname != old:
        known = {"day": day, "old": old, "new": hostname}
        lines.append(_("Từ %(day)s, trang ở %(new)s; mọi địa chỉ ở %(old)s chuyển hướng sang đó.") % known)
    return lines
