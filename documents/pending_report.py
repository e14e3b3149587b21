"""Relations that wait for the word of those whose document they change: listed for both organisations and the province."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.views.reports import ReportView

from organisations.admin_screen import AdminScreen
from organisations.grants import Person, is_operator, memberships_of
from organisations.models import Role

from .models import Relation
from .standing import answer, may_answer, open_questions

READERS = {Role.APPROVER, Role.MANAGER, Role.EDITOR, Role.BOARD, Role.SECRETARY}


def reads_questions(user: Person) -> bool:
    """Whether the person works with documents anywhere."""
    return is_operator(user) or any(one.role in READERS for one in memberships_of(user))


class PendingRelations(AdminScreen, ReportView):
    """What waits first, then what was refused; newest first."""

    model = Relation
    page_title = gettext_lazy("Quan hệ văn bản chờ xác nhận")
    header_icon = "doc-full-inverse"
    index_url_name = "documents_admin:pending"
    index_results_url_name = "documents_admin:pending_results"
    results_template_name = "documents/admin/pending_results.html"
    no_results_message = gettext_lazy("Không có quan hệ văn bản nào chờ xác nhận.")
    list_export = ["page.name", "page.publisher", "get_kind_display", "target.name", "asks", "get_standing_display"]
    export_headings = {
        "page.name": gettext_lazy("Văn bản"),
        "page.publisher": gettext_lazy("Đơn vị đăng"),
        "get_kind_display": gettext_lazy("Quan hệ"),
        "target.name": gettext_lazy("Với văn bản"),
        "asks": gettext_lazy("Đơn vị xác nhận"),
        "get_standing_display": gettext_lazy("Tình trạng"),
    }

    def may(self, user: Person) -> bool:
        return reads_questions(user)

    def get_base_queryset(self) -> QuerySet[Relation]:
        sides = ("page__publisher", "target", "asks")
        return open_questions(self.request.user).select_related(*sides).order_by("standing", "-page__issued", "-pk")

    def decorate_paginated_queryset(self, object_list: Iterable[Any]) -> Iterable[Any]:
        for relation in object_list:
            relation.may_answer = may_answer(self.request.user, relation)
        return object_list


class AnswerView(AdminScreen):
    """Confirm or refuse one relation; twice the same says so and does nothing."""

    http_method_names = ["post"]

    @cached_property
    def relation(self) -> Relation:
        seen = open_questions(self.request.user).select_related("page", "target", "asks")
        return get_object_or_404(seen, pk=self.kwargs["relation_id"])

    def may(self, user: Person) -> bool:
        """Who clicks again after the answer, or never saw the question, finds none."""
        return may_answer(user, self.relation)

    def post(self, request: HttpRequest, relation_id: int) -> HttpResponse:
        agreed = {"xac-nhan": True, "khong": False}.get(request.POST.get("tra-loi", ""))
        if agreed is None:
            messages.error(request, _("Hãy chọn xác nhận hoặc không xác nhận."))
        elif not answer(self.relation, agreed, request.user):
            messages.info(request, _("Quan hệ này đã được trả lời."))
        else:
            names = {"page": self.relation.page.name, "target": self.relation.target.name}
            said = (
                _("Đã xác nhận: %(page)s, %(target)s.") if agreed else _("Đã ghi không xác nhận: %(page)s, %(target)s.")
            )
            messages.success(request, said % names)
        return redirect("documents_admin:pending")
