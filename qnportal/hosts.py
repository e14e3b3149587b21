"""Only hostnames of known sites are answered; Wagtail alone would show the home page under any name (anchors T12)."""

from django.http import HttpResponseNotFound, HttpResponsePermanentRedirect

from home.frame import frame_of, moved_to


class KnownHostsMiddleware:
    """Refuse a hostname that no site has, before any page is looked up; spare Wagtail the search for the site."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path in ("/healthz", "/readyz"):
            return self.get_response(request)
        request.frame = frame_of(request.get_host().rsplit(":", 1)[0].lower())
        if request.frame is None:
            return self.elsewhere(request)
        request._wagtail_site = request.frame.site
        return self.get_response(request)

    def elsewhere(self, request):
        """A former hostname leads on to the same address at the present one."""
        root = moved_to(request.get_host().rsplit(":", 1)[0].lower()) if request.method in ("GET", "HEAD") else None
        if root:
            return HttpResponsePermanentRedirect(root + request.get_full_path())
        return HttpResponseNotFound(
            "Không có trang thông tin điện tử nào ở địa chỉ này.", content_type="text/plain; charset=utf-8"
        )
