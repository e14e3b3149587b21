from importlib import import_module

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "documents"
    verbose_name = "Văn bản"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        # Each of these registers itself where it is needed.
        for module in ("counting", "features", "opening", "signals"):
            import_module(f"documents.{module}")
        import_module("home.importing").register_taker("document", "documents.importing.DocumentTaker")
        import_module("home.sampling").register_maker("documents.generation.DocumentMaker", share=0.55)
        import_module("home.registry").register_prose_filter(import_module("documents.citations").link_citations)
