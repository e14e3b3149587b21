"""Addresses of the translators' desk, below /admin/."""

from django.urls import path

from home.admin.reports import report_paths

from . import views
from .reports import CoverageView

app_name = "translation"
urlpatterns = [
    path("bien-dich/", views.DeskView.as_view(), name="desk"),
    path("bien-dich/bat-dau/", views.begin_work, name="begin"),
    path("bien-dich/giao/", views.give, name="give"),
    path("bien-dich/trang/<int:page_id>/", views.OfferView.as_view(), name="offer"),
    path("bien-dich/<int:work_id>/", views.WorkView.as_view(), name="work"),
    path("bien-dich/<int:work_id>/cap-nhat/", views.refresh_work, name="refresh"),
    path("bien-dich/<int:work_id>/dich-may/", views.ask_machine, name="machine"),
    path("bien-dich/<int:work_id>/xem/", views.preview, name="preview"),
    path("bien-dich/<int:work_id>/tep/", views.take_file, name="take_file"),
    path("bien-dich/<int:work_id>/tep.po", views.po_file, name="po"),
    path("bien-dich/<int:work_id>/tep.xlsx", views.xlsx_file, name="xlsx"),
    *report_paths("bien-dich/bao-phu/", CoverageView, "coverage"),
]
