"""Addresses of the sites' own screens below /admin/."""

from django.urls import path

from . import views

app_name = "sites"
urlpatterns = [
    path("cac-trang/", views.SitesView.as_view(), name="list"),
    path("cac-trang/mo/", views.OpenSiteView.as_view(), name="open"),
    path("cac-trang/mo-nhieu/", views.OpenSitesView.as_view(), name="open_many"),
    path("cac-trang/mo-nhieu/mau.csv", views.template_file, name="template"),
    path("cac-trang/mo-nhieu/<int:orders_id>/", views.OrdersProgressView.as_view(), name="progress"),
    path("cac-trang/<int:organisation_id>/cong-khai/", views.open_to_readers, name="open_to_readers"),
]
