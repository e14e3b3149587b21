from importlib import import_module

from django.apps import AppConfig


class ImportingConfig(AppConfig):
    name = "importing"
    verbose_name = "Nhập dữ liệu"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("importing.doors")
        import_module("importing.retention")
