"""What must be true of the house itself before it serves anybody; told by `manage.py check` and at each start."""

from django.apps import apps
from django.core import checks

from .models import BasePage
from .screens import screens_of


@checks.register(checks.Tags.models)
def screens_are_there(app_configs, **kwargs):
    """qn.E001: a page class without a screen that it says it cannot do without, since nobody imported the module."""
    return [
        checks.Error(
            f"{model.__name__} lacks its screen “{what}”.", hint="See home/screens.py.", obj=model, id="qn.E001"
        )
        for model in apps.get_models()
        if issubclass(model, BasePage)
        for what in model.screens_needed
        if not screens_of(model, what)
    ]
