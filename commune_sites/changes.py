"""Renaming organisations, and closing them with or without successors: what is wrong with a plan, what it will do, doing it, undoing it.

A closing is noted on the organisation when it is planned (`valid_to`, `successors`, `handed_sections`), and everything
follows from that once its day has come: the banner, the way from the old host, the rights and the queue of the
successors. Hence there is nothing to take back when a plan is undone before its day.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import timedelta
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from modelsearch import index
from wagtail.models import Collection, Page, Site
from wagtail.query import PageQuerySet

from editorial import notices, queue
from editorial.scheduling import due_sources
from home.kept import note_change
from home.models import SiteSettings
from organisations.models import Change, FormerHost, FormerName, Organisation, User
from organisations.policies import any_of
from organisations.scoping import homes_of

from .provisioning import host_faults
from .seams import run_opening_steps

Act = Change.Act


def closing_faults(closing: Sequence[Organisation], successors: Iterable[Organisation], date: dt.date) -> list[str]:
    """Sentences about what is wrong with closing the organisations `closing` from `date` on."""
    if not closing:
        return [_("Hãy chọn đơn vị kết thúc hoạt động.")]
    faults = ending_faults(closing, date)
    for successor in successors:
        if successor in closing:
            faults.append(_("“%(name)s” không thể kế tục chính mình (vòng kế tục).") % {"name": successor.name})
        elif leads_to(successor, closing):
            faults.append(_("“%(name)s” lại được các đơn vị này kế tục (vòng kế tục).") % {"name": successor.name})
        elif not successor.is_open(date):
            faults.append(_("Đơn vị kế tục “%(name)s” đã kết thúc hoạt động.") % {"name": successor.name})
        elif successor.valid_from and successor.valid_from > date:
            faults.append(_("Đơn vị kế tục “%(name)s” đến ngày đó chưa hoạt động.") % {"name": successor.name})
    if not successors and queue.waiting().filter(organisation__in=closing).exists():
        faults.append(_("Còn mục đang chờ duyệt mà không có đơn vị kế tục để giao lại."))
    return faults


def ending_faults(closing: Sequence[Organisation], date: dt.date) -> list[str]:
    """The part of closing_faults that does not depend on who follows."""
    faults = [fault for one in closing for fault in _own_faults(one, date)]
    waiting = queue.waiting().filter(organisation__in=closing).count() if date < timezone.localdate() else 0
    if waiting:
        sentence = _("Ngày đã qua mà còn %(count)d mục đang chờ duyệt; hãy duyệt xong hoặc chọn từ hôm nay.")
        faults.append(sentence % {"count": waiting})
    return faults


def _own_faults(organisation: Organisation, date: dt.date) -> list[str]:
    name = {"name": organisation.name}
    if organisation.is_province:
        return [_("Trang của tỉnh không thể kết thúc hoạt động.")]
    if organisation.valid_to:
        known = name | {"date": f"{organisation.valid_to + timedelta(days=1):%d/%m/%Y}"}
        return [_("“%(name)s” đã có quyết định kết thúc từ ngày %(date)s.") % known]
    if organisation.valid_from and date <= organisation.valid_from:
        return [_("“%(name)s” không thể kết thúc trước khi bắt đầu hoạt động.") % name]
    return []


def leads_to(organisation: Organisation, targets: Iterable[Organisation]) -> bool:
    """Whether one of `targets` follows `organisation`, directly or through others."""
    seen: set[int] = set()
    ahead = [organisation.pk]
    wanted = {target.pk for target in targets}
    while ahead:
        new = set(Organisation.objects.filter(predecessors__in=ahead).values_list("pk", flat=True)) - seen
        if new & wanted:
            return True
        seen |= new
        ahead = list(new)
    return False


@transaction.atomic
def plan_closing(
    closing: Iterable[Organisation],
    successors: Iterable[Organisation],
    date: dt.date,
    sections: Iterable[str] = (),
    basis: str = "",
    by: User | None = None,
) -> Change:
    """The Change by which `closing` end on the day before `date`; carried out at once when that day is not ahead."""
    closing = list(Organisation.objects.select_for_update().filter(pk__in=[one.pk for one in closing]))
    successors = list(successors)
    faults = closing_faults(closing, successors, date)
    if faults:
        raise ValidationError(faults)
    change = Change.objects.create(kind=Act.CLOSE, date=date, basis=basis, by=by, details={"sections": list(sections)})
    change.organisations.set(closing)
    change.successors.set(successors)
    for organisation in closing:
        organisation.successors.set(successors)
    Organisation.objects.filter(pk__in=[one.pk for one in closing]).update(
        valid_to=date - timedelta(days=1), handed_sections=list(sections)
    )
    return _when_due(change)


def rename_faults(organisation: Organisation, name: str, hostname: str, date: dt.date) -> list[str]:
    """Sentences about what is wrong with giving `organisation` another name, host or both."""
    if organisation.is_province:
        return [_("Trang của tỉnh không đổi tên ở đây.")]
    faults = []
    if not organisation.is_open(date):
        faults.append(_("“%(name)s” đến ngày đó đã kết thúc hoạt động.") % {"name": organisation.name})
    if not name.strip() or len(name) > 200:
        faults.append(_("Thiếu tên, hoặc tên dài quá 200 chữ."))
    elif Organisation.objects.filter(name__iexact=name).exclude(pk=organisation.pk).exists():
        faults.append(_("Tên “%(name)s” đã dùng cho đơn vị khác.") % {"name": name})
    current = host_of(organisation)
    if hostname != current:
        faults += host_faults(hostname)
        site = Site.objects.filter(hostname=hostname).exclude(root_page=organisation.home_page_id)
        former = FormerHost.objects.filter(hostname=hostname).exclude(organisation=organisation)
        if site.exists() or former.exists():
            faults.append(_("Tên miền “%(host)s” đã có trang khác dùng.") % {"host": hostname})
    if (name, hostname) == (organisation.name, current):
        faults.append(_("Tên và tên miền đều như cũ."))
    if organisation.changes.filter(kind=Act.RENAME, done_at=None, undone_at=None).exists():
        faults.append(_("Đơn vị này đã có một lần đổi tên đang chờ đến ngày."))
    return faults


@transaction.atomic
def plan_rename(
    organisation: Organisation,
    name: str,
    short_name: str,
    hostname: str,
    date: dt.date,
    basis: str = "",
    by: User | None = None,
) -> Change:
    """The Change by which `organisation` is called `name` from `date` on, at `hostname`; at once when that day is not ahead."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    faults = rename_faults(organisation, name, hostname, date)
    if faults:
        raise ValidationError(faults)
    details = {"name": name, "short_name": short_name or name[:100], "hostname": hostname}
    change = Change.objects.create(kind=Act.RENAME, date=date, basis=basis, by=by, details=details)
    change.organisations.set([organisation])
    return _when_due(change)


def _when_due(change: Change) -> Change:
    note_change()
    return carry_out(change) if change.date <= timezone.localdate() else change


@transaction.atomic
def carry_out(change: Change) -> Change:
    """Do what is to be done on the day itself; again does nothing."""
    change = Change.objects.select_for_update().get(pk=change.pk)
    if not change.can_be_undone:
        return change
    change.done_at = timezone.now()
    change.save(update_fields=["done_at"])
    for organisation in change.organisations.select_related("home_page"):
        _DOING[change.kind](organisation, change)
    note_change()
    return change


def _close(organisation: Organisation, change: Change) -> None:
    organisation.save()  # tells search and caches that the day has come
    steps = queue.waiting().filter(organisation=organisation).values_list("pk", flat=True)
    for pk in steps:
        transaction.on_commit(partial(notices.tell_approvers.enqueue, pk))
    people = [m.user_id for m in organisation.memberships.active()]
    if people and organisation.successors.exists():
        transaction.on_commit(lambda: notices.tell_people_of_closed.enqueue(organisation.pk))


def _rename(organisation: Organisation, change: Change) -> None:
    new = change.details
    old, site = organisation.name, Site.objects.get(root_page=organisation.home_page_id)
    if new["name"] != old:
        FormerName.objects.create(
            organisation=organisation,
            name=old,
            short_name=organisation.short_name,
            valid_to=change.date - timedelta(days=1),
        )
    organisation.name, organisation.short_name = new["name"], new["short_name"]
    organisation.save()
    run_opening_steps(organisation, organisation.home_page)
    retitle(organisation.home_page, old, new["name"])
    Collection.objects.filter(organisation=organisation).update(name=new["name"])
    SiteSettings.objects.filter(site=site, official_name=old).update(official_name=new["name"])
    if site.hostname != new["hostname"]:
        FormerHost.objects.filter(hostname=new["hostname"]).delete()
        FormerHost.objects.create(hostname=site.hostname, organisation=organisation)
    site.hostname, site.site_name = new["hostname"], new["name"]
    site.save()


def retitle(home: Page, old: str, new: str) -> None:
    """Give the home page its new title, in what waits to be published too; its text is the editors' matter."""
    home = home.specific
    home.title = home.draft_title = new
    home.save(clean=False)
    index.insert_or_update_object(home)
    revision = home.get_latest_revision()
    if revision and revision.content.get("title") == old:
        revision.content["title"] = new
        revision.save(update_fields=["content"])


_DOING: dict[str, Callable[[Organisation, Change], None]] = {Act.CLOSE: _close, Act.RENAME: _rename}


@transaction.atomic
def undo(change: Change) -> Change:
    """Take a plan back; ValidationError once its day has come."""
    change = Change.objects.select_for_update().get(pk=change.pk)
    if not change.can_be_undone:
        raise ValidationError(_("Thay đổi này đã thực hiện hoặc đã hủy, không hủy được nữa."))
    if change.kind == Act.CLOSE:
        for organisation in change.organisations.all():
            organisation.successors.clear()
        change.organisations.update(valid_to=None, handed_sections=[])
    change.undone_at = timezone.now()
    change.save(update_fields=["undone_at"])
    note_change()
    return change


@due_sources.register
def due_changes(now: dt.datetime) -> Iterator[tuple[str, Callable[[], Change]]]:
    """(what, how) of every planned change whose day has come."""
    day = timezone.localdate(now)
    for change in Change.objects.filter(date__lte=day, done_at=None, undone_at=None).order_by("date", "pk"):
        yield str(change), partial(carry_out, change)


def host_of(organisation: Organisation) -> str:
    """The hostname that the organisation's site answers at."""
    return Site.objects.filter(root_page=organisation.home_page_id).values_list("hostname", flat=True).first() or ""


def pages_of(organisation: Organisation) -> PageQuerySet:
    """The pages below the organisation's home pages, in every language."""
    below = any_of(Q(path__startswith=home.path, depth__gt=home.depth) for home in homes_of(organisation))
    return Page.objects.filter(below)
