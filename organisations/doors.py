"""Insides of other packages that the portal uses. docs/upgrading.md says why, and what to do when one has gone."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .seams import Seam


@dataclass(frozen=True)
class Door:
    """`is_there` asks, without the database, whether `what` still is what the file `used_in` takes it for."""

    id: str
    what: str
    used_in: str
    is_there: Callable[[], bool]

    def is_open(self) -> bool:
        """A door whose very frame has gone is closed, too."""
        try:
            return self.is_there()
        except (ImportError, AttributeError, TypeError, ValueError, LookupError):
            return False


doors: Seam[Door] = Seam("a Door: something private of another package, looked for at each start")


def takes(function: Any, *parameters: str) -> bool:
    """Whether `function` has these parameters and no others that must be given."""
    known = inspect.signature(function).parameters
    further = (known[name] for name in known if name not in parameters)
    variable = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
    optional = all(one.default is not inspect.Parameter.empty or one.kind in variable for one in further)
    return optional and set(parameters) <= set(known)


def _account() -> bool:
    from wagtail.admin.views.account import AccountView, NameEmailSettingsPanel

    return takes(AccountView.get_panels, "self") and NameEmailSettingsPanel.name == "name_email"


def _viewsets() -> bool:
    from wagtail.admin.viewsets.model import ModelViewSet

    return takes(ModelViewSet.construct_view, "self", "view_class", "kwargs")


for door in (
    Door("qn.E040", "AccountView.get_panels", "organisations/views.py", _account),
    Door("qn.E041", "ModelViewSet.construct_view", "organisations/viewsets.py", _viewsets),
):
    doors.register(door)
