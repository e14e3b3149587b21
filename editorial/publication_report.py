"""What has still to follow a publication, for operators: failed or waiting, with the reason, and a button to try again."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.components import Component
from wagtail.admin.views.reports import ReportView

from organisations.admin_screen import AdminScreen
from organisations.grants import is_operator
from organisations.models import User

from . import after_publish
from .publications import Publication, PublicationQuerySet, State


class ForOperators(AdminScreen):
    """Pages of all sites are named here."""

    def may(self, user: User) -> bool:
        return is_operator(user)


class PublicationReport(ForOperators, ReportView):
    """Newest first; what is done is not shown."""

    model = Publication
    page_title = gettext_lazy("Việc sau khi đăng")
    header_icon = "tasks"
    index_url_name = "editorial:publications"
    index_results_url_name = "editorial:publications_results"
    results_template_name = "editorial/publication_results.html"
    no_results_message = gettext_lazy("Mọi việc sau khi đăng đều đã xong.")
    list_export = ["happened", "title", "get_event_display", "get_state_display", "tries", "due", "reasons"]
    export_headings = {
        "happened": gettext_lazy("Lúc"),
        "title": gettext_lazy("Trang"),
        "get_event_display": gettext_lazy("Việc"),
        "get_state_display": gettext_lazy("Tình trạng"),
        "tries": gettext_lazy("Số lần không được"),
        "due": gettext_lazy("Thử lại lúc"),
        "reasons": gettext_lazy("Lý do"),
    }

    def get_base_queryset(self) -> PublicationQuerySet:
        return Publication.objects.unfinished().order_by("-happened", "-pk")

    def decorate_paginated_queryset(self, object_list: Iterable[Any]) -> Iterable[Any]:
        for publication in object_list:
            publication.lines = lines_of(publication)
            publication.reasons = "; ".join(f"{line['label']}: {line['reason']}" for line in publication.lines)
        return object_list


def lines_of(publication: Publication) -> list[dict[str, object]]:
    """The unfinished steps of `publication`, as the screen and the spreadsheet show them."""
    return [
        {
            "label": after_publish.label_of(entry["name"]),
            "state": State(entry["state"]).label,
            "reason": entry["reason"],
            "tries": entry["tries"],
        }
        for entry in publication.unfinished_steps()
    ]


class RetryView(ForOperators):
    """Try again now what is not done, however often it was tried."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, publication_id: int) -> HttpResponse:
        publication = get_object_or_404(Publication, pk=publication_id)
        after_publish.carry_on.call(publication.pk)
        publication.refresh_from_db()
        if publication.state == State.DONE:
            messages.success(
                request, _("Đã làm xong các việc sau khi đăng của “%(title)s”.") % {"title": publication.title}
            )
        else:
            messages.error(request, _("“%(title)s” vẫn còn việc không làm được.") % {"title": publication.title})
        return redirect("editorial:publications")


class FailedPanel(Component):
    """A line on the operators' dashboard when something has failed."""

    name = "editorial_failed"
    order = 90
    template_name = "editorial/dashboard_failed.html"

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, int]:
        user = parent_context["request"].user
        return {"failed": Publication.objects.failing().count() if is_operator(user) else 0}
