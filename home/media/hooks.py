"""What Wagtail asks about files and pictures; loaded by home.apps."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from .locks import DELETE_NOTE, is_shown
from .models import PortalFile, PortalImage

LISTINGS = {PortalFile: "wagtaildocs:index", PortalImage: "wagtailimages:index"}


@hooks.register("register_log_actions")
def log_actions(actions):
    actions.register_action(
        "home.shown_item_changed",
        _("Sửa thông tin tệp đang hiển thị"),
        _("Đã sửa tên, nguồn hoặc khung ảnh đang hiển thị"),
    )


@hooks.register("before_bulk_action")
def keep_what_pages_show(request, action_type, objects, action_class_instance):
    """Many at once: none is deleted, or given to another collection, as long as a live page shows one of them."""
    model = action_class_instance.model
    if model in LISTINGS and action_type in {"delete", "add_to_collection"} and any(map(is_shown, objects)):
        messages.error(request, DELETE_NOTE)
        return redirect(LISTINGS[model])
    return None
