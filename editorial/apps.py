from importlib import import_module

from django.apps import AppConfig


class EditorialConfig(AppConfig):
    name = "editorial"
    verbose_name = "Biên tập và kiểm duyệt"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        import_module("editorial.home_page")
        import_module("editorial.retention")
        import_module("editorial.notices").connect()
        import_module("editorial.doors")
        # The apps above are listed, and so ready, before this one: all steps are registered by now.
        after_publish = import_module("editorial.after_publish")
        after_publish.check_complete()
        after_publish.connect()
