"""Addresses of the screens, below /admin/."""

from django.urls import path

from . import publication_report, views

app_name = "editorial"
urlpatterns = [
    path("cho-duyet/", views.QueueView.as_view(), name="queue"),
    path("cho-duyet/<int:step_id>/", views.DecideView.as_view(), name="decide"),
    path("len-trang-chu/<int:page_id>/", views.ProposeView.as_view(), name="propose"),
    path("rut-khoi-trang-chu/<int:proposal_id>/", views.WithdrawView.as_view(), name="withdraw"),
    path("go-xuong/<int:page_id>/", views.TakedownView.as_view(), name="takedown"),
    path("viec-sau-khi-dang/", publication_report.PublicationReport.as_view(), name="publications"),
    path(
        "viec-sau-khi-dang/ket-qua/",
        publication_report.PublicationReport.as_view(results_only=True),
        name="publications_results",
    ),
    path(
        "viec-sau-khi-dang/<int:publication_id>/chay-lai/",
        publication_report.RetryView.as_view(),
        name="retry_publication",
    ),
]
