"""How the admin of Wagtail is bent to many organisations: choosers, its own API, menus, and home pages that stay."""

from django.contrib import messages
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.admin.widgets import Button
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.models import Page, Site

from editorial.page_views import ModeratedCreateView, ModeratedEditView, NoSuchDoor
from organisations.forms import OwnRowForm
from organisations.grants import is_operator
from organisations.models import Organisation
from organisations.viewsets import ScopedModelViewSet

from .admin.choosers import scope_files, scope_images, scope_pages
from .admin.share_views import ShareView
from .models import Alert
from .sharing import may_share

hooks.register("construct_page_chooser_queryset", scope_pages)
hooks.register("construct_image_chooser_queryset", scope_images)
hooks.register("construct_document_chooser_queryset", scope_files)


class OwnImagesAPI(ImagesAdminAPIViewSet):
    def get_queryset(self):
        return scope_images(super().get_queryset(), self.request)


class OwnFilesAPI(DocumentsAdminAPIViewSet):
    def get_queryset(self):
        return scope_files(super().get_queryset(), self.request)


@hooks.register("construct_admin_api", order=100)
def scope_admin_api(router):
    """After Wagtail's own, whose endpoints of the same names list every organisation's files."""
    router.register_endpoint("images", OwnImagesAPI)
    router.register_endpoint("documents", OwnFilesAPI)


@hooks.register("construct_reports_menu")
def hide_closed_reports(request, items):
    """What home.admin.guard closes is not offered either."""
    closed = {"locked-pages", "workflows", "workflow-tasks", "site-history", "page-types-usage"}
    if not is_operator(request.user):
        items[:] = [item for item in items if item.name not in closed]


class PortalPageViewSet(PageViewSet):
    """Screens of pages. Drawing a row of the explorer takes longer than finding it; thirty fill a screen."""

    list_per_page = 30
    add_view_class = ModeratedCreateView
    edit_view_class = ModeratedEditView
    workflow_action_view_class = NoSuchDoor
    collect_workflow_action_data_view_class = NoSuchDoor
    workflow_preview_view_class = NoSuchDoor


@hooks.register("register_admin_viewset", order=100)
def shorter_explorer():
    """After Wagtail's own for pages of every type, which it takes the place of."""
    return PortalPageViewSet()


@hooks.register("construct_help_menu")
def keep_shortcuts(request, items):
    """Wagtail's news and guide are in English, and tell of a Wagtail that the portal has changed."""
    items[:] = [item for item in items if item.name in {"keyboard-shortcuts-trigger", "first-day"}]


@hooks.register("register_admin_urls")
def share_urls():
    return [path("dua-len-cac-trang/<int:page_id>/", ShareView.as_view(), name="share_page")]


@hooks.register("register_page_header_buttons")
def share_button(page, user, view_name, next_url=None):
    """Offered where the page is public and the person decides about its organisation."""
    if view_name == "edit" and may_share(user, page):
        url = reverse("share_page", args=[page.pk])
        yield Button(_("Đưa lên các trang"), url, icon_name="site", priority=72)


class AlertViewSet(ScopedModelViewSet):
    """Alerts, each of its organisation; only who looks after several chooses which."""

    model = Alert
    name = "thong-bao-khan"
    icon = "warning"
    menu_label = _lazy("Thông báo khẩn")
    add_to_admin_menu = True
    menu_order = 580
    list_display = ["text", "organisation", "starts", "ends", "cascades"]
    ordering = ["-starts"]
    edit_handler = ObjectList(
        [
            FieldPanel("organisation"),
            FieldPanel("text"),
            FieldPanel("text_en"),
            FieldPanel("url"),
            FieldRowPanel(["starts", "ends"]),
            FieldPanel("cascades"),
        ],
        base_form_class=OwnRowForm,
    )


@hooks.register("register_admin_viewset")
def alert_screens():
    return AlertViewSet()


@hooks.register("insert_global_admin_css")
def portal_colours():
    return format_html('<link rel="stylesheet" href="{}">', static("home/admin.css"))


def holds_homes(page):
    """Whether a site or an organisation lives in `page` or below it."""
    return (
        Organisation.objects.filter(home_page__path__startswith=page.path).exists()
        or Site.objects.filter(root_page__path__startswith=page.path).exists()
        or page.depth == 1
    )


@hooks.register("before_delete_page")
@hooks.register("before_unpublish_page")
def keep_home_page(request, page, *args):
    """A site's home page goes with the site, by closing the organisation, not by a button (anchors T13)."""
    if holds_homes(page):
        return refuse(request, page, _("Trang chủ của một đơn vị không thể xóa, gỡ hay chuyển chỗ."))
    return None


@hooks.register("before_move_page")
def keep_place_of_home_page(request, page, destination):
    return keep_home_page(request, page)


@hooks.register("before_copy_page")
def keep_home_page_single(request, page):
    if holds_homes(page):
        return refuse(request, page, _("Không thể sao chép trang chủ của một đơn vị."))
    return None


@hooks.register("before_bulk_action")
def keep_home_pages(request, action_type, objects, action_class_instance):
    """Bulk actions do not ask the hooks for single pages."""
    if action_type not in {"delete", "unpublish", "move"}:
        return None
    kept = [page for page in objects if isinstance(page, Page) and holds_homes(page)]
    return keep_home_page(request, kept[0]) if kept else None


def refuse(request, page, sentence):
    messages.error(request, sentence)
    return redirect("wagtailadmin_explore", page.pk)


@hooks.register("insert_global_admin_js")
def starting_js():
    return format_html('<script src="{}"></script>', static("home/start.js"))
