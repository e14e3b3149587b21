"""Bodies that issue documents, and which of them are an organisation of the portal."""

import re

from organisations.models import FormerName

from .bodies import body_key
from .models import Issuer


def issuer_named(name):
    """The body of that name, in whatever spelling; a new one where nobody of that name has issued anything yet."""
    return Issuer.objects.get_or_create(name_folded=body_key(name), defaults={"name": name})[0]


def issuer_of(organisation):
    """The body under whose name an organisation issues documents; the province's is its People's Committee."""
    if organisation.is_province:
        return issuer_named("Ủy ban nhân dân tỉnh Quảng Ngãi")
    return Issuer.objects.filter(name_folded=body_key(organisation.name)).first() or issuer_named(organisation.name)


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


def symbol_of(organisation):
    """The letters behind the kind in its numbers: SXD, UBND."""
    if organisation.is_province or organisation.kind in {"district", "commune"}:
        return "UBND"
    return "".join(word[0] for word in re.findall(r"[^\W\d_]+", organisation.name)).upper()
