"""Bodies that issue documents, and which of them are an organisation of the portal."""

import re
from collections.abc import Iterable
from typing import TypeVar

from django.db import models

from organisations.folding import fold
from organisations.models import FormerName, Organisation

from .bodies import body_key, folded_body

Issuing = TypeVar("Issuing", bound=models.Model)


class IssuerQuerySet(models.QuerySet[Issuing]):
    """The list of issuing bodies, as `Issuer.objects`."""

    def named(self, name: str, **defaults: object) -> Issuing:
        """The body of that name; a new one, with `defaults`, where nobody of that name has issued anything yet."""
        return self.get_or_create(name_key=body_key(name), defaults={"name": name, **defaults})[0]

    def found(self, name: str) -> Issuing | None:
        """The body that a reader means by `name`, which may be typed without marks where that leaves only one.

        For reading and searching; whatever is written down asks `named`.
        """
        found = self.filter(name_key=body_key(name)).first()
        if found or fold(name) != name.lower():
            return found
        alike = list(self.filter(name_folded=folded_body(name))[:2])
        return alike[0] if len(alike) == 1 else None

    def of(self, organisation: Organisation) -> Issuing:
        """The body under whose name an organisation issues documents; the province's is its People's Committee."""
        return self.named("Ủy ban nhân dân tỉnh Quảng Ngãi" if organisation.is_province else organisation.name)

    def own(self, organisations: Iterable[Organisation]) -> dict[int, set[int]]:
        """{organisation id: issuers that are the organisation itself, by whatever name it had}.

        The province's office publishes for the province's bodies.
        """
        by_key = dict(self.values_list("name_key", "pk"))
        former: dict[int, list[str]] = {}
        for pk, name in FormerName.objects.filter(organisation__in=organisations).values_list("organisation", "name"):
            former.setdefault(pk, []).append(name)
        keys = {one.pk: map(body_key, own_names(one, former.get(one.pk, []))) for one in organisations}
        return {pk: {by_key[key] for key in own if key in by_key} for pk, own in keys.items()}


def own_names(organisation: Organisation, former: Iterable[str]) -> list[str]:
    """The names under which `organisation`, which also had the names `former`, issues documents."""
    called = [organisation.name, *former]
    if organisation.is_province:
        return [*called, "UBND tỉnh", "HĐND tỉnh"]
    if organisation.kind == Organisation.Kind.AGENCY:
        return called
    return called + [f"{body} {name}" for body in ("UBND", "HĐND") for name in called]


def symbol_of(organisation: Organisation) -> str:
    """The letters behind the kind in its numbers: SXD, UBND."""
    if organisation.is_province or organisation.kind in {"district", "commune"}:
        return "UBND"
    return "".join(word[0] for word in re.findall(r"[^\W\d_]+", organisation.name)).upper()
