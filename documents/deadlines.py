"""The law's deadlines from signing to publishing, in working days, and where a document stands.

Decree 43/2011/NĐ-CP, article 17: two working days for an agency's own documents, ten for those of agencies that govern it. Decree
42/2022/NĐ-CP asks for timeliness without a number, so the old numbers stay as targets of the portal; both are rows that the
operator may change, each valid from its day.
"""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from .issuers import own_issuers
from .models import PublicHoliday, PublishingDeadline

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
