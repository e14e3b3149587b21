"""Signing in: the password, and then the code of who has a second factor."""

import time
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView
from wagtail.admin.views.account import LoginView

from ..addresses import client_address
from ..models import User
from . import factors, limits, sessions
from .log import Kind, note
from .models import OpenSession, SecondFactor

HALF = "nua-duong"
HALF_SECONDS = 5 * 60


class CodeForm(forms.Form):
    """A code of the app, or one of the recovery codes."""

    code = forms.CharField(
        label=_("Mã xác nhận"),
        max_length=30,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autofocus": "", "autocapitalize": "characters"}
        ),
    )


class SignInView(LoginView):
    """Wagtail's; whoever has a second factor is not signed in before the code is right."""

    def form_valid(self, form: Any) -> HttpResponse:
        user = form.get_user()
        if not SecondFactor.objects.filter(user=user).exists():
            return super().form_valid(form)
        self.request.session.cycle_key()
        self.request.session[HALF] = {
            "user": user.pk,
            "backend": user.backend,
            "proof": user.get_session_auth_hash(),
            "at": time.time(),
            "stays": bool(form.cleaned_data.get("remember")),
            "next": self.get_success_url(),
        }
        return redirect("second_factor_code")


@method_decorator([never_cache, sensitive_post_parameters("code")], name="dispatch")
class CodeView(FormView[CodeForm]):
    """The second half of the way in, open for five minutes after the password."""

    template_name = "organisations/signing_in/code.html"
    form_class = CodeForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        person = self.person_half_in()
        if person is None:
            return redirect("wagtailadmin_login")
        self.person = person
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def half(self) -> dict[str, Any]:
        half = self.request.session.get(HALF) or {}
        return half if time.time() - half.get("at", 0) < HALF_SECONDS else {}

    def person_half_in(self) -> User | None:
        """Who has given the right password, if it is still that."""
        person = User.objects.filter(pk=self.half.get("user", 0), is_active=True).first()
        return person if person and person.get_session_auth_hash() == self.half["proof"] else None

    def form_valid(self, form: Any) -> HttpResponse:
        subjects = limits.of_code(self.person.username, client_address(self.request))
        if waiting := limits.take(subjects):
            form.add_error("code", limits.sentence(waiting))
            return self.form_invalid(form)
        if not self.is_right(form.cleaned_data["code"]):
            note(Kind.CODE_WRONG, self.request, self.person)
            form.add_error("code", _("Mã chưa đúng hoặc đã dùng. Xin đợi mã mới rồi thử lại."))
            return self.form_invalid(form)
        limits.give_back(subjects)
        return self.enter()

    def is_right(self, code: str) -> bool:
        if factors.take_code(self.person, code):
            return True
        if is_recovery := factors.take_recovery_code(self.person, code):
            note(Kind.RECOVERY_USED, self.request, self.person)
        return is_recovery

    def enter(self) -> HttpResponse:
        half = self.half
        self.request.session.pop(HALF, None)
        login(self.request, self.person, backend=half["backend"])
        self.request.session.set_expiry(settings.SESSION_COOKIE_AGE if half["stays"] else 0)
        OpenSession.objects.filter(pk=self.request.session[sessions.KEY]).update(with_factor=True)
        return redirect(half["next"])
