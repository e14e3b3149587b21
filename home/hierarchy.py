"""Who stands above and below an organisation: the province above all, a district above its communes."""

from django.db.models import Q

from organisations.models import Organisation


def above(organisation):
    """Ids of the organisations above, the nearest first, the province last."""
    chain, parents = [], dict(Organisation.objects.values_list("pk", "parent"))
    pk = parents.get(organisation.pk)
    while pk and pk not in chain:
        chain.append(pk)
        pk = parents.get(pk)
    provinces = Organisation.objects.filter(kind=Organisation.Kind.PROVINCE).exclude(pk=organisation.pk)
    return chain + [pk for pk in provinces.values_list("pk", flat=True) if pk not in chain]


def below(organisation):
    """The open organisations below: all components for the province, children and theirs for others."""
    everybody = Organisation.objects.open().components().exclude(pk=organisation.pk)
    if organisation.is_province:
        return everybody
    return everybody.filter(Q(parent=organisation) | Q(parent__parent=organisation))
