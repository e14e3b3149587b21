"""Who answers for an organisation that has closed: its successors, theirs where they have closed too, and so on."""

from django.utils import timezone

from .models import Membership, MembershipEvent, Organisation, Role


def links():
    """(closed organisation id, successor id) of all that have closed."""
    through = Organisation.successors.through.objects
    closed = through.filter(from_organisation__valid_to__lt=timezone.localdate())
    return list(closed.values_list("from_organisation_id", "to_organisation_id"))


def closed_before(ids, pairs=None):
    """{id: ids of the closed organisations whose work it took over, directly or through others} for each of `ids`."""
    pairs = links() if pairs is None else pairs
    directly = {}
    for closed, successor in pairs:
        directly.setdefault(successor, set()).add(closed)
    return {pk: _reached(pk, directly) for pk in ids}


def answering_for(organisation):
    """Ids of the open organisations that answer for `organisation`: itself while it is open."""
    if organisation.is_open():
        return {organisation.pk}
    pairs = links()
    onward = {}
    for closed, successor in pairs:
        onward.setdefault(closed, set()).add(successor)
    return _reached(organisation.pk, onward) - onward.keys() - set(_closed_ends(onward, organisation.pk))


def _closed_ends(onward, pk):
    """Of what is reached from `pk`, that which has closed without anybody to follow."""
    reached = _reached(pk, onward) - onward.keys()
    closed = Organisation.objects.filter(pk__in=reached, valid_to__lt=timezone.localdate())
    return closed.values_list("pk", flat=True)


def _reached(start, steps):
    """Everything that `steps` lead to from `start`, itself not counted."""
    found, waiting = set(), [start]
    while waiting:
        new = steps.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return found - {start}


def inherited(memberships):
    """Memberships at closed organisations that follow from `memberships` at their successors; never saved, marked `is_inherited`."""
    held = [m for m in memberships if m.role not in Role.of_province()]
    before = closed_before({m.organisation_id for m in held}) if held else {}
    wanted = set().union(*before.values()) if before else set()
    if not wanted:
        return []
    closed = Organisation.objects.select_related("home_page", "collection").in_bulk(wanted)
    derived = []
    for membership in held:
        for pk in sorted(before[membership.organisation_id]):
            one = Membership(user=membership.user, organisation=closed[pk], role=membership.role)
            one.is_inherited = True
            derived.append(one)
    return derived


def offers_to(user):
    """[(membership at a closed organisation, successor)]: where `user` may go on in the same role, and does not yet."""
    today = timezone.localdate()
    old = Membership.objects.active().filter(user=user, organisation__valid_to__lt=today).select_related("organisation")
    offers = []
    for membership in old.prefetch_related("organisation__successors"):
        held = Membership.objects.filter(user=user, role=membership.role)
        for successor in membership.organisation.successors.all():
            if successor.is_open() and not held.filter(organisation=successor).exists():
                offers.append((membership, successor))
    return offers


def move(membership, successor):
    """The person takes the role up at the successor, of the own will; the old membership stays on record."""
    moved = Membership.objects.create(
        user=membership.user, organisation=successor, role=membership.role, created_by=membership.user
    )
    MembershipEvent.objects.create(
        membership=moved, action=MembershipEvent.Action.MOVED, by=membership.user, detail=membership.organisation.name
    )
    return moved
