from django.apps import AppConfig


class EditorialConfig(AppConfig):
    name = "editorial"
    verbose_name = "Biên tập và kiểm duyệt"
    default_auto_field = "django.db.models.BigAutoField"
