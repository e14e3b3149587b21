"""Every model whose rows belong to organisations, and what keeps them apart. organisations/checks.py demands an entry of each."""

from collections.abc import Callable
from enum import Enum
from typing import TypeVar

from django.db.models import Model

Owned = TypeVar("Owned", bound=type[Model])


class Scope(Enum):
    """Where a person could meet such rows, and what stands there. Pages need no entry: the tree keeps them apart."""

    VIEWSET = "a ScopedModelViewSet of the admin, by the model's permission policy"
    SCREEN = "screens of ours that ask organisations.scoping or the person's roles"
    PAGE = "the page that the row is about"
    OPERATORS = "screens of ours that only operators open"
    NEVER = "no screen: the portal alone reads and writes them"


scopes: dict[type[Model], Scope] = {}


def owned(scope: Scope) -> Callable[[Owned], Owned]:
    """Over a model: its rows belong to an organisation, and `scope` keeps them from the others."""

    def note(model: Owned) -> Owned:
        scopes[model] = scope
        return model

    return note
