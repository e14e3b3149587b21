"""Addresses of pictures and attached files. Wagtail's own views below them are left out: they ask nobody who may read."""

from django.urls import path

from .serving import serve_file, serve_media

urlpatterns = [
    path("media/<path:path>", serve_media),
    # The name by which Wagtail makes the address of a file.
    path("documents/<int:file_id>/<str:filename>", serve_file, name="wagtaildocs_serve"),
]
