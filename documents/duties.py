"""The law's deadlines from signing to publishing, in working days, and who keeps them.

Decree 43/2011/NĐ-CP, article 17: two working days for an agency's own documents, ten for those of agencies that govern it. Decree
42/2022/NĐ-CP asks for timeliness without a number, so the old numbers stay as targets of the portal; both are rows that the
operator may change, each valid from its day.
"""

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from django.utils import timezone

from commune_sites.models import FormerName

from .bodies import body_key
from .models import DocumentPage, Issuer, PublicHoliday, PublishingDeadline

# Labour Code 45/2019/QH14, article 112; days of the lunar calendar and days off in lieu are entered every year.
FIXED_HOLIDAYS = {(1, 1), (30, 4), (1, 5), (2, 9)}


class WorkingCalendar:
    """Working days between two days, for any number of documents with one query."""

    def __init__(self):
        self.holidays = set(PublicHoliday.objects.values_list("day", flat=True))

    def is_working(self, day):
        return day.weekday() < 5 and (day.day, day.month) not in FIXED_HOLIDAYS and day not in self.holidays

    def between(self, start, end):
        """Working days after `start` up to and with `end`; 0 where `end` is not later."""
        if end <= start:
            return 0
        weeks, rest = divmod((end - start).days, 7)
        days = 5 * weeks + sum((start + timedelta(days=7 * weeks + n)).weekday() < 5 for n in range(1, rest + 1))
        return days - sum(start < day <= end for day in self._off_between(start, end))

    def _off_between(self, start, end):
        """Holidays on weekdays, as they fall between the years of `start` and `end`."""
        fixed = {date(year, month, day) for year in range(start.year, end.year + 1) for day, month in FIXED_HOLIDAYS}
        return [day for day in fixed | self.holidays if day.weekday() < 5]

    def after(self, start, days):
        """The day on which `days` working days after `start` are over."""
        day = start
        while days:
            day += timedelta(days=1)
            days -= self.is_working(day)
        return day


class Deadlines:
    """How many working days a document has, by the rule of its day of issue."""

    def __init__(self):
        self.rules = list(PublishingDeadline.objects.order_by("valid_from"))
        self.calendar = WorkingCalendar()

    def rule_on(self, day):
        place = bisect_right([rule.valid_from for rule in self.rules], day)
        return self.rules[place - 1] if place else None

    def days_for(self, issued, is_own):
        """None before the first rule."""
        rule = self.rule_on(issued)
        return None if rule is None else rule.own_days if is_own else rule.other_days


@dataclass(frozen=True)
class Due:
    """Where an unpublished document stands: the last day, working days left (negative: late), and the rule."""

    day: date
    left: int
    rule: PublishingDeadline


def due_of(document, today=None):
    """The Due of a document that is not public yet; None for one without a rule."""
    if not document.issued or document.live:
        return None
    deadlines, today = Deadlines(), today or timezone.localdate()
    rule = deadlines.rule_on(document.issued)
    if rule is None:
        return None
    days = deadlines.days_for(document.issued, is_own(document))
    last = deadlines.calendar.after(document.issued, days)
    left = deadlines.calendar.between(today, last) if today <= last else -deadlines.calendar.between(last, today)
    return Due(last, left, rule)


def is_own(document):
    """Whether the organisation that publishes it issued it."""
    return document.first_issuer_id in own_issuers([document.publisher]).get(document.publisher_id, ())


def own_issuers(organisations):
    """{organisation id: issuers that are the organisation itself, by whatever name it had}; the province's office publishes for the province's bodies."""
    by_key = dict(Issuer.objects.values_list("name_folded", "pk"))
    former, owned = {}, {}
    for pk, name in FormerName.objects.filter(organisation__in=organisations).values_list("organisation", "name"):
        former.setdefault(pk, []).append(name)
    for organisation in organisations:
        called = [organisation.name, *former.get(organisation.pk, [])]
        names = list(called)
        if organisation.is_province:
            names += ["UBND tỉnh", "HĐND tỉnh"]
        elif organisation.kind != organisation.Kind.AGENCY:
            names += [f"{body} {name}" for body in ("UBND", "HĐND") for name in called]
        owned[organisation.pk] = {by_key[key] for key in map(body_key, names) if key in by_key}
    return owned


@dataclass
class Row:
    """How an organisation kept its deadlines in a period."""

    organisation: object
    published: int = 0
    on_time: int = 0
    late: int = 0
    waiting_late: int = 0
    days: list = field(default_factory=list)

    @cached_property
    def median(self):
        days = sorted(self.days)
        return days[len(days) // 2] if days else None

    @property
    def longest(self):
        return max(self.days, default=None)


@dataclass(frozen=True)
class Item:
    """A document of the report: working days it took, or has taken so far, and how many it had."""

    document: DocumentPage
    days: int
    allowed: int

    @property
    def over(self):
        return self.days - self.allowed


def measured(organisations, year):
    """(organisation id, document id, days, allowed, is live) of documents issued in `year`.

    A document that has not gone public counts from its issue to today; one before the first rule is left out.
    """
    deadlines, today = Deadlines(), timezone.localdate()
    owned = own_issuers(organisations)
    documents = DocumentPage.objects.filter(publisher__in=organisations, issued__year=year).order_by()
    known = {}
    for publisher, pk, issuer, issued, live, first in documents.values_list(
        "publisher", "pk", "first_issuer", "issued", "live", "first_published_at"
    ):
        allowed = deadlines.days_for(issued, issuer in owned[publisher])
        # What went public and was taken down again was in time or not when it went public.
        if allowed is None:
            continue
        end = timezone.localdate(first) if first else today
        if (issued, end) not in known:
            known[issued, end] = deadlines.calendar.between(issued, end)
        yield publisher, pk, known[issued, end], allowed, bool(first) or live


def summary(organisations, year):
    """A Row for each organisation that has documents of `year`; those with most late ones first."""
    rows = {organisation.pk: Row(organisation) for organisation in organisations}
    for publisher, _pk, days, allowed, is_public in measured(organisations, year):
        row = rows[publisher]
        if not is_public:
            row.waiting_late += days > allowed
            continue
        row.published += 1
        row.on_time += days <= allowed
        row.late += days > allowed
        row.days.append(days)
    shown = [row for row in rows.values() if row.published or row.waiting_late]
    return sorted(shown, key=lambda row: (-row.late - row.waiting_late, row.organisation.order))


def late_items(organisation, year, most=200):
    """The Items of one organisation that took, or take, longer than allowed: longest first."""
    late = [
        (days - allowed, pk, days, allowed)
        for _o, pk, days, allowed, _p in measured([organisation], year)
        if days > allowed
    ]
    late.sort(reverse=True)
    found = DocumentPage.objects.for_listing().in_bulk([pk for _over, pk, _days, _allowed in late[:most]])
    return [Item(found[pk], days, allowed) for _over, pk, days, allowed in late[:most] if pk in found], len(late)
