"""What is not public yet, shown on the public host of its site: drawn in the admin, looked at where it can do no harm.

The admin draws a preview with the rights of the person who asks and keeps it for some minutes under a key that nobody can
guess. The site's own host shows it in a sandbox: whatever a draft contains, it never runs where decisions are made.
"""

import datetime
import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from organisations.grants import signed_in
from organisations.models import User

from .addresses import host_address
from .frame import frame_around
from .media.serving import serve_file, serve_media
from .models import Preview

KEPT = datetime.timedelta(minutes=15)
# Addresses of pictures and files as pages write them, alone or in a list of sizes.
_FILES = re.compile(r"""(?<=["'\s,])/(?=(?:media|documents)/)""")


class PreviewMiddleware:
    """Sends whoever asks the admin for a preview to where it is shown."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        hostname = getattr(response, "shown_on", "")
        is_apart = hostname and getattr(request, "is_admin_host", False)
        return shown_apart(response, request, hostname) if is_apart else response


def shown_apart(response: HttpResponseBase, request: HttpRequest, hostname: str) -> HttpResponseBase:
    """`response`, a preview drawn for `request`, kept for the public host; what is no page stays as it is."""
    is_page = response.status_code == 200 and response.headers.get("Content-Type", "").startswith("text/html")
    if not is_page or not isinstance(response, HttpResponse):
        return response
    Preview.objects.filter(created__lt=timezone.now() - KEPT).delete()
    kept = Preview.objects.create(
        key=get_random_string(43),
        hostname=hostname,
        user=signed_in(request.user),
        html=response.content.decode(response.charset),
    )
    there = HttpResponseRedirect(host_address(hostname) + reverse("preview", args=[kept.key]))
    there.headers["Cache-Control"] = "private, no-store"
    return there


def _kept(request: HttpRequest, key: str) -> Preview:
    """The preview of that key, on its own host, while it lasts and the person may still sign in."""
    frame = frame_around(request)
    if frame is None:
        raise Http404
    since = timezone.now() - KEPT
    fresh = Preview.objects.filter(created__gte=since, user__is_active=True, hostname=frame.site.hostname)
    return get_object_or_404(fresh.select_related("user"), key=key)


@require_safe
@never_cache
def preview(request: HttpRequest, key: str) -> HttpResponse:
    """The page as it was drawn; scripts do not run, nothing can be sent, and the admin alone may frame it."""
    kept = _kept(request, key)
    html = _FILES.sub(reverse("preview", args=[key]), kept.html)
    response = HttpResponse(html)
    response.headers["Content-Security-Policy"] = (
        "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'none'; object-src 'none'; "
        "base-uri 'none'; form-action 'none'; sandbox allow-popups allow-popups-to-escape-sandbox; "
        f"frame-ancestors {settings.WAGTAILADMIN_BASE_URL}"
    )
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.xframe_options_exempt = True  # frame-ancestors says it better: by name
    return response


@require_safe
@never_cache
def preview_picture(request: HttpRequest, key: str, path: str) -> HttpResponseBase:
    """A picture that the preview shows, if whom it was drawn for may read it."""
    kept = _of_preview(request, key, f"/media/{path}")
    return serve_media(_as(kept.user, request), path)


@require_safe
@never_cache
def preview_file(request: HttpRequest, key: str, file_id: int, filename: str) -> HttpResponseBase:
    """A file that the preview links to, likewise."""
    kept = _of_preview(request, key, f"/documents/{file_id}/")
    return serve_file(_as(kept.user, request), file_id, filename)


def _of_preview(request: HttpRequest, key: str, address: str) -> Preview:
    kept = _kept(request, key)
    if address not in kept.html:
        raise Http404(_("Không có tệp này."))
    return kept


class NoSession(SessionBase):
    """Where the views of pictures and files look for what the admin's sessions know; a preview has none."""

    def get(self, key: str, default: Any = None) -> Any:
        return default


def _as(user: User, request: HttpRequest) -> HttpRequest:
    request.user = user
    request.session = NoSession()
    return request
