"""Addresses of the register's own screens below /admin/."""

from django.urls import path

from . import checking, duty_views, uploading

app_name = "documents_admin"
urlpatterns = [
    path("kiem-tra-so-van-ban/", checking.check_number, name="check_number"),
    path("thoi-han-dang-van-ban/", duty_views.DutiesView.as_view(), name="duties"),
    path("nhap-van-ban/", uploading.UploadView.as_view(), name="upload"),
    path("nhap-van-ban/mau.xlsx", uploading.TemplateFileView.as_view(), name="upload_template"),
    path("nhap-van-ban/<int:upload_id>/", uploading.ProgressView.as_view(), name="upload_progress"),
]
