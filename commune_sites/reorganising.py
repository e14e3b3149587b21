"""The reorganisation of 1 July 2025: communes merged and split, districts ended, and the sites that follow from it.

Resolution 1677/NQ-UBTVQH15 made 96 communes, wards and one special zone of the old Quảng Ngãi's and Kon Tum's, without districts.
"""

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from organisations.models import Organisation, User

from .changes import ending_faults, host_of, pages_of, plan_closing, plan_rename
from .loading import commune_orders, folded, old_code, unit_rows
from .provisioning import Opened, Order, provision

DAY = datetime.date(2025, 7, 1)
BASIS = "Nghị quyết 1677/NQ-UBTVQH15 ngày 16/06/2025"
KON_TUM = "Kon Tum"
ENDINGS = ("earlier", "merge", "split", "district")


@dataclass
class Step:
    """One thing to do, and what came of it. `state`: waiting, done, same (was so already), refused."""

    kind: str
    name: str
    into: list[str] = field(default_factory=list)
    note: str = ""
    state: str = "waiting"
    run: Callable[[], bool] = lambda: False


class Plan:
    """The steps from the sites that are there to the units of 2025; `steps` are to be run in their order."""

    def __init__(self, date: datetime.date = DAY, public: bool = True, by: User | None = None) -> None:
        self.date, self.public, self.by = date, public, by
        self.gone_before = {row["code"] for row in unit_rows(2020)}
        self.old_codes = {row["code"]: old_code(row) for row in unit_rows(2019)}
        self.rows = {row["code"]: row for row in unit_rows(2025)}
        self.orders = {
            code: replace(order, valid_from=date) for code, order in zip(self.rows, commune_orders(2025), strict=True)
        }
        self.organisations = {one.code: one for one in Organisation.objects.all()}
        self.following = successors_of_2019()
        self.kept = self._kept()

    def steps(self) -> list[Step]:
        """Renaming what stays, opening what is new, closing communes, then their districts."""
        return [*self._renamings(), *self._openings(), *self._closings(), *self._districts()]

    def _kept(self) -> dict[str, Organisation]:
        """{code of 2025: the organisation that goes on as it}: units made of one alone, unless the new site is there."""
        kept = {}
        for code, row in self.rows.items():
            before = [old for old, into in self.following.items() if into == [code]]
            old = self.organisations.get(self.old_codes[before[0]]) if len(before) == 1 else None
            alone = ";" not in row["formed_from"] and row["formed_from"] == row["full_name"]
            if old and alone and self.orders[code].code not in self.organisations:
                kept[code] = old
        return kept

    def _renamings(self) -> Iterator[Step]:
        for code, organisation in self.kept.items():
            order = self.orders[code]
            yield Step("rename", organisation.name, [order.name], run=partial(self._rename, organisation, order))

    def _rename(self, organisation: Organisation, order: Order) -> bool:
        organisation = Organisation.objects.get(pk=organisation.pk)
        is_planned = organisation.changes.filter(details__name=order.name, undone_at=None).exists()
        if is_planned or (organisation.name, host_of(organisation)) == (order.name, order.host):
            return False
        plan_rename(organisation, order.name, order.name, order.host, self.date, BASIS, self.by)
        province = Organisation.objects.filter(kind=Organisation.Kind.PROVINCE).first()
        Organisation.objects.filter(pk=organisation.pk).update(parent=province)
        return True

    def _openings(self) -> Iterator[Step]:
        for code, order in self.orders.items():
            if code not in self.kept:
                note = _("từ tỉnh Kon Tum cũ") if self.rows[code]["former_province"] == KON_TUM else ""
                yield Step("open", order.name, note=note, run=partial(self._open, order))

    def _open(self, order: Order) -> bool:
        return provision(order, by=self.by, public=self.public)[1]

    def _closings(self) -> Iterator[Step]:
        for row in unit_rows(2019):
            organisation, into = self.organisations.get(old_code(row)), self.following[row["code"]]
            if organisation and organisation not in self.kept.values():
                kind = "earlier" if row["code"] in self.gone_before else "split" if len(into) > 1 else "merge"
                yield self._closing(kind, organisation, into)

    def _districts(self) -> Iterator[Step]:
        """A district ends in all the units that were made of it; those of 2019 that were gone before, in theirs."""
        into: dict[str, set[str]] = {}
        for row in unit_rows(2019):
            into.setdefault(folded(f"{row['district_type']} {row['district']}"), set()).update(
                self.following[row["code"]]
            )
        for organisation in self.organisations.values():
            if organisation.kind == Organisation.Kind.DISTRICT:
                yield self._closing("district", organisation, sorted(into.get(folded(organisation.name), ())))

    def _closing(self, kind: str, organisation: Organisation, codes: Sequence[str]) -> Step:
        names = [self.orders[code].name for code in codes]
        pages = pages_of(organisation).live().count()
        note = _("%(count)d trang ở lại địa chỉ cũ") % {"count": pages}
        return Step(kind, organisation.name, names, note, run=lambda: self._close(organisation, codes))

    def _close(self, organisation: Organisation, codes: Sequence[str]) -> bool:
        if Organisation.objects.get(pk=organisation.pk).valid_to is not None:
            return False
        successors = [self._unit(code) for code in codes]
        plan_closing([organisation], successors, self.date, _sections_of(organisation), BASIS, self.by)
        return True

    def _unit(self, code: str) -> Organisation:
        kept = self.kept.get(code)
        return Organisation.objects.get(pk=kept.pk) if kept else Organisation.objects.get(code=self.orders[code].code)


def _sections_of(organisation: Organisation) -> list[str]:
    """The slugs in the menu of the organisation's site: the successors list what of them they have themselves."""
    return list(organisation.home_page.get_children().live().filter(show_in_menus=True).values_list("slug", flat=True))


def successors_of_2019() -> dict[str, list[str]]:
    """{code of a commune of 2019: codes of the units of 2025 that took it in}."""
    into = {row["code"]: row["new_code_2025"].split(";") for row in unit_rows(2024) if row["code"]}
    for row in unit_rows(2020):
        by_2024 = [code for old in filter(None, row["into_2024"].split(";")) for code in into[old]]
        into[row["code"]] = list(dict.fromkeys(by_2024 + list(filter(None, row["into_2025"].split(";")))))
    return {row["code"]: into[row["code"]] for row in unit_rows(2019)}


def faults_of(plan: Plan) -> list[str]:
    """What would be refused, asked before anything is done: orders that collide, open work on a day that has passed."""
    opened = Opened()
    orders = [order for code, order in plan.orders.items() if code not in plan.kept]
    found = [f"{order.name}: {fault}" for order in orders for fault in opened.faults(order)]
    ending = {step.name for step in plan.steps() if step.kind in ENDINGS}
    for organisation in plan.organisations.values():
        if organisation.name in ending and organisation.valid_to is None:
            found += [f"{organisation.name}: {fault}" for fault in ending_faults([organisation], plan.date)]
    return found


def run(step: Step) -> Step:
    """Carry `step` out whole or not at all; its `state` and `note` say how it went."""
    try:
        with transaction.atomic():
            step.state = "done" if step.run() else "same"
    except ValidationError as error:
        step.state, step.note = "refused", " ".join(error.messages)
    return step
