"""What keeps organisations apart, demanded at each start: a row, a list or a snippet that nobody thought of stops the portal."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import Error, register
from django.db.models import Model
from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail.snippets.models import get_snippet_models

from .doors import doors
from .grants import FILE_ACTIONS, PAGE_ACTIONS
from .models import Organisation, Role, ranks
from .owned import scopes
from .viewsets import OperatorPolicy, OrganisationPolicy, ScopedModelViewSet


def is_ours(model: type[Model]) -> bool:
    """Whether the portal itself declares the model."""
    return Path(apps.get_app_config(model._meta.app_label).path).parent == Path(settings.BASE_DIR)


def owned_models() -> Iterator[type[Model]]:
    """Models that name an organisation, pages, joining tables and the organisation itself apart."""
    for relation in Organisation._meta.get_fields(include_hidden=True):
        model: Any = relation.related_model
        if relation.auto_created and not relation.concrete and is_plain(model):
            yield model


def is_plain(model: Any) -> bool:
    return not (model is Organisation or issubclass(model, Page) or model._meta.auto_created or model._meta.proxy)


def viewsets() -> Iterator[Any]:
    """All that hang in the admin."""
    for function in hooks.get_hooks("register_admin_viewset"):
        made = function()
        yield from made if isinstance(made, list | tuple) else [made]


def model_of(viewset: Any) -> type[Model]:
    """What its screens are of; Wagtail declares it nowhere."""
    return viewset.model


@register()
def rows_are_scoped(app_configs: Any, **kwargs: Any) -> list[Error]:
    """qn.E020: a model names an organisation, and nobody has said what keeps its rows from the others."""
    hint = "Put @owned(Scope.…) over it (organisations/owned.py), and a row of it into tests/isolation/planting.py: docs/recipes/admin-screen.md."
    unknown = sorted(set(owned_models()) - set(scopes), key=lambda model: model._meta.label)
    return [
        Error(f"{model._meta.label} belongs to organisations without a scope.", hint=hint, obj=model, id="qn.E020")
        for model in unknown
    ]


@register()
def lists_are_scoped(app_configs: Any, **kwargs: Any) -> list[Error]:
    """qn.E021: a list of ours in the admin, or a snippet, opens rows of others by their number."""
    hint = "Derive it from organisations.viewsets.ScopedModelViewSet: docs/recipes/admin-screen.md."
    return [
        Error(f"{type(viewset).__name__} is not scoped.", hint=hint, obj=model_of(viewset), id="qn.E021")
        for viewset in viewsets()
        if isinstance(viewset, ModelViewSet)
        and not type(viewset).__module__.startswith("wagtail.")
        and not isinstance(viewset, ScopedModelViewSet)
    ] + [
        Error(f"{model._meta.label} is a snippet.", hint=hint, obj=model, id="qn.E021")
        for model in get_snippet_models()
        if is_ours(model)
    ]


@register()
def lists_have_a_policy(app_configs: Any, **kwargs: Any) -> list[Error]:
    """qn.E022: a scoped list whose model has no policy of ours; Wagtail's own asks groups, which the portal does not have."""
    hint = "register_permission_policy(model, OrganisationPolicy(model, table)) or OperatorPolicy(model)."
    return [
        Error(f"{viewset.model._meta.label} has no policy of the portal.", hint=hint, obj=viewset.model, id="qn.E022")
        for viewset in viewsets()
        if isinstance(viewset, ScopedModelViewSet)
        and not isinstance(policy_registry.get_by_type(viewset.model), OperatorPolicy | OrganisationPolicy)
    ]


@register()
def roles_are_complete(app_configs: Any, **kwargs: Any) -> list[Error]:
    """qn.E023: a role without a rank stops the screen of people; one that a table forgets would have no rights, silently."""
    tables = {"ranks": ranks, "PAGE_ACTIONS": PAGE_ACTIONS, "FILE_ACTIONS": FILE_ACTIONS}
    return [
        Error(f"The role {role.value} does not stand in {name}.", hint="See docs/recipes/role.md.", id="qn.E023")
        for name, table in tables.items()
        for role in Role
        if role not in table
    ]


@register()
def doors_are_open(app_configs: Any, **kwargs: Any) -> list[Error]:
    """qn.E040 and following: what the portal uses of other packages' insides has gone, or has become something else."""
    return [
        Error(f"{door.what} is not what {door.used_in} takes it for.", hint="See docs/upgrading.md.", id=door.id)
        for door in doors
        if not door.is_open()
    ]
