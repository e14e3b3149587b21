"""All sites in one table: the same few queries however many there are."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, PageViewRestriction, Site, WorkflowState

from home.models import SiteSettings
from organisations.models import Membership, Organisation
from organisations.scoping import homes_by_path

from .seams import activity_sources


@dataclass(frozen=True)
class SiteStanding:
    """How one site is doing; `missing` are facts that it owes its readers, `people` those who work there."""

    organisation: Organisation
    hostname: str
    state: str
    last: datetime | None
    this_month: int
    waiting: int
    missing: int
    people: int

    @property
    def state_label(self) -> str:
        return str(STATES[self.state])


STATES = {"open": _("Đang mở"), "holding": _("Trang chờ"), "closed": _("Đã đóng")}
ORDERS: dict[str, Callable[[SiteStanding], Any]] = {
    "ten": lambda site: site.organisation.order,
    "trang-thai": lambda site: (list(STATES).index(site.state), site.organisation.order),
    "bai-cuoi": lambda site: site.last.timestamp() if site.last else 0,
    "thang-nay": lambda site: site.this_month,
    "cho-duyet": lambda site: site.waiting,
    "con-thieu": lambda site: site.missing,
    "nguoi": lambda site: site.people,
}


def sites(order: str = "ten", down: bool = False) -> list[SiteStanding]:
    """A SiteStanding for each organisation, sorted by one of ORDERS."""
    organisations = list(Organisation.objects.select_related("home_page"))
    hosts = dict(Site.objects.values_list("root_page", "hostname"))
    settings = {one.site.root_page_id: one for one in SiteSettings.objects.select_related("site")}
    holding = set(PageViewRestriction.objects.values_list("page", flat=True))
    people = Membership.objects.active().values("organisation").annotate(number=Count("user", distinct=True))
    number_of = dict(people.values_list("organisation", "number"))
    last, month = activity()
    waiting = waiting_of(organisations)
    today = timezone.localdate()
    found = [
        SiteStanding(
            organisation,
            hosts.get(organisation.home_page_id, ""),
            "closed"
            if not organisation.is_open(today)
            else "holding"
            if organisation.home_page_id in holding
            else "open",
            last.get(organisation.pk),
            month[organisation.pk],
            waiting[organisation.pk],
            missing_contacts(settings.get(organisation.home_page_id)),
            number_of.get(organisation.pk, 0),
        )
        for organisation in organisations
    ]
    return sorted(found, key=ORDERS[order], reverse=down)


def activity() -> tuple[dict[int, datetime], Counter[int]]:
    """({organisation id: moment of the last item}, Counter of items of this month)"""
    since = timezone.localtime().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    last: dict[int, datetime] = {}
    month: Counter[int] = Counter()
    for source in activity_sources:
        for pk, (moment, number) in source(since).items():
            month[pk] += number
            if moment and (pk not in last or moment > last[pk]):
                last[pk] = moment
    return last, month


def waiting_of(organisations: Iterable[Organisation]) -> Counter[int]:
    """Counter of pages in moderation by the organisation in whose tree they stand."""
    page_type = ContentType.objects.get_for_model(Page)
    states = WorkflowState.objects.filter(
        status__in=[WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES], base_content_type=page_type
    )
    paths = Page.objects.filter(pk__in=[int(pk) for pk in states.values_list("object_id", flat=True)])
    homes = homes_by_path(organisations)
    waiting: Counter[int] = Counter()
    for path in paths.values_list("path", flat=True):
        starts = (path[:length] for length in range(Page.steplen, len(path) + 1, Page.steplen))
        waiting.update(homes[start].pk for start in starts if start in homes)
    return waiting


def missing_contacts(settings: SiteSettings | None) -> int:
    """How many of the facts every site owes its readers are missing: address, telephone or mail, person in charge."""
    if settings is None:
        return 3
    facts = (settings.address, settings.telephone or settings.email, settings.person_in_charge)
    return sum(not fact for fact in facts)
