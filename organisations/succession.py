"""Who answers for an organisation that has closed: its successors, theirs where they have closed too, and so on."""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils import timezone

from .models import Membership, MembershipEvent, Organisation, Role, User

# (closed organisation id, successor id)
Link = tuple[int, int]

Action = MembershipEvent.Action
# What gives a person more than before: after an organisation's last day it counts for nothing at the successors.
GAINS = frozenset({Action.ACCEPTED, Action.ROLE_CHANGED, Action.RESTORED, Action.MOVED})


def links() -> list[Link]:
    """(closed organisation id, successor id) of all that have closed."""
    through = Organisation.successors.through.objects
    closed = through.filter(from_organisation__valid_to__lt=timezone.localdate())
    return list(closed.values_list("from_organisation_id", "to_organisation_id"))


def closed_before(ids: Iterable[int], pairs: list[Link] | None = None) -> dict[int, set[int]]:
    """{id: ids of the closed organisations whose work it took over, directly or through others} for each of `ids`."""
    pairs = links() if pairs is None else pairs
    directly: dict[int, set[int]] = {}
    for closed, successor in pairs:
        directly.setdefault(successor, set()).add(closed)
    return {pk: _reached(pk, directly) for pk in ids}


def answering_for(organisation: Organisation) -> set[int]:
    """Ids of the open organisations that answer for `organisation`: itself while it is open."""
    if organisation.is_open():
        return {organisation.pk}
    pairs = links()
    onward: dict[int, set[int]] = {}
    for closed, successor in pairs:
        onward.setdefault(closed, set()).add(successor)
    return _reached(organisation.pk, onward) - onward.keys() - set(_closed_ends(onward, organisation.pk))


def _closed_ends(onward: Mapping[int, set[int]], pk: int) -> Iterable[int]:
    """Of what is reached from `pk`, that which has closed without anybody to follow."""
    reached = _reached(pk, onward) - onward.keys()
    closed = Organisation.objects.filter(pk__in=reached, valid_to__lt=timezone.localdate())
    return closed.values_list("pk", flat=True)


def _reached(start: int, steps: Mapping[int, set[int]]) -> set[int]:
    """Everything that `steps` lead to from `start`, itself not counted."""
    found: set[int] = set()
    waiting = [start]
    while waiting:
        new = steps.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return found - {start}


def inherited(memberships: Iterable[Membership]) -> list[Membership]:
    """Memberships at closed organisations that follow from `memberships` at their successors; never saved, marked `is_inherited`."""
    held = [m for m in memberships if m.role not in Role.of_province()]
    before = closed_before({m.organisation_id for m in held}) if held else {}
    wanted = {pk for closed_ids in before.values() for pk in closed_ids}
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


def offers_to(user: User) -> list[tuple[Membership, Organisation]]:
    """[(membership at a closed organisation, successor)]: where `user` may go on in the role held on the closing day.

    Each membership is carried over once, and to no successor where the person has (had) a membership of any kind: whoever
    was given a lower role there, or suspended, does not come back by way of the old one.
    """
    known = set(Membership.objects.filter(user=user).values_list("organisation_id", flat=True))
    return [
        (membership, successor)
        for membership in _left_from_closing_day(user)
        for successor in membership.organisation.successors.all()
        if successor.is_open() and successor.pk not in known
    ]


def _left_from_closing_day(user: User) -> list[Membership]:
    """Memberships of `user` at closed organisations as they were on the last day, and not carried over yet."""
    today = timezone.localdate()
    closed = Membership.objects.active().filter(user=user, organisation__valid_to__lt=today, carried_over_at=None)
    closed = closed.select_related("organisation").prefetch_related("organisation__successors", "events")
    return [membership for membership in closed.order_by("pk") if not _gained_after_closing(membership)]


def _gained_after_closing(membership: Membership) -> bool:
    last_day = membership.organisation.valid_to
    return last_day is not None and any(
        event.action in GAINS and timezone.localdate(event.at) > last_day for event in membership.events.all()
    )


@transaction.atomic
def move(membership: Membership, successor: Organisation) -> Membership | None:
    """The person takes the role up at the successor, of the own will; the old membership stays on record.

    None where the offer does not stand (any more): of two clicks, and of two successors, one counts.
    """
    list(Membership.objects.select_for_update().filter(user=membership.user_id).order_by("pk"))
    offers = {(old.pk, new.pk): (old, new) for old, new in offers_to(membership.user)}
    if (membership.pk, successor.pk) not in offers:
        return None
    old, new = offers[membership.pk, successor.pk]
    moved = Membership.objects.create(user=old.user, organisation=new, role=old.role, created_by=old.user)
    old.carried_over_at = timezone.now()
    old.save(update_fields=["carried_over_at"])
    MembershipEvent.objects.create(membership=moved, action=Action.MOVED, by=old.user, detail=old.organisation.name)
    return moved
