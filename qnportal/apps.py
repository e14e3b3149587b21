from importlib import import_module

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "qnportal"
    verbose_name = "Cổng thông tin điện tử tỉnh Quảng Ngãi"

    def ready(self):
        import_module("qnportal.doors")
