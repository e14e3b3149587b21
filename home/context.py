"""What every public template may count on."""

from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, gettext
from wagtail.models import Page

from .addresses import host_address
from .alerts import alerts_on
from .frame import home_of
from .kept import cached
from .preferences import chosen_display


def site_address(site):
    """Root address of `site`."""
    return host_address(site.hostname)


def portal(request):
    """Site, its organisation, its settings, its menu. Lazy: a template that asks nothing pays nothing."""
    frame = getattr(request, "frame", None)
    if frame is None:
        return {}
    return {
        "site": frame.site,
        "organisation": frame.organisation,
        "site_settings": frame.settings,
        "official_name": SimpleLazyObject(lambda: official_name(frame)),
        "successors": frame.successors,
        "alerts": SimpleLazyObject(lambda: alerts_on(frame.organisation) if frame.organisation else []),
        "is_closed": not frame.organisation_is_open(),
        "navigation": SimpleLazyObject(lambda: navigation(request, frame.site)),
        "province_url": host_address(settings.PORTAL_DOMAIN),
        "today": timezone.localtime(),
        "display": chosen_display(request),
    }


def official_name(frame):
    """What the site is called in the language of the request: its official name, in English the title of its front page."""
    if get_language() == "vi" and frame.settings.official_name:
        return frame.settings.official_name
    return home_of(frame).title


def navigation(request, site):
    """The menu: the front page and its live children in the language of the request; `current` is for aria-current."""
    menu = cached(f"menu:{site.pk}:{get_language()}", lambda: _menu(request, site))
    return [entry | {"current": _current(entry, request.path)} for entry in menu]


def _menu(request, site):
    home = site.root_page.localized
    pages = Page.objects.child_of(home).live().in_menu().only("id", "title", "path", "slug", "url_path", "locale_id")
    front = _menu_entry(request, home) | {"title": gettext("Trang chủ"), "front": True}
    return [front, *(_menu_entry(request, page) for page in pages)]


def _menu_entry(request, page):
    url = urlsplit(page.get_url(request) or "").path
    return {"title": page.title, "slug": page.slug, "url": url, "front": False}


def _current(entry, path):
    """Every address starts with that of the front page, which is current only when it is read itself."""
    if path == entry["url"]:
        return "page"
    return "true" if not entry["front"] and path.startswith(entry["url"]) else ""
