from importlib import import_module

from django.apps import AppConfig


class NewsConfig(AppConfig):
    name = "news"
    verbose_name = "Tin, bài"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        # Each of these registers itself where it is needed.
        for module in ("counting", "front", "opening", "signals"):
            import_module(f"news.{module}")
        import_module("home.importing").register_taker("news", "news.importing.ArticleTaker")
        import_module("home.sampling").register_maker("news.generation.ArticleMaker")
