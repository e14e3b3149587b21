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
        for module in ("extraction", "making"):
            import_module(f"home.media.{module}").connect()
        for module in ("starting", "telling"):
            import_module(f"home.admin.{module}").connect()
        modules = ("alerts", "checks", "doors", "forgetting", "media.hooks", "media.uses", "page_checks", "sharing")
        for module in modules:
            import_module(f"home.{module}")
