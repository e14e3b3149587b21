"""Where the spreadsheet upload hangs in Wagtail's admin."""

from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from organisations.signed_in import SignedInRequest

from .uploading import may_upload


@hooks.register("register_admin_urls")
def upload_urls() -> list[URLResolver]:
    return [path("", include("importing.urls"))]


class UploadMenuItem(MenuItem):
    def is_shown(self, request: SignedInRequest) -> bool:
        return may_upload(request.user)


@hooks.register("register_admin_menu_item")
def upload_menu_item() -> MenuItem:
    return UploadMenuItem(
        _("Nhập văn bản"), reverse("importing:upload"), name="documents", icon_name="table", order=250
    )
