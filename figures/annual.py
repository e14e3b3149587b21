"""Figures by organisation and year: what was reported, what is published, and how much a share of it is."""

import datetime
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import FilteredRelation, Q

from organisations.models import AnnualFigure, Organisation

from .counting import COUNTERS

NOT_REPORTED = "Không báo cáo"
GROUP_NAMES: dict[str, str] = {
    Organisation.Kind.AGENCY: "Sở ban ngành",
    Organisation.Kind.DISTRICT: "UBND Huyện, Thành phố",
    Organisation.Kind.COMMUNE: "UBND Xã, Phường, Thị trấn",
}


@dataclass(frozen=True)
class AnnexLine:
    """One organisation in the annex. `items` is None when it neither reported nor published anything."""

    organisation: Organisation
    group: str
    number: int
    label: str
    items: int | None
    kinds: dict[str, int] = field(default_factory=dict)

    @property
    def shown(self) -> str | int:
        return NOT_REPORTED if self.items is None else self.items


def reported_year(year: int) -> int | None:
    """The year whose reported figures stand for `year`: itself, or the last one on record."""
    known = AnnualFigure.objects.order_by("-year").values_list("year", flat=True)
    return year if AnnualFigure.objects.filter(year=year).exists() else known.first()


def shares(year: int, scale: float) -> dict[Organisation, int]:
    """{organisation: items} at `scale` of the reported figures, rounded by largest remainder so that the total holds too."""
    reported = AnnualFigure.objects.filter(year=reported_year(year) or year).select_related("organisation")
    figures = reported.order_by("organisation__order")
    exact = {figure.organisation: figure.items * scale for figure in figures if figure.items is not None}
    shared = {organisation: int(items) for organisation, items in exact.items()}
    missing = round(sum(exact.values())) - sum(shared.values())
    by_remainder = sorted(exact, key=lambda organisation: shared[organisation] - exact[organisation])
    for organisation in by_remainder[:missing]:
        shared[organisation] += 1
    return shared


def counts_by_kind(year: int) -> dict[int, dict[str, int]]:
    """{organisation id: {kind: live items published within `year`}}, in one query a counter."""
    counts: dict[int, dict[str, int]] = {}
    for counter in COUNTERS:
        for organisation, kind, number in counter(year):
            kinds = counts.setdefault(organisation, {})
            kinds[kind] = kinds.get(kind, 0) + number
    return counts


def content_report(year: int) -> list[AnnexLine]:
    """The rows of the annex in its order: by kind, then by what is published, those without a report last."""
    kinds = counts_by_kind(year)
    counts = {organisation: sum(numbers.values()) for organisation, numbers in kinds.items()}
    organisations = Organisation.objects.annotate(
        figure=FilteredRelation("figures", condition=Q(figures__year=year)),
    ).values_list("pk", "figure__pk", "figure__items")
    stated = {pk for pk, figure, items in organisations if figure is not None and items is None}
    rows = []
    for group, members in _groups():
        shown = [(o, counts.get(o.pk, 0)) for o in members if _stands_in_annex(o, year, counts, stated)]
        shown.sort(key=lambda pair: (pair[1] == 0 and pair[0].pk in stated, -pair[1], pair[0].order))
        for number, (organisation, items) in enumerate(shown, start=1):
            silent = not items and organisation.pk in stated
            shown_items = None if silent else items
            label = annex_label(organisation, datetime.date(year, 12, 31))
            rows.append(AnnexLine(organisation, group, number, label, shown_items, kinds.get(organisation.pk, {})))
    return rows


def _groups() -> list[tuple[str, list[Organisation]]]:
    """The province stands among the agencies, as its office does in the annex."""
    kinds: dict[str, list[Organisation]] = {kind: [] for kind in GROUP_NAMES}
    for organisation in Organisation.objects.prefetch_related("former_names"):
        kinds[Organisation.Kind.AGENCY if organisation.is_province else organisation.kind].append(organisation)
    return [(GROUP_NAMES[kind], members) for kind, members in kinds.items() if members]


def _stands_in_annex(organisation: Organisation, year: int, counts: Mapping[int, int], stated: Container[int]) -> bool:
    """Whoever published or should have stands in it; others but communes do in the years in which they worked."""
    if organisation.pk in counts or organisation.pk in stated:
        return True
    started = organisation.valid_from is None or organisation.valid_from.year <= year
    ended = organisation.valid_to is not None and organisation.valid_to.year < year
    return organisation.kind != Organisation.Kind.COMMUNE and started and not ended


def annex_label(organisation: Organisation, day: datetime.date) -> str:
    """The organisation as the annex calls it, by the name it had on `day`."""
    if organisation.is_province:
        return "VP.UBND tỉnh (Trang chủ, Trang tiếng Anh)"
    name = organisation.named_on(day).name
    if organisation.kind == Organisation.Kind.DISTRICT:
        return name.removeprefix("Huyện ").replace("Thành phố ", "T.p ")
    return name


def total(rows: Iterable[AnnexLine]) -> int:
    return sum(row.items or 0 for row in rows)
