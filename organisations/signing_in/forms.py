"""The forms at the door. What they answer tells nobody whether there is such an account."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import LoginForm, PasswordResetForm

from ..addresses import client_address
from ..models import User
from . import limits
from .letters import send_reset_letter
from .log import Kind, note


class SignInForm(LoginForm):
    """Wagtail's, which leaves one label to the field's English name; it counts the wrong passwords."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Mật khẩu")

    def clean(self) -> dict[str, Any]:
        name, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if not (name and password and self.request):
            return super().clean()
        subjects = limits.of_sign_in(name, client_address(self.request))
        if waiting := limits.take(subjects):
            raise forms.ValidationError(limits.sentence(waiting), code="wait")
        try:
            cleaned = super().clean()
        except forms.ValidationError:
            note(Kind.FAILED, self.request, User.objects.filter(username=name).first())
            raise
        limits.give_back(subjects)
        return cleaned


class ResetForm(PasswordResetForm):
    """A letter with a new way in; the same answer, in the same time, whether or not somebody has the address."""

    # Set by the view: Django gives the form no request before it saves.
    address = ""

    def clean_email(self) -> str:
        email = self.cleaned_data["email"]
        if waiting := limits.take(limits.of_reset(email, self.address)):
            raise forms.ValidationError(limits.sentence(waiting), code="wait")
        return email

    def save(self, *args: Any, request: Any = None, **kwargs: Any) -> None:
        email = self.cleaned_data["email"]
        note(Kind.RESET_ASKED, request, User.objects.filter(email__iexact=email).order_by("pk").first())
        send_reset_letter.enqueue(email)
