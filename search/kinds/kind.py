"""What the search, and the translators' desk, must know of one public kind of page."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, QuerySet
from django.dispatch import Signal
from wagtail.models import Page

from ..questions import Question


@dataclass(frozen=True)
class Group:
    """What readers choose between first. `name` stands in addresses and in the index, `label` on the page."""

    name: str
    label: Any
    order: int


@dataclass
class Parts:
    """What a page gives to its document in the index, beside what all pages have."""

    # The value of the facet "Loại".
    kind: str
    texts: list[str]
    # Stands for the page's title, where people know it by another one.
    heading: str = ""
    # More beginnings by which it is suggested.
    starts: list[str] = field(default_factory=list)
    lead: str = ""
    # Ids of attached files, whose words are found with the page.
    files: list[int] = field(default_factory=list)
    # Further fields of the index (search.index); empty ones are left out.
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """A question as the database is asked it: `words` folded, `keys` of a document's number (search.numbers)."""

    question: Question
    words: list[str]
    keys: list[str]


@dataclass(frozen=True)
class Starter:
    """What the English edition starts a page with: `body` is HTML."""

    lead: str
    body: str
    published: datetime.datetime


def as_they_are(pages: "QuerySet[Page]") -> "QuerySet[Page]":
    return pages


@dataclass(frozen=True)
class PublicKind:
    """One model of pages that readers see. A file of this package gives its own in KINDS; search.kinds.table finds them."""

    name: str
    model: type[Page]
    group: Group
    # What the index says of a page that `prepared` read.
    parts: Callable[[Any], Parts]
    # Pages as `parts` reads them, in a number of queries that does not grow with them.
    prepared: Callable[["QuerySet[Any]"], "QuerySet[Any]"] = as_they_are
    # {model: the way from a page to it}: saving one changes the documents of these pages.
    queued_by: Mapping[type[Model], str] = field(default_factory=dict)
    # Signals whose `pk` is a page that changed without being saved.
    queued_by_signals: tuple[Signal, ...] = ()
    # {facet: {value: what people read}}
    value_names: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    # Public pages of the kind that the database finds while there is no engine; None where its titles say nothing.
    found: Callable[["QuerySet[Any]", Asked], "QuerySet[Any]"] | None = None
    # The field by which what is found is put in order; "" for pages that have no day.
    day: str = ""
    # Whether translators choose pages of it; others the portal makes.
    is_translated: bool = False
    # Fields of a page that the English edition starts with.
    starter: Callable[[Starter], dict[str, Any]] | None = None
    # {name in translation/data/names.csv: model with `name` and `name_en`} of the names that its pages show.
    names_in_english: Mapping[str, type[Model]] = field(default_factory=dict)
