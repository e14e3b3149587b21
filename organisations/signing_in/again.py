"""The password asked once more before what is dangerous: who sits down at a desk that was left open does not get to it."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import View

from . import limits, sessions
from .log import Kind, note, person_of
from .models import OpenSession

FIELD = "nhap-lai-mat-khau"
# In the form's answer: the screen was opened, not sent.
OPENED = "mo-lai"
NOT_CARRIED = {FIELD, OPENED, "csrfmiddlewaretoken"}


class AsksPassword(View):
    """Stands between AdminScreen and the framework's view, which says in `is_dangerous` for which requests it is meant.

    What was sent is carried through the question and then done, so that nobody types it twice. Not for forms with files:
    a browser sends a file only once.
    """

    def is_dangerous(self, request: HttpRequest) -> bool:
        raise NotImplementedError

    @method_decorator(sensitive_post_parameters(FIELD))
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.POST.get(OPENED) and FIELD in request.POST:
            return ask(request, refusal) if (refusal := refused(request)) else back(request)
        if self.is_dangerous(request):
            if FIELD in request.POST and (refusal := refused(request)):
                return ask(request, refusal)
            if not is_fresh(request):
                return ask(request)
        return super().dispatch(request, *args, **kwargs)


def is_fresh(request: HttpRequest) -> bool:
    """Whether the person has typed the password in this browser a short while ago."""
    row = sessions.of_request(request)
    return row is not None and timezone.now() - row.password_at < timedelta(seconds=settings.PASSWORD_HOLDS_SECONDS)


def refused(request: HttpRequest) -> str:
    """Why the password that was typed is not taken; "" where it is, which then holds for a while."""
    subjects = [limits.Subject(limits.PROOF, f"password {request.user.pk} {sessions.number(request)}")]
    if waiting := limits.take(subjects):
        return limits.sentence(waiting)
    if not request.user.check_password(request.POST[FIELD]):
        note(Kind.PASSWORD_WRONG, request, person_of(request))
        return _("Mật khẩu chưa đúng.")
    limits.give_back(subjects)
    OpenSession.objects.filter(pk=sessions.number(request)).update(password_at=timezone.now())
    return ""


def ask(request: HttpRequest, refusal: str = "") -> TemplateResponse:
    """The question, with all that was sent in hidden fields."""
    sent = [(name, value) for name, values in request.POST.lists() if name not in NOT_CARRIED for value in values]
    is_opened = request.method != "POST" or OPENED in request.POST
    context = {"sent": [(OPENED, "1")] if is_opened else sent, "refusal": refusal, "field": FIELD}
    return TemplateResponse(request, "organisations/signing_in/again.html", context)


def back(request: HttpRequest) -> HttpResponseRedirect:
    """To the screen that was only opened."""
    messages.success(request, _("Đã xác nhận mật khẩu."))
    return HttpResponseRedirect(request.get_full_path())
