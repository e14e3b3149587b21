from importlib import import_module

from django.apps import AppConfig


class CommuneSitesConfig(AppConfig):
    name = "commune_sites"
    verbose_name = "Các trang thành phần"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("commune_sites.retention")
