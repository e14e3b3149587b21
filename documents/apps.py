from importlib import import_module

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "documents"
    verbose_name = "Văn bản"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        # Each of these registers itself where it is needed.
        for module in ("document_screen", "features", "feeds", "opening", "register_screen", "signals"):
            import_module(f"documents.{module}")
        import_module("home.seams").prose_filters.register(import_module("documents.citations").link_citations)
