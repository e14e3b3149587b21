"""Addresses of the register's own screens below /admin/."""

from django.urls import path

from . import number_check, pending_report

app_name = "documents_admin"
urlpatterns = [
    path("kiem-tra-so-van-ban/", number_check.check_number, name="check_number"),
    path("quan-he-cho-xac-nhan/", pending_report.PendingRelations.as_view(), name="pending"),
    path(
        "quan-he-cho-xac-nhan/ket-qua/",
        pending_report.PendingRelations.as_view(results_only=True),
        name="pending_results",
    ),
    path("quan-he-cho-xac-nhan/<int:relation_id>/", pending_report.AnswerView.as_view(), name="answer"),
]
