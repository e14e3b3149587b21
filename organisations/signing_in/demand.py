"""Who has to have a second factor, and from when: those who decide, manage or run the portal."""

from collections.abc import Callable
from datetime import date

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ..grants import has_role
from ..models import Role, User
from .models import SecondFactor

ROLES = (Role.BOARD, Role.SECRETARY, Role.APPROVER, Role.MANAGER, Role.OPERATOR)
# What the screen of setting up needs itself.
OPEN = ("wagtailadmin_logout", "wagtailadmin_javascript_catalog", "wagtailadmin_sprite", "people:second_factor")


def is_demanded(user: User) -> bool:
    """Whether the person may work only after having shown a second factor."""
    first_day: date | None = settings.SECOND_FACTOR_FROM
    if first_day is None or timezone.localdate() < first_day:
        return False
    return user.is_superuser or has_role(user, *ROLES)


class SecondFactorMiddleware:
    """Leads who has to have a second factor, and has none yet, to setting it up, whatever was asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        row = getattr(request, "open_session", None)
        if row and isinstance(request.user, User) and not row.with_factor and is_demanded(request.user):
            if SecondFactor.objects.filter(user=request.user.pk).exists():
                logout(request)
                messages.warning(request, _("Xin đăng nhập lại và nhập mã xác nhận."))
                return redirect("wagtailadmin_login")
            if request.path_info not in {reverse(name) for name in OPEN}:
                return redirect("people:second_factor")
        return self.get_response(request)
