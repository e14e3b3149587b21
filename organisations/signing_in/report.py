"""Who came in, from where, and who could not: for operators, to look through and to take along."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.reports import ReportView

from ..admin_screen import AdminScreen
from ..folding import fold
from ..grants import Person, is_operator
from .again import AsksPassword
from .models import SignInEvent


class SignInFilters(WagtailFilterSet):
    """By person (with or without marks), by what happened, by address and by day."""

    person = django_filters.CharFilter(label=_("Người"), method="of_person")
    kind = django_filters.ChoiceFilter(label=_("Việc"), choices=SignInEvent.Kind.choices)
    address = django_filters.CharFilter(label=_("Địa chỉ mạng"), lookup_expr="startswith")
    at = django_filters.DateFromToRangeFilter(label=_("Ngày"), widget=DateRangePickerWidget)

    class Meta:
        model = SignInEvent
        fields = ["person", "kind", "address", "at"]

    def of_person(self, queryset: QuerySet[SignInEvent], name: str, value: str) -> QuerySet[SignInEvent]:
        return queryset.filter(user__name_folded__contains=fold(value))


class SignInReport(AdminScreen, AsksPassword, ReportView):
    """Newest first. Nothing here can be changed; the file asks for the password, as it names persons."""

    # Wagtail's frame and its report disagree about who may set them.
    header_more_buttons: Any = ReportView.header_more_buttons
    model = SignInEvent
    page_title: Any = _("Nhật ký đăng nhập")
    header_icon = "lock"
    index_url_name: Any = "people:sign_ins"
    index_results_url_name: Any = "people:sign_ins_results"
    filterset_class: Any = SignInFilters
    no_results_message = _("Không có việc nào.")
    columns = [
        DateColumn("at", label=_("Lúc")),
        Column("kind", label=_("Việc"), accessor="get_kind_display"),
        Column("user", label=_("Người")),
        Column("by", label=_("Người làm")),
        Column("address", label=_("Địa chỉ mạng")),
        Column("device", label=_("Thiết bị")),
        Column("detail", label=_("Chi tiết")),
    ]
    list_export = ["at", "get_kind_display", "user_name", "user", "by", "address", "device", "detail"]
    export_headings = {
        "at": _("Lúc"),
        "get_kind_display": _("Việc"),
        "user_name": _("Tên đăng nhập"),
        "user": _("Người"),
        "by": _("Người làm"),
        "address": _("Địa chỉ mạng"),
        "device": _("Thiết bị"),
        "detail": _("Chi tiết"),
    }

    def may(self, user: Person) -> bool:
        return is_operator(user)

    def is_dangerous(self, request: HttpRequest) -> bool:
        return bool(request.GET.get("export"))

    def get_base_queryset(self) -> QuerySet[SignInEvent]:
        return SignInEvent.objects.select_related("user", "by").order_by("-at", "-pk")


def as_line(event: SignInEvent) -> dict[str, Any]:
    """An event as a line of JSON has it; persons by the name they sign in with."""
    return {
        "id": event.pk,
        "at": event.at.isoformat(),
        "kind": event.kind,
        "user": event.user_name or None,
        "by": event.by.username if event.by else None,
        "address": event.address,
        "device": event.device,
        "detail": event.detail,
    }
