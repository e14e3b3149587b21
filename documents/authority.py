"""Who may change what is in force: the body that issued a document, or one above it.

Law 80/2015/QH13, article 12 (kept in substance by Law 64/2025/QH15): a document is amended, supplemented, replaced or repealed by
the body that issued it, and suspended or repealed by a body above. Who stands above whom is read from the names of the bodies,
and for bodies of this portal from its organisations too.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from types import MappingProxyType

from .bodies import body_key, folded_body


class Level(IntEnum):
    """How high a body stands. OTHER is whatever is no part of this ladder: the Party, unions, courts, schools."""

    OTHER = 0
    COMMUNE = 1
    DISTRICT = 2
    DEPARTMENT = 3
    PROVINCE = 4
    MINISTRY = 5
    PREMIER = 6
    GOVERNMENT = 7
    STANDING = 8
    ASSEMBLY = 9


LOCAL = {Level.PROVINCE, Level.DISTRICT, Level.COMMUNE}
# What changes nothing in force, and is done for a body by another of its rank: offices and ministries consolidate decrees.
EDITORIAL = frozenset({"corrects", "consolidates"})
# What says something of the document that says it, or only names the other.
OWN_WORDS = frozenset({"based_on", "guides", "refers_to"})


@dataclass(frozen=True)
class Owner:
    """An organisation of the portal behind a body's name: its id, its level, and ids of those above it."""

    pk: int
    level: Level
    above: frozenset[int] = frozenset()


Owners = Mapping[str, Owner]
NOBODY: Owners = MappingProxyType({})


@dataclass(frozen=True)
class Body:
    """An issuing body. `key` says which it is, `places` where it is, from its own place upwards, without marks."""

    key: str
    level: Level
    is_council: bool = False
    places: tuple[str, ...] = ()
    owner: Owner | None = None


@dataclass(frozen=True)
class Side:
    """One of two documents: who issued it, and the id of the organisation that publishes it."""

    issuers: tuple[str, ...]
    publisher: int
    by_province: bool = False


_PERSON = re.compile(
    r"^\s*(?:Chủ tịch (?=UBND|HĐND|Ủy ban|Uỷ ban|Hội đồng)|Bộ trưởng (?=Bộ)|Giám đốc (?=Sở))", re.IGNORECASE
)
_CENTRE = [
    (r"quoc hoi$", Level.ASSEMBLY),
    (r"(uy ban thuong vu quoc hoi|chu tich nuoc)", Level.STANDING),
    (r"chinh phu$", Level.GOVERNMENT),
    (r"(thu tuong|pho thu tuong)( chinh phu)?$", Level.PREMIER),
    (r"(bo|ngan hang nha nuoc|thanh tra (chinh phu|nha nuoc)|van phong (chinh phu|quoc hoi))\b", Level.MINISTRY),
    (r"uy ban (dan toc|nha nuoc|the duc|ke hoach)\b", Level.MINISTRY),
]
_ARMED = re.compile(r"bo (chi huy|doi)\b")
_LOCAL = re.compile(r"(uy ban nhan dan|hoi dong nhan dan) (?=\S)")
_UNITS = {
    "thanh pho": Level.DISTRICT,
    "thi tran": Level.COMMUNE,
    "thi xa": Level.DISTRICT,
    "quan": Level.DISTRICT,
    "huyen": Level.DISTRICT,
    "dac khu": Level.COMMUNE,
    "phuong": Level.COMMUNE,
    "xa": Level.COMMUNE,
    "tinh": Level.PROVINCE,
}
_UNIT = re.compile(rf"\b(?:{'|'.join(_UNITS)}) (?=\S)")
_CITIES = {"ha noi", "ho chi minh", "hai phong", "da nang", "can tho", "hue"}
HOME = "tinh quang ngai"


def body_of(name: str, owners: Owners = NOBODY) -> Body:
    """The body that `name` names; who heads a body (Chủ tịch UBND, Bộ trưởng, Giám đốc) acts for it."""
    name = _PERSON.sub("", name)
    key, words = body_key(name), folded_body(name)
    owner = owners.get(key)
    council = words.startswith("hoi dong nhan dan")
    if central := _central(words):
        return Body(key, central)
    places = _places(words[match.end() :]) if (match := _LOCAL.match(words)) else ()
    if places:
        return Body(key, _level_of(places[0]), council, places, owner)
    level = owner.level if owner else Level.DEPARTMENT if words.startswith("so ") else Level.OTHER
    return Body(key, level, council, _home_of(words) if level == Level.DEPARTMENT else (), owner)


def _central(words: str) -> Level | None:
    if _ARMED.match(words):
        return None
    return next((level for pattern, level in _CENTRE if re.match(pattern, words)), None)


def _places(words: str) -> tuple[str, ...]:
    """ "xa ba dien huyen ba to" is two places, and the province of which nothing else is said is ours."""
    starts = [match.start() for match in _UNIT.finditer(words)]
    if not starts or starts[0] != 0:
        return ()
    places = [words[start:end].strip() for start, end in zip(starts, [*starts[1:], len(words)], strict=True)]
    named = any(_level_of(place) == Level.PROVINCE for place in places)
    return tuple(places if named else [*places, HOME])


def _home_of(department: str) -> tuple[str, ...]:
    """A department and its province, which is ours where its name names none."""
    province = re.search(r" (tinh .+|thanh pho .+)$", department)
    return (department, province[1] if province else HOME)


def _level_of(place: str) -> Level:
    unit = next(unit for unit in _UNITS if place.startswith(f"{unit} "))
    return Level.PROVINCE if place.removeprefix(f"{unit} ") in _CITIES else _UNITS[unit]


def is_same(one: Body, other: Body) -> bool:
    """Whether two names are one body: an organisation under its former name is itself, its council is not its committee."""
    if one.key == other.key:
        return True
    both = one.owner and other.owner and one.owner.pk == other.owner.pk
    return bool(both) and one.is_council == other.is_council and one.level == other.level


def stands_above(one: Body, other: Body) -> bool:
    """Whether `one` may end what `other` issued, though it is another body."""
    if one.level == Level.OTHER or other.level == Level.OTHER or one.level == Level.DEPARTMENT:
        return False
    if one.level == other.level:
        return one.is_council and not other.is_council and _at_one_place(one, other)
    if one.level < other.level:
        return False
    return one.level >= Level.MINISTRY or _holds(one, other)


def _at_one_place(one: Body, other: Body) -> bool:
    if one.owner and other.owner:
        return one.owner.pk == other.owner.pk
    return bool(one.places) and one.places == other.places


def _holds(one: Body, other: Body) -> bool:
    """Whether `other` is a part of the place of `one`."""
    if one.owner and other.owner:
        return one.owner.pk in other.owner.above
    return bool(one.places) and one.places[0] in other.places[1:]


def reaches(verb: str, one: Body, other: Body) -> bool:
    """Whether `one` may do to a document of `other` what `verb` says."""
    if is_same(one, other) or stands_above(one, other):
        return True
    return verb in EDITORIAL and one.level >= Level.MINISTRY and other.level >= Level.MINISTRY


def may_act(verb: str, acting: Side, target: Side, owners: Owners = NOBODY) -> bool:
    """Whether a relation counts by itself.

    What the province publishes does. Else each body behind the target must be reached by one behind the acting document, whose
    publisher must speak for that one: anybody may choose "Quốc hội" in a form. Who publishes both documents needs no such
    proof for the one against the other.
    """
    if verb in OWN_WORDS or acting.by_province:
        return True
    bodies = [body_of(name, owners) for name in acting.issuers]
    if acting.publisher != target.publisher:
        bodies = [body for body in bodies if body.owner and body.owner.pk == acting.publisher]
    return bool(target.issuers) and all(_reached(verb, bodies, body_of(name, owners)) for name in target.issuers)


def _reached(verb: str, bodies: Iterable[Body], other: Body) -> bool:
    return any(reaches(verb, one, other) for one in bodies)


def asked(target: Side, owners: Owners = NOBODY) -> int | None:
    """The id of the organisation that confirms what is done to `target`; None for the province, where no one site is its issuer's."""
    found = {body.owner.pk if body.owner else None for body in (body_of(name, owners) for name in target.issuers)}
    return found.pop() if len(found) == 1 else None
