from importlib import import_module

from django.apps import AppConfig


class EditorialConfig(AppConfig):
    name = "editorial"
    verbose_name = "Biên tập và kiểm duyệt"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        import_module("editorial.signals")
        import_module("editorial.notices").connect()
