"""Which host answers what: the admin on one of its own, each site on its own, and nothing anywhere else.

A page of the public is written by many hands; the admin is where decisions are made. Apart, neither the cookies nor the
scripts of the one are within reach of the other.
"""

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.db import connection
from django.http import HttpResponse, HttpResponseNotAllowed, HttpResponseNotFound, HttpResponsePermanentRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from home.frame import frame_of, moved_to

PLAIN = "text/plain; charset=utf-8"
# What the admin's host answers, files of the pages that are written there among it; and what no other host does.
OF_ADMIN = ("/admin/", "/loi-moi/", "/media/", "/documents/")
OF_ADMIN_ALONE = ("/admin/", "/loi-moi/")
# Folders of static files that public pages are made with; all others belong to the admin.
PUBLIC_STATIC = ("css/", "fonts/", "img/", "js/")


def hostname_of(request):
    """The name the request was sent to, without port and without the dot that may end a full name; "" for a forbidden one."""
    try:
        return request.get_host().rsplit(":", 1)[0].rstrip(".").lower()
    except DisallowedHost:
        return ""


class HealthMiddleware:
    """`/healthz`: the process is up. `/readyz`: its database answers. By whatever host or address they are asked."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path_info not in ("/healthz", "/readyz"):
            return self.get_response(request)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        if request.path_info == "/readyz":
            connection.ensure_connection()
        return HttpResponse("ok", content_type=PLAIN)


class StaticByHostMiddleware:
    """The admin's scripts and styles are served by the admin's host alone, so that no public page can load them."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if self.is_of_admin(request.path_info) and hostname_of(request) != settings.ADMIN_HOST:
            return HttpResponseNotFound(_("Không có tệp này."), content_type=PLAIN)
        return self.get_response(request)

    def is_of_admin(self, path):
        is_static = path.startswith(settings.STATIC_URL)
        return is_static and not path.removeprefix(settings.STATIC_URL).startswith(PUBLIC_STATIC)


class KnownHostsMiddleware:
    """Refuse a hostname that no site has, before any page is looked up; spare Wagtail the search for the site."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        hostname = hostname_of(request)
        request.is_admin_host = hostname == settings.ADMIN_HOST
        if request.is_admin_host:
            return self.admin(request)
        request.frame = frame_of(hostname) if hostname else None
        if request.frame is None:
            return self.elsewhere(request, hostname)
        if request.path_info.startswith(OF_ADMIN_ALONE):
            return HttpResponseNotFound(_("Không có trang này."), content_type=PLAIN)
        request._wagtail_site = request.frame.site
        return self.get_response(request)

    def admin(self, request):
        """No site answers here: pages named in the admin have whole addresses."""
        request.frame = request._wagtail_site = None
        if request.path_info == "/":
            return redirect("wagtailadmin_home")
        if not request.path_info.startswith(OF_ADMIN):
            return HttpResponseNotFound(_("Không có trang này."), content_type=PLAIN)
        return self.get_response(request)

    def elsewhere(self, request, hostname):
        """A former hostname leads on to the same address at the present one."""
        root = moved_to(hostname) if hostname and request.method in ("GET", "HEAD") else None
        if root:
            return HttpResponsePermanentRedirect(root + request.get_full_path())
        return HttpResponseNotFound("Không có trang thông tin điện tử nào ở địa chỉ này.", content_type=PLAIN)
