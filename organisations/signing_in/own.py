"""What everybody sees of the own way in, on the account page."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.views.account import BaseSettingsPanel

from ..admin_screen import AdminScreen
from ..grants import Person
from . import sessions
from .models import OpenSession

OTHERS = "khac"


class SessionsPanel(BaseSettingsPanel):
    """Where the person is signed in."""

    name = "sessions"
    order = 600
    title: Any = gettext_lazy("Phiên đăng nhập")
    template_name = "organisations/signing_in/sessions_panel.html"

    def get_form(self) -> forms.Form:
        return forms.Form()

    def get_context_data(self) -> dict[str, Any]:
        rows = list(sessions.alive(self.user))
        return {"form": self.get_form(), "sessions": rows, "current": sessions.number(self.request)}


class EndSessionView(AdminScreen):
    """Ends one of the own sessions, or all but the one that asks."""

    http_method_names = ["post"]

    def may(self, user: Person) -> bool:
        return True

    def post(self, request: HttpRequest) -> HttpResponse:
        rows = OpenSession.objects.filter(user=request.user.pk).exclude(pk=sessions.number(request))
        chosen = request.POST.get("phien", "")
        if chosen != OTHERS:
            rows = rows.filter(pk=int(chosen)) if chosen.isdecimal() and len(chosen) < 18 else rows.none()
        if found := list(rows.select_related("user")):
            sessions.end(found, _("do chính người dùng kết thúc"), request)
            messages.success(request, _("Đã kết thúc %(count)d phiên.") % {"count": len(found)})
        return redirect("wagtailadmin_account")
