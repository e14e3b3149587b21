"""Where the editorial screens hang in Wagtail's admin."""

from django.contrib import messages
from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.home import UserObjectsInWorkflowModerationPanel, WorkflowObjectsToModeratePanel
from wagtail.admin.widgets import Button

from organisations.grants import is_operator

from . import queue
from .models import OrganisationApprovalTask
from .panels import OwnWorkPanel, WaitingPanel
from .publication_report import FailedPanel

DRAGGABLE = 200


@hooks.register("register_admin_urls")
def editorial_urls():
    return [path("", include("editorial.urls"))]


class QueueMenuItem(MenuItem):
    def is_shown(self, request):
        return queue.approves_somewhere(request.user) or is_operator(request.user)


@hooks.register("register_admin_menu_item")
def queue_menu_item():
    return QueueMenuItem(_("Chờ duyệt"), reverse("editorial:queue"), name="queue", icon_name="clipboard-list", order=90)


class PublicationsMenuItem(MenuItem):
    def is_shown(self, request):
        return is_operator(request.user)


@hooks.register("register_reports_menu_item")
def publications_menu_item():
    label = _("Việc sau khi đăng")
    return PublicationsMenuItem(
        label, reverse("editorial:publications"), name="publications", icon_name="tasks", order=720
    )


@hooks.register("construct_homepage_panels")
def replace_workflow_panels(request, panels):
    """Wagtail's own two ask the database several times per waiting item (anchors T3)."""
    stock = (WorkflowObjectsToModeratePanel, UserObjectsInWorkflowModerationPanel)
    panels[:] = [
        FailedPanel(),
        WaitingPanel(),
        OwnWorkPanel(),
        *(panel for panel in panels if not isinstance(panel, stock)),
    ]


@hooks.register("register_page_header_buttons")
def request_buttons(page, user, view_name, next_url=None):
    """Ask for the home page or for taking down, where the page is published and the person may."""
    if view_name != "edit":
        return
    yield from decision_button(page, user)
    if not page.permissions_for_user(user).can_request():
        return
    if getattr(page, "can_be_proposed", False):
        yield Button(
            _("Đề nghị lên trang chủ"), reverse("editorial:propose", args=[page.pk]), icon_name="home", priority=70
        )
    yield Button(
        _("Đề nghị gỡ xuống"), reverse("editorial:takedown", args=[page.pk]), icon_name="download", priority=71
    )


def decision_button(page, user):
    """Where the page waits for the person, the way to the one screen that decides."""
    task, step = page.current_workflow_task, page.current_workflow_task_state
    if isinstance(task, OrganisationApprovalTask) and task.holds_role(page, user):
        yield Button(_("Xem và duyệt"), reverse("editorial:decide", args=[step.pk]), icon_name="check", priority=60)


@hooks.register("construct_explorer_page_queryset")
def limit_manual_order(parent_page, pages, request):
    """Wagtail renders every child for dragging: at 5,000 children a minute of one server process."""
    if request.GET.get("ordering") != "ord" or parent_page.numchild <= DRAGGABLE:
        return pages
    text = _("Mục này có %(count)d trang. Chỉ %(limit)d trang đầu hiện ra để sắp xếp bằng tay.")
    messages.warning(request, text % {"count": parent_page.numchild, "limit": DRAGGABLE})
    return pages.filter(pk__in=list(parent_page.get_children().values_list("pk", flat=True)[:DRAGGABLE]))


@hooks.register("insert_global_admin_css")
def editorial_css():
    return format_html('<link rel="stylesheet" href="{}">', static("editorial/editorial.css"))


@hooks.register("register_log_actions")
def log_actions(actions):
    actions.register_action(
        "editorial.outside_moderation",
        _("Ghi ngoài kiểm duyệt"),
        _("Đã được hệ thống ghi trong lúc khóa hoặc chờ duyệt"),
    )
    actions.register_action("editorial.override", _("Duyệt ngoại lệ"), _("Đã duyệt ngoại lệ"))
    actions.register_action("editorial.home_accept", _("Đưa lên trang chủ"), _("Đã được đưa lên trang chủ của tỉnh"))
    actions.register_action("editorial.takedown", _("Gỡ xuống"), _("Đã được gỡ xuống theo đề nghị"))
