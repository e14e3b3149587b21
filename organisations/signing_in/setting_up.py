"""Setting up the second factor, getting new recovery codes, and taking it from somebody who has lost the phone."""

from smtplib import SMTPException
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.generic import FormView
from wagtail.admin.views.account import BaseSettingsPanel

from ..addresses import client_address
from ..admin_screen import AdminScreen
from ..grants import Person, is_operator
from ..models import User
from . import demand, factors, limits, sessions
from .again import AsksPassword
from .entering import CodeForm
from .log import Kind, note, person_of
from .models import OpenSession, SecondFactor

# Where the browser's session keeps the secret that is being set up.
PENDING = "xac-thuc-moi"


class FactorPanel(BaseSettingsPanel):
    """On the account page: whether there is one, and the way to it."""

    name = "second_factor"
    order = 550
    title: Any = gettext_lazy("Xác thực bước hai")
    template_name = "organisations/signing_in/factor_panel.html"

    def get_form(self) -> forms.Form:
        return forms.Form()

    def get_context_data(self) -> dict[str, Any]:
        return {
            "form": self.get_form(),
            "factor": SecondFactor.objects.filter(user=self.user).first(),
            "codes_left": self.user.recovery_codes.count(),
        }


@method_decorator(never_cache, name="dispatch")
class SetUpView(AdminScreen, AsksPassword, FormView[CodeForm]):
    """The picture for the phone, the first code, and then the recovery codes, shown this once."""

    template_name = "organisations/signing_in/set_up.html"
    page_title: Any = gettext_lazy("Xác thực bước hai")
    header_icon = "mobile-alt"
    above = [("wagtailadmin_account", gettext_lazy("Tài khoản"))]
    form_class = CodeForm

    def may(self, user: Person) -> bool:
        """Everybody for oneself; who has one changes it only from where it was shown."""
        row = sessions.of_request(self.request)
        return row is not None and (row.with_factor or not SecondFactor.objects.filter(user=user.pk).exists())

    def is_dangerous(self, request: HttpRequest) -> bool:
        return True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        request.session.setdefault(PENDING, factors.new_secret())
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        user = person_of(self.request)
        subjects = limits.of_code(f"set-up {user.username}", client_address(self.request))
        if waiting := limits.take(subjects):
            form.add_error("code", limits.sentence(waiting))
            return self.form_invalid(form)
        codes = factors.set_up(user, self.request.session[PENDING], form.cleaned_data["code"])
        if codes is None:
            form.add_error("code", _("Mã chưa đúng. Xin xem giờ trên điện thoại, đợi mã mới rồi thử lại."))
            return self.form_invalid(form)
        limits.give_back(subjects)
        self.go_on_with_factor(user)
        return self.render_to_response(self.get_context_data(form=form, codes=codes))

    def go_on_with_factor(self, user: User) -> None:
        """Here the factor was shown just now; everywhere else the person signs in anew."""
        self.request.session.pop(PENDING, None)
        here = sessions.number(self.request)
        OpenSession.objects.filter(pk=here).update(with_factor=True)
        note(Kind.FACTOR_SET, self.request, user)
        others = user.open_sessions.exclude(pk=here).select_related("user")
        sessions.end(list(others), _("đã đặt xác thực bước hai"), self.request)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if secret := self.request.session.get(PENDING):
            context |= {"picture": factors.picture(secret, person_of(self.request)), "secret": secret}
        return context | {"is_demanded": demand.is_demanded(person_of(self.request))}


def may_reset(operator: User, person: User) -> bool:
    """Operators help others, never themselves: whoever has got into their browser would."""
    return is_operator(operator) and operator.pk != person.pk and SecondFactor.objects.filter(user=person).exists()


def reset(person: User, request: HttpRequest) -> None:
    """The factor goes, the sessions with it, and the person is told by mail."""
    operator = person_of(request)
    if not may_reset(operator, person):
        raise PermissionDenied
    if not factors.take_away(person):
        return
    note(Kind.FACTOR_RESET, request, person, by=operator)
    sessions.end_all(person, _("xác thực bước hai đã được gỡ"), by=operator)
    if tell(person, operator):
        messages.success(request, _("Đã gỡ xác thực bước hai và báo cho người dùng bằng thư."))
    else:
        messages.warning(request, _("Đã gỡ xác thực bước hai nhưng máy chủ thư không nhận thư báo. Hãy báo trực tiếp."))


def tell(person: User, operator: User) -> bool:
    """Whether the mail server took the letter that says who took the factor away."""
    with translation.override(settings.LANGUAGE_CODE):
        context = {"person": person, "operator": operator, "url": settings.WAGTAILADMIN_BASE_URL}
        text = render_to_string("organisations/mail/factor_reset.txt", context).strip()
    subject, _sep, body = text.partition("\n")
    try:
        EmailMessage(subject, body.strip() + "\n", to=[person.email]).send()
    except (SMTPException, OSError):
        return False
    return True
