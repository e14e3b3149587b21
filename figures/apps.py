from importlib import import_module

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "figures"
    verbose_name = "Số liệu"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Each of these registers itself where it is needed.
        for module in (
            "activity",
            "duties",
        ):
            import_module(f"figures.{module}")
