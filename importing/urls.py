"""Addresses of the spreadsheet upload, below /admin/."""

from django.urls import path

from . import uploading

app_name = "importing"
urlpatterns = [
    path("nhap-van-ban/", uploading.UploadView.as_view(), name="upload"),
    path("nhap-van-ban/mau.xlsx", uploading.TemplateFileView.as_view(), name="upload_template"),
    path("nhap-van-ban/<int:upload_id>/", uploading.ProgressView.as_view(), name="upload_progress"),
]
