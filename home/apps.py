from importlib import import_module

from django.apps import AppConfig
from django.conf import settings


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = "Trang và thiết lập"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from PIL import Image

        # Pillow refuses at twice this, before it unpacks a pixel; Wagtail asks for the size of the unpacked picture.
        Image.MAX_IMAGE_PIXELS = settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS // 2
        import_module("home.frame").connect()
        import_module("home.media.extraction").connect()
        for module in ("alerts", "alternates", "checks", "doors", "page_checks", "sharing"):
            import_module(f"home.{module}")
