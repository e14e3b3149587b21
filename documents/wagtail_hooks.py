"""Screens for the lists that all organisations' documents share: kept by the operators."""

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel
from wagtail.permissions import register_permission_policy

from organisations.viewsets import OperatorPolicy, ScopedModelViewSet

from .models import Field, Issuer, PublicHoliday, PublishingDeadline
from .pending_report import PendingRelations, reads_questions

for model in (Issuer, Field, PublishingDeadline, PublicHoliday):
    register_permission_policy(model, OperatorPolicy(model))


class IssuerViewSet(ScopedModelViewSet):
    model = Issuer
    name = "co-quan-ban-hanh"
    icon = "group"
    menu_label = _("Cơ quan ban hành")
    add_to_settings_menu = True
    list_display = ["name", "order"]
    ordering = ["order", "name_sort"]
    search_fields = ["name"]
    panels = [FieldPanel("name"), FieldPanel("name_en"), FieldPanel("order")]


class FieldViewSet(ScopedModelViewSet):
    model = Field
    name = "linh-vuc-van-ban"
    icon = "tag"
    menu_label = _("Lĩnh vực văn bản")
    add_to_settings_menu = True
    list_display = ["name", "slug", "order"]
    ordering = ["order", "name_sort"]
    search_fields = ["name"]
    panels = [FieldPanel("name"), FieldPanel("name_en"), FieldPanel("slug"), FieldPanel("order")]


class DeadlineViewSet(ScopedModelViewSet):
    model = PublishingDeadline
    name = "han-dang-van-ban"
    icon = "time"
    menu_label = _("Hạn đăng văn bản")
    add_to_settings_menu = True
    list_display = ["valid_from", "own_days", "other_days", "basis"]
    ordering = ["-valid_from"]
    panels = [FieldPanel("valid_from"), FieldPanel("own_days"), FieldPanel("other_days"), FieldPanel("basis")]


class HolidayViewSet(ScopedModelViewSet):
    model = PublicHoliday
    name = "ngay-nghi"
    icon = "calendar"
    menu_label = _("Ngày nghỉ")
    add_to_settings_menu = True
    list_display = ["day", "name"]
    ordering = ["-day"]
    panels = [FieldPanel("day"), FieldPanel("name")]


@hooks.register("register_admin_viewset")
def register_screens():
    return [IssuerViewSet(), FieldViewSet(), DeadlineViewSet(), HolidayViewSet()]


@hooks.register("register_admin_urls")
def document_urls():
    return [path("", include("documents.urls"))]


class PendingMenuItem(MenuItem):
    def is_shown(self, request):
        return reads_questions(request.user)


@hooks.register("register_reports_menu_item")
def pending_menu_item():
    label, address = PendingRelations.page_title, reverse("documents_admin:pending")
    return PendingMenuItem(label, address, name="pending_relations", icon_name="doc-full-inverse", order=730)


@hooks.register("register_log_actions")
def log_actions(actions):
    confirmed, refused = _("Xác nhận quan hệ văn bản"), _("Không xác nhận quan hệ văn bản")
    actions.register_action("documents.confirm_relation", confirmed, _("Đã xác nhận văn bản khác tác động"))
    actions.register_action("documents.refuse_relation", refused, _("Đã không xác nhận văn bản khác tác động"))
