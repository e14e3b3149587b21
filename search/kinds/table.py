"""All public kinds. A new one is a file beside this that has KINDS; nothing else names it."""

import pkgutil
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from django.contrib.admin.utils import label_for_field
from django.db.models import Model
from wagtail.models import Page

from .kind import Group, PublicKind


@cache
def public_kinds() -> tuple[PublicKind, ...]:
    """Every PublicKind, in the order of their groups and names."""
    names = [module.name for module in pkgutil.iter_modules([str(Path(__file__).parent)])]
    others = (name for name in names if name != "table")
    found = [kind for name in others for kind in getattr(import_module(f"{__package__}.{name}"), "KINDS", ())]
    return tuple(sorted(found, key=lambda kind: (kind.group.order, kind.name)))


def public_models() -> list[type[Page]]:
    return [kind.model for kind in public_kinds()]


def kind_named(name: str) -> PublicKind:
    """The kind with that name; KeyError without one."""
    return {kind.name: kind for kind in public_kinds()}[name]


def groups() -> list[Group]:
    """The groups in the order in which readers see them."""
    return sorted({kind.group for kind in public_kinds()}, key=lambda group: group.order)


def group_choices() -> list[tuple[str, Any]]:
    return [(group.name, group.label) for group in groups()]


def value_names(facet: str) -> dict[str, Any]:
    """{value: what people read} of a facet, of all kinds together."""
    names: dict[str, Any] = {}
    for kind in public_kinds():
        names |= kind.value_names.get(facet, {})
    return names


def queueing() -> dict[type[Model], list[tuple[PublicKind, str]]]:
    """{model: [(kind, way from its pages)]}: what saving a row of it changes."""
    queued: dict[type[Model], list[tuple[PublicKind, str]]] = {}
    for kind in public_kinds():
        for model, path in kind.queued_by.items():
            queued.setdefault(model, []).append((kind, path))
    return queued


def translated_models() -> list[type[Page]]:
    """What translators choose from."""
    return [kind.model for kind in public_kinds() if kind.is_translated]


def names_in_english() -> dict[str, type[Model]]:
    """{name: model} of the lists whose English names the edition starts with."""
    lists: Iterable[dict[str, type[Model]]] = (dict(kind.names_in_english) for kind in public_kinds())
    return {name: model for one in lists for name, model in one.items()}


def label_of_text(model: type[Model], name: str) -> str:
    """What editors call the field `name` of pages of `model`, with a capital."""
    label = str(label_for_field(name, model))
    return label[:1].upper() + label[1:]
