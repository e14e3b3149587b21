from importlib import import_module

from django.apps import AppConfig


class TranslationConfig(AppConfig):
    name = "translation"
    verbose_name = "Biên dịch"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        for module in ("doors", "notices", "signals"):
            import_module(f"translation.{module}")
