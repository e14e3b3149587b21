"""Only hostnames of known sites are answered; Wagtail alone would show the home page under any name (anchors T12)."""

from django.http import HttpResponseNotFound
from wagtail.models import Site


class KnownHostsMiddleware:
    """Refuse a hostname that no site has, before any page is looked up."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        hostname = request.get_host().rsplit(":", 1)[0].lower()
        if request.path == "/healthz" or Site.objects.filter(hostname=hostname).exists():
            return self.get_response(request)
        return HttpResponseNotFound(
            "Không có trang thông tin điện tử nào ở địa chỉ này.", content_type="text/plain; charset=utf-8"
        )
