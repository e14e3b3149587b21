"""Addresses of the people screens, below /admin/."""

from django.urls import path

from . import views
from .signing_in.own import EndSessionView
from .signing_in.report import SignInReport
from .signing_in.setting_up import SetUpView

app_name = "people"
urlpatterns = [
    path("nguoi-dung/", views.PeopleView.as_view(), name="list"),
    path("nguoi-dung/moi/", views.InviteView.as_view(), name="invite"),
    path("nguoi-dung/<int:membership_id>/", views.MemberView.as_view(), name="member"),
    path("phien-dang-nhap/ket-thuc/", EndSessionView.as_view(), name="end_session"),
    path("xac-thuc-buoc-hai/", SetUpView.as_view(), name="second_factor"),
    path("nhat-ky-dang-nhap/", SignInReport.as_view(), name="sign_ins"),
    path("nhat-ky-dang-nhap/ket-qua/", SignInReport.as_view(results_only=True), name="sign_ins_results"),
]
