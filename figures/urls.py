"""Addresses of the reports, below /admin/."""

from home.admin.reports import report_paths

from .duty_views import DutiesView

app_name = "figures"
urlpatterns = report_paths("thoi-han-dang-van-ban/", DutiesView, "duties")
