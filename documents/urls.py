"""Addresses of the register's own screens below /admin/."""

from django.urls import path

from . import number_check

app_name = "documents_admin"
urlpatterns = [
    path("kiem-tra-so-van-ban/", number_check.check_number, name="check_number"),
]
