"""How long a cache before the portal, or a browser, may keep a public page."""

from django.conf import settings
from django.utils.cache import patch_cache_control, patch_vary_headers

from home.passes import COOKIE as PASS

# The admin, and what has rules of its own: private files, health checks.
NOT_PUBLIC = ("/admin/", "/documents/")
KEPT = {200, 301, 304, 410}


class PublicPageCacheMiddleware:
    """Let caches keep what everybody sees alike; never what a signed-in person sees, nor an answer with a cookie."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.path.startswith(NOT_PUBLIC):
            return response
        _vary_by_what_matters(response)
        if response.has_header("Cache-Control"):
            return response
        if _is_same_for_all(request, response):
            seconds = settings.PUBLIC_CACHE_SECONDS
            # Stale for half as long again at most: what is taken down must not linger.
            patch_cache_control(response, public=True, max_age=seconds, stale_while_revalidate=seconds // 2)
        else:
            patch_cache_control(response, private=True, no_cache=True)
        return response


def _is_same_for_all(request, response):
    return (
        settings.PUBLIC_CACHE_SECONDS > 0
        and request.method in {"GET", "HEAD"}
        and response.status_code in KEPT
        and not response.cookies
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and PASS not in request.COOKIES
    )


def _vary_by_what_matters(response):
    """By cookie (size of text, contrast), not by the browser's languages: the address alone says the language."""
    others = [name.strip() for name in response.get("Vary", "").split(",")]
    kept = [name for name in others if name and name.lower() != "accept-language"]
    response.headers.pop("Vary", None)
    if response.get("Content-Type", "").startswith("text/html"):
        kept.append("Cookie")
    if kept:
        patch_vary_headers(response, kept)
