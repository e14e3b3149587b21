"""The law's deadlines from signing to publishing, in working days, and where a document stands.

Decree 43/2011/NĐ-CP, article 17: two working days for an agency's own documents, ten for those of agencies that govern it. Decree
42/2022/NĐ-CP asks for timeliness without a number, so the old numbers stay as targets of the portal; both are rows that the
operator may change, each valid from its day.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from django.utils import timezone

# Labour Code 45/2019/QH14, article 112; days of the lunar calendar and days off in lieu are entered every year.
FIXED_HOLIDAYS = {(1, 1), (30, 4), (1, 5), (2, 9)}


class Rule(Protocol):
    """From which day on which numbers of working days hold: a row of documents.models.PublishingDeadline."""

    valid_from: date
    own_days: int
    other_days: int


class WorkingCalendar:
    """Working days between two days; `holidays` are those that the calendar does not tell by itself."""

    def __init__(self, holidays: Iterable[date]) -> None:
        self.holidays = set(holidays)

    def is_working(self, day: date) -> bool:
        return day.weekday() < 5 and (day.day, day.month) not in FIXED_HOLIDAYS and day not in self.holidays

    def between(self, start: date, end: date) -> int:
        """Working days after `start` up to and with `end`; 0 where `end` is not later."""
        if end <= start:
            return 0
        weeks, rest = divmod((end - start).days, 7)
        days = 5 * weeks + sum((start + timedelta(days=7 * weeks + n)).weekday() < 5 for n in range(1, rest + 1))
        return days - sum(start < day <= end for day in self._off_between(start, end))

    def _off_between(self, start: date, end: date) -> list[date]:
        """Holidays on weekdays, as they fall between the years of `start` and `end`."""
        fixed = {date(year, month, day) for year in range(start.year, end.year + 1) for day, month in FIXED_HOLIDAYS}
        return [day for day in fixed | self.holidays if day.weekday() < 5]

    def after(self, start: date, days: int) -> date:
        """The day on which `days` working days after `start` are over."""
        day = start
        while days:
            day += timedelta(days=1)
            days -= self.is_working(day)
        return day


class Deadlines:
    """How many working days a document has, by the rule of its day of issue. `rules` stand in the order of valid_from."""

    def __init__(self, rules: Iterable[Rule], holidays: Iterable[date]) -> None:
        self.rules = list(rules)
        self.calendar = WorkingCalendar(holidays)

    def rule_on(self, day: date) -> Rule | None:
        place = bisect_right([rule.valid_from for rule in self.rules], day)
        return self.rules[place - 1] if place else None

    def days_for(self, issued: date, is_own: bool) -> int | None:
        """None before the first rule."""
        rule = self.rule_on(issued)
        return None if rule is None else rule.own_days if is_own else rule.other_days


@dataclass(frozen=True)
class Due:
    """Where an unpublished document stands: the last day, working days left (negative: late), and the rule."""

    day: date
    left: int
    rule: Rule


def due_of(issued: date, is_own: bool, deadlines: Deadlines, today: date | None = None) -> Due | None:
    """The Due of a document that was issued on a day and is not public yet; None before the first rule."""
    rule, days = deadlines.rule_on(issued), deadlines.days_for(issued, is_own)
    if rule is None or days is None:
        return None
    today = today or timezone.localdate()
    last = deadlines.calendar.after(issued, days)
    left = deadlines.calendar.between(today, last) if today <= last else -deadlines.calendar.between(last, today)
    return Due(last, left, rule)
