"""Until a site is opened to readers, it answers with one page that says so."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from home.visibility import restricted_paths

# Files, what machines ask, and the choice of display.
ANSWERED = (
    "/static/",
    "/media/",
    "/documents/",
    "/robots.txt",
    "/hien-thi/",
    "/vao-xem/",
    "/xem-truoc/",
)


class HoldingMiddleware:
    """Shows readers of a site that is not open yet the holding page, whatever they ask; people who signed in see the site."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        frame = getattr(request, "frame", None)
        if frame is None or request.path.startswith(ANSWERED) or frame.site.root_page.path not in restricted_paths():
            return self.get_response(request)
        if request.user.is_authenticated:
            return self.get_response(request)
        response = render(request, "commune_sites/holding.html", {"navigation": []})
        response.headers["X-Robots-Tag"] = "noindex"
        add_never_cache_headers(response)
        return response
