"""What must be true of the public kinds before anything runs."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, Tags, register

from home.models import BasePage

from .kinds.table import public_kinds, public_models


@register(Tags.models)
def every_public_page_has_a_kind(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A model of pages that readers see, and that nobody told the search of, would never be found nor translated."""
    return [
        Error(
            f"{model.__name__} has no kind in the search.",
            hint="See docs/recipes/public-kind.md, or set is_private_kind = True on a model no reader sees.",
            obj=model,
            id="qn.E010",
        )
        for model in page_models()
        if not model.is_private_kind and model not in public_models()
    ]


@register(Tags.models)
def kinds_do_not_clash(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Names of kinds and their models are keys: two of one would hide each other."""
    taken = Counter(key for kind in public_kinds() for key in (kind.name, kind.model))
    return [
        Error(f"{key} stands in search/kinds/ {count} times.", hint="Give each kind a name and a model.", id="qn.E011")
        for key, count in taken.items()
        if count > 1
    ]


def page_models() -> Iterator[type[BasePage]]:
    return (model for model in apps.get_models() if issubclass(model, BasePage))
