"""Addresses of the reports, below /admin/."""

from django.urls import path

from .duty_views import DutiesView

app_name = "figures"
urlpatterns = [path("thoi-han-dang-van-ban/", DutiesView.as_view(), name="duties")]
