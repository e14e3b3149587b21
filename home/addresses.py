"""Absolute addresses. The scheme and port are the portal's, whatever a Site row says (anchors T11)."""

from urllib.parse import urlsplit

from django.conf import settings


def host_address(hostname):
    """https://soxaydung.quangngai.gov.vn, or http://soxaydung.localhost:8000 in the demo."""
    port = "" if settings.SITE_SCHEME == "https" else f":{settings.PORT}"
    return f"{settings.SITE_SCHEME}://{hostname}{port}"


def own_root(parts):
    """What Wagtail's `get_url_parts` gave, with the root address that the portal really answers at."""
    if not parts or not parts[1]:
        return parts
    site_id, root, path = parts
    return site_id, host_address(urlsplit(root).hostname), path


def root_of(request):
    """Root address of the site that answers `request`."""
    return host_address(request.get_host().rsplit(":", 1)[0].lower())
