from importlib import import_module

from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = "Trang và thiết lập"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        import_module("home.frame").connect()
