"""Where the search's report hangs in Wagtail's admin."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from home.admin.reports import report_paths
from organisations.grants import is_operator, memberships_of

from .reports import AskedView


@hooks.register("register_admin_urls")
def report_urls():
    return report_paths("ban-doc-tim-gi/", AskedView, "asked_words")


class AskedMenuItem(MenuItem):
    def is_shown(self, request):
        return is_operator(request.user) or bool(memberships_of(request.user))


@hooks.register("register_reports_menu_item")
def asked_menu_item():
    return AskedMenuItem(_("Bạn đọc tìm gì"), reverse("asked_words"), name="asked-words", icon_name="search", order=710)
