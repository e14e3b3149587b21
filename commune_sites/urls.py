"""Addresses of the sites' own screens below /admin/."""

from django.urls import path

from home.admin.reports import report_paths

from . import change_views, views

app_name = "sites"
urlpatterns = [
    *report_paths("cac-trang/", views.SitesView, "list"),
    path("cac-trang/mo/", views.OpenSiteView.as_view(), name="open"),
    path("cac-trang/mo-nhieu/", views.OpenSitesView.as_view(), name="open_many"),
    path("cac-trang/mo-nhieu/mau.csv", views.template_file, name="template"),
    path("cac-trang/mo-nhieu/<int:orders_id>/", views.OrdersProgressView.as_view(), name="progress"),
    path("cac-trang/thay-doi/", change_views.ChangesView.as_view(), name="changes"),
    path("cac-trang/thay-doi/ket-thuc/", change_views.CloseView.as_view(), name="close"),
    path("cac-trang/thay-doi/<int:change_id>/huy/", change_views.undo_change, name="undo"),
    path("cac-trang/chuyen-vai-tro/", change_views.take_up, name="take_up"),
    path("cac-trang/ngay-dau/", views.FirstDayView.as_view(), name="first_day"),
    path("cac-trang/<int:organisation_id>/", views.SiteView.as_view(), name="site"),
    path("cac-trang/<int:organisation_id>/doi-ten/", change_views.RenameView.as_view(), name="rename"),
    path("cac-trang/<int:organisation_id>/cong-khai/", views.open_to_readers, name="open_to_readers"),
]
