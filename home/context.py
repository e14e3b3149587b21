"""What every public template may count on."""

from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from wagtail.models import Page, Site

from commune_sites.scoping import organisation_of_site

from .models import SiteSettings


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
    }


def navigation(request, site):
    """The menu: live children of the site's home page in the language of the request."""
    if site is None:
        return []
    home = site.root_page.localized
    pages = Page.objects.child_of(home).live().in_menu().only("id", "title", "path", "slug", "url_path", "locale_id")
    here = request.path
    entries = [{"title": page.title, "url": urlsplit(page.get_url(request) or "").path} for page in pages]
    for entry in entries:
        entry["current"] = here.startswith(entry["url"])
    return entries
