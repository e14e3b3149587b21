"""Addresses of the people screens, below /admin/."""

from django.urls import path

from . import views

app_name = "people"
urlpatterns = [
    path("nguoi-dung/", views.PeopleView.as_view(), name="list"),
    path("nguoi-dung/moi/", views.InviteView.as_view(), name="invite"),
    path("nguoi-dung/<int:membership_id>/", views.MemberView.as_view(), name="member"),
]
