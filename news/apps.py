from importlib import import_module

from django.apps import AppConfig


class NewsConfig(AppConfig):
    name = "news"
    verbose_name = "Tin, bài"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        # Each of these registers itself where it is needed.
        for module in ("article", "feeds", "front", "listing", "opening", "signals"):
            import_module(f"news.{module}")
