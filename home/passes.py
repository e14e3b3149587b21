"""Passes: how somebody who has signed in to the admin's host is let into a site that not everybody may read.

The public hosts know no sessions. A site that is not open yet, or a page behind a restriction, sends the person to the admin's
host, which sends them back with a letter of a minute; the site turns it into a cookie of its own, good for reading only.
"""

from collections.abc import Callable
from typing import cast
from urllib.parse import urlencode

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.admin.auth import require_admin_access
from wagtail.models import Site

from organisations.grants import Person, signed_in
from organisations.models import User

from .addresses import host_address
from .frame import Frame, frame_around

COOKIE = "vao-xem"
LETTER_SECONDS = 60
PASS_SECONDS = 8 * 3600


class PassMiddleware:
    """On a public host, who reads with a pass is the person it was given to; who sends anything is nobody."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if frame_around(request) and COOKIE in request.COOKIES and request.method in ("GET", "HEAD"):
            visitor = request.user
            # It passes for the person that it gives, and asks for them only where a page looks.
            request.user = cast(Person, SimpleLazyObject(lambda: holder(request) or visitor))
        return self.get_response(request)


def holder(request: HttpRequest) -> User | None:
    """The person whom the request's pass was given to on this host, None where it is over or another's."""
    return _person(request.COOKIES.get(COOKIE, ""), "pass", _frame(request).site.hostname, PASS_SECONDS)


def _frame(request: HttpRequest) -> Frame:
    """The frame of the request's site; Http404 on a host that is none."""
    frame = frame_around(request)
    if frame is None:
        raise Http404
    return frame


def _sealed(user: User, use: str, hostname: str) -> str:
    return signing.dumps([user.pk, user.get_session_auth_hash()], salt=f"{use}:{hostname}")


def _person(sealed: str, use: str, hostname: str, seconds: int) -> User | None:
    """The active person in `sealed`, if it is not older than `seconds` and their password is still the same."""
    try:
        pk, proof = signing.loads(sealed, salt=f"{use}:{hostname}", max_age=seconds)
    except (signing.BadSignature, ValueError):
        return None
    person = User.objects.filter(pk=pk, is_active=True).first()
    return person if person and person.get_session_auth_hash() == proof else None


def _onward(request: HttpRequest) -> str:
    """The address within the site that the person wanted; its front page for anything else."""
    wanted = request.GET.get("next", "")
    is_own = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if is_own else "/"


@require_safe
@never_cache
def ask(request: HttpRequest) -> HttpResponse:
    """On a site: off to the admin's host, to be known there."""
    query = urlencode({"trang": _frame(request).site.hostname, "next": _onward(request)})
    return HttpResponseRedirect(f"{settings.WAGTAILADMIN_BASE_URL}{reverse('give_pass')}?{query}")


@require_safe
@never_cache
@require_admin_access
def give(request: HttpRequest) -> HttpResponse:
    """On the admin's host: back to the site, with a letter that it opens once within a minute."""
    site = Site.objects.filter(hostname=request.GET.get("trang", "")).first()
    if site is None:
        raise Http404(_("Không có trang này."))
    letter = _sealed(signed_in(request.user), "letter", site.hostname)
    where = reverse("take_pass", args=[letter])
    return HttpResponseRedirect(f"{host_address(site.hostname)}{where}?{urlencode({'next': _onward(request)})}")


@require_safe
@never_cache
def take(request: HttpRequest, letter: str) -> HttpResponse:
    """On the site again: the letter becomes a cookie of this host."""
    hostname = _frame(request).site.hostname
    person = _person(letter, "letter", hostname, LETTER_SECONDS)
    if person is None:
        return redirect(f"{reverse('ask_pass')}?{urlencode({'next': _onward(request)})}")
    response = HttpResponseRedirect(_onward(request))
    response.set_cookie(
        COOKIE,
        _sealed(person, "pass", hostname),
        max_age=PASS_SECONDS,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
    return response
