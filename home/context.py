"""What every public template may count on."""

from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext
from wagtail.models import Page, Site

from commune_sites.scoping import organisation_of_site

from .models import SiteSettings
from .preferences import chosen_display


def site_address(site):
    """Root address of `site`, with the demo's port where the site has none of its own."""
    port = "" if settings.SITE_SCHEME == "https" else f":{settings.PORT}"
    return f"{settings.SITE_SCHEME}://{site.hostname}{port}"


def portal(request):
    """Site, its organisation, its settings, its menu. Lazy: a template that asks nothing pays nothing."""
    if request.path.startswith("/admin/"):
        return {}
    site = Site.find_for_request(request)
    return {
        "site": site,
        "organisation": SimpleLazyObject(lambda: organisation_of_site(site)),
        "site_settings": SimpleLazyObject(lambda: SiteSettings.for_request(request) if site else None),
        "navigation": SimpleLazyObject(lambda: navigation(request, site)),
        "province_url": settings.WAGTAILADMIN_BASE_URL,
        "today": timezone.localtime(),
        "display": chosen_display(request),
    }


def navigation(request, site):
    """The menu: the front page and its live children in the language of the request; `current` is for aria-current."""
    if site is None:
        return []
    home = site.root_page.localized
    pages = Page.objects.child_of(home).live().in_menu().only("id", "title", "path", "slug", "url_path", "locale_id")
    front = _menu_entry(request, home) | {"title": gettext("Trang chủ")}
    if front["current"] == "true":
        front["current"] = ""
    return [front, *(_menu_entry(request, page) for page in pages)]


def _menu_entry(request, page):
    url = urlsplit(page.get_url(request) or "").path
    current = "page" if request.path == url else "true" if request.path.startswith(url) else ""
    return {"title": page.title, "slug": page.slug, "url": url, "current": current}
