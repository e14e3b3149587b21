"""What every page type owes: a template, a place in the tree, a name that editors read."""

from typing import Any

from django.apps import apps
from django.core.checks import Error, Tags, register
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from .models import BasePage


def page_types() -> list[type[BasePage]]:
    return [model for model in apps.get_models() if issubclass(model, BasePage)]


@register(Tags.models)
def page_types_have_templates(app_configs: Any, **kwargs: Any) -> list[Error]:
    """qn.E030: a page of this type would answer every reader with a failure."""
    hint = "Write the template, or name one in `template`: docs/recipes/page-type.md."
    return [
        Error(f"The template {model.template} is not there.", hint=hint, obj=model, id="qn.E030")
        for model in page_types()
        if not has_template(model)
    ]


def has_template(model: type[BasePage]) -> bool:
    try:
        get_template(model.template)
    except TemplateDoesNotExist:
        return False
    return True


@register(Tags.models)
def page_types_know_their_place(app_configs: Any, **kwargs: Any) -> list[Error]:
    """qn.E031: Wagtail would offer the type below every page of every site."""
    hint = "Say `parent_page_types` in the class itself: docs/recipes/page-type.md."
    return [
        Error("Nobody has said where pages of this type stand.", hint=hint, obj=model, id="qn.E031")
        for model in page_types()
        if "parent_page_types" not in vars(model)
    ]


@register(Tags.models)
def page_types_have_names(app_configs: Any, **kwargs: Any) -> list[Error]:
    """qn.E032: editors would read the English name of the class."""
    hint = "Say `verbose_name` in the class's Meta, in Vietnamese: docs/recipes/page-type.md."
    return [
        Error("The page type has no name.", hint=hint, obj=model, id="qn.E032")
        for model in page_types()
        if "verbose_name" not in model._meta.original_attrs
    ]
