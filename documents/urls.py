"""Addresses of the register's own screens below /admin/."""

from django.urls import path

from . import checking

app_name = "documents_admin"
urlpatterns = [
    path("kiem-tra-so-van-ban/", checking.check_number, name="check_number"),
]
