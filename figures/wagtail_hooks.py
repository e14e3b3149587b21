"""Where the reports hang in Wagtail's admin."""

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from organisations.grants import is_operator, memberships_of


@hooks.register("register_admin_urls")
def figures_urls() -> list[URLResolver]:
    return [path("", include("figures.urls"))]


class DutiesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return is_operator(request.user) or bool(memberships_of(request.user))


@hooks.register("register_reports_menu_item")
def duties_menu_item() -> MenuItem:
    label = _("Thời hạn đăng văn bản")
    return DutiesMenuItem(label, reverse("figures:duties"), name="document-duties", icon_name="time", order=700)
