"""Where the sites' own screens hang in Wagtail's admin."""

from typing import Any

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from organisations.signed_in import SignedInRequest

from .panels import OffersPanel, ReadinessPanel, SitePanel
from .views import may_oversee


@hooks.register("register_admin_urls")
def sites_urls() -> list[Any]:
    return [path("", include("commune_sites.urls"))]


class SitesMenuItem(MenuItem):
    def is_shown(self, request: SignedInRequest) -> bool:
        return may_oversee(request.user)


@hooks.register("register_admin_menu_item")
def sites_menu_item() -> MenuItem:
    return SitesMenuItem(
        _lazy("Các trang thành phần"), reverse("sites:list"), name="sites", icon_name="site", order=590
    )


@hooks.register("register_help_menu_item")
def first_day_menu_item() -> MenuItem:
    label = _lazy("Ngày đầu quản trị trang")
    return MenuItem(label, reverse("sites:first_day"), name="first-day", icon_name="help", order=100)


@hooks.register("construct_homepage_panels")
def site_panels(request: SignedInRequest, panels: list[Any]) -> None:
    panels += [SitePanel(), ReadinessPanel(), OffersPanel()]
