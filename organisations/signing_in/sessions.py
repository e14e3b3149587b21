"""Where somebody is signed in: each such place is a row, and where the row has gone the browser's session opens nothing."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from ..addresses import client_address
from ..models import User
from .log import Kind, device_of, note
from .models import OpenSession

KEY = "phien"
# A page that stays open asks by itself who else edits it; that is nobody at work.
BY_ITSELF = "/admin/editing-sessions/"
# How exactly the last request is written down.
SEEN_EVERY = timedelta(minutes=1)


def number(request: HttpRequest) -> int:
    """The row that the browser's session names; 0, which none has, where it names none."""
    return request.session.get(KEY) or 0


def begin(request: HttpRequest, user: User) -> OpenSession:
    """The browser's session is one of `user` from now on."""
    OpenSession.objects.filter(pk=number(request)).delete()
    OpenSession.objects.filter(user=user).exclude(pk__in=alive(user)).delete()
    row = OpenSession.objects.create(user=user, address=client_address(request), device=device_of(request))
    request.session[KEY] = row.pk
    return row


def alive(user: User) -> QuerySet[OpenSession]:
    """Where `user` is signed in by this moment; rows of browsers that were just closed come to their end unseen."""
    now = timezone.now()
    return OpenSession.objects.filter(
        user=user,
        seen_at__gt=now - timedelta(seconds=settings.SESSION_IDLE_SECONDS),
        started_at__gt=now - timedelta(seconds=settings.SESSION_COOKIE_AGE),
    )


def of_request(request: HttpRequest) -> OpenSession | None:
    """The row that the browser's session names, if it is one of the person who asks."""
    return OpenSession.objects.filter(pk=number(request), user=request.user.pk).first()


def end(rows: "list[OpenSession]", why: str, request: HttpRequest | None = None, by: User | None = None) -> None:
    """The browsers of `rows` are signed out with their next request."""
    for row in rows:
        gone, _by_model = OpenSession.objects.filter(pk=row.pk).delete()
        if gone:
            note(Kind.SESSION_ENDED, request, row.user, by=by, detail=f"{row.device}: {why}")


def end_all(user: User, why: str, by: User | None = None) -> None:
    end(list(user.open_sessions.select_related("user")), why, by=by)


def why_over(row: OpenSession | None, now: datetime) -> str:
    """Why the session has come to its end, as the person reads it; "" while it has not."""
    if row is None:
        return _("Phiên làm việc này đã được kết thúc. Xin đăng nhập lại.")
    if now - row.seen_at >= timedelta(seconds=settings.SESSION_IDLE_SECONDS):
        minutes = settings.SESSION_IDLE_SECONDS // 60
        return _("Phiên làm việc đã kết thúc sau %(minutes)d phút không dùng. Xin đăng nhập lại.") % {
            "minutes": minutes
        }
    if now - row.started_at >= timedelta(seconds=settings.SESSION_COOKIE_AGE):
        hours = settings.SESSION_COOKIE_AGE // 3600
        return _("Phiên làm việc đã kết thúc sau %(hours)d giờ. Xin đăng nhập lại.") % {"hours": hours}
    return ""


class SessionEndMiddleware:
    """Signs out who has been away too long, or whose session was ended elsewhere; writes down when it was last used."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if getattr(request, "is_admin_host", False) and request.user.is_authenticated:
            self.look(request, timezone.now())
        return self.get_response(request)

    def look(self, request: HttpRequest, now: datetime) -> None:
        row = of_request(request)
        vars(request)["open_session"] = row
        sentence = why_over(row, now)
        if row is None or sentence:
            end([row] if row else [], sentence, request)
            logout(request)
            messages.warning(request, sentence)
        elif now - row.seen_at >= SEEN_EVERY and not request.path_info.startswith(BY_ITSELF):
            OpenSession.objects.filter(pk=row.pk).update(seen_at=now)
