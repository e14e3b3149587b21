from django.apps import AppConfig


class SamplesConfig(AppConfig):
    name = "samples"
    verbose_name = "Nội dung mẫu"
    default_auto_field = "django.db.models.BigAutoField"
