"""Where the people screens hang in Wagtail's admin."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .grants import is_operator
from .people import managed_organisations


@hooks.register("register_admin_urls")
def people_urls() -> list[URLPattern | URLResolver]:
    return [path("", include("organisations.urls"))]


class PeopleMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return managed_organisations(request.user).exists()


@hooks.register("register_admin_menu_item")
def people_menu_item() -> MenuItem:
    return PeopleMenuItem(_("Người dùng"), reverse("people:list"), name="people", icon_name="group", order=600)


class SignInsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return is_operator(request.user)


@hooks.register("register_reports_menu_item")
def sign_ins_menu_item() -> MenuItem:
    label = _("Nhật ký đăng nhập")
    return SignInsMenuItem(label, reverse("people:sign_ins"), name="sign-ins", icon_name="lock", order=730)


@hooks.register("insert_global_admin_css")
def people_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("organisations/people.css"))
