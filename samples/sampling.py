"""Sample content of all kinds: how many of each an organisation lacks, and when they went live."""

import datetime
import random
from collections.abc import Callable, Container, Sequence
from typing import Protocol

from django.utils import timezone

from figures.annual import counts_by_kind, shares
from organisations.models import Organisation

from .article_maker import ArticleMaker
from .document_maker import SHARE, DocumentMaker
from .errors import GenerationError

# Monday to Sunday: fewer items on weekends, as the report of 2018 regrets.
WEEKDAYS = [1.0, 1.0, 1.05, 1.0, 0.95, 0.35, 0.2]


class Maker(Protocol):
    """What makes one sort of items for a year. `kinds` are those of figures.counting that it makes."""

    kinds: list[str]

    def serves(self, organisation: Organisation) -> bool:
        """Whether it can make any for the organisation."""

    def make(
        self,
        organisation: Organisation,
        moments: Sequence[datetime.datetime],
        rng: random.Random,
        progress: Callable[[int], object],
    ) -> None:
        """Write one item a moment; `progress(number)` after each batch."""


# (class, its share of each organisation's items); the one without a share makes what remains. A maker is made with (year, seed).
MAKERS: list[tuple[Callable[[int, int], Maker], float | None]] = [(ArticleMaker, None), (DocumentMaker, SHARE)]


class Sampler:
    """One run of generate_content."""

    def __init__(self, year: int, scale: float, seed: int) -> None:
        self.year, self.seed = year, seed
        self.days = publishing_days(year)
        self.makers = [(maker(year, seed), share) for maker, share in MAKERS]
        self.counts = counts_by_kind(year)
        self.missing = {
            organisation: items - self._have(organisation)
            for organisation, items in shares(year, scale).items()
            if items > self._have(organisation)
        }

    @property
    def total(self) -> int:
        return sum(self.missing.values())

    def run(self, progress: Callable[[int], object]) -> None:
        """Write everything that is missing, a batch a transaction; `progress(number)` after each."""
        for organisation, number in self.missing.items():
            whole = self._have(organisation) + number
            for maker, share in sorted(self.makers, key=lambda pair: pair[1] is None):
                part = number
                if share is not None:
                    lacking = round(whole * share) - self._have(organisation, maker.kinds)
                    part = min(max(lacking, 0), number) if maker.serves(organisation) else 0
                number -= part
                if part:
                    rng = random.Random(f"{self.seed}/{self.year}/{organisation.code}/{maker.kinds[0]}/{whole}")
                    maker.make(organisation, self._moments(part, rng), rng, progress)

    def _have(self, organisation: Organisation, kinds: Container[str] | None = None) -> int:
        counts = self.counts.get(organisation.pk, {})
        return sum(number for kind, number in counts.items() if kinds is None or kind in kinds)

    def _moments(self, number: int, rng: random.Random) -> list[datetime.datetime]:
        """When the items went live, oldest first, within office hours."""
        days, weights = self.days
        zone = timezone.get_current_timezone()
        drawn = sorted((day, rng.randint(420, 1065)) for day in rng.choices(days, weights, k=number))
        return [
            datetime.datetime.combine(day, datetime.time(minute // 60, minute % 60, rng.randint(0, 59)), zone)
            for day, minute in drawn
        ]


def publishing_days(year: int) -> tuple[list[datetime.date], list[float]]:
    """(days of the year up to yesterday, their weights)."""
    first, today = datetime.date(year, 1, 1), timezone.localdate()
    days = [first + datetime.timedelta(days=number) for number in range(366)]
    days = [day for day in days if day.year == year and day < today]
    if not days:
        raise GenerationError(f"Năm {year} chưa có ngày nào đã qua để đăng tin.")
    return days, [WEEKDAYS[day.weekday()] for day in days]
