"""What surrounds every public page of a site: the site, its organisation, settings and menu, kept by home.kept."""

from dataclasses import dataclass, field

from django.core.cache import cache
from django.db.models import prefetch_related_objects
from django.db.models.signals import post_delete, post_save
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.models.sites import SITE_ROOT_PATHS_CACHE_KEY, SITE_ROOT_PATHS_CACHE_VERSION, SiteRootPath

from organisations.models import FormerHost, Organisation

from .addresses import host_address
from .kept import cached, note_change
from .models import SiteSettings

MENU_DEPTH = 2  # the home page and its children make the menu


@dataclass(frozen=True)
class Successor:
    """Who goes on with the work of an organisation that has closed, and whether readers see its site yet."""

    name: str
    url: str
    is_public: bool


@dataclass
class Frame:
    """One site with what its pages show around them."""

    site: Site
    organisation: Organisation | None
    settings: object
    # Who follows an organisation that ends.
    successors: list = field(default_factory=list)

    def organisation_is_open(self):
        """Whether the site's organisation works today; asked at each request, since a frame is kept past midnight."""
        return self.organisation is None or self.organisation.is_open()


def frame_of(hostname):
    """The frame of the site at `hostname`, None when there is no such site."""
    return cached(f"host:{hostname}", lambda: _read(hostname))


def frame_around(request: HttpRequest) -> Frame | None:
    """The frame of the site that `request` was sent to (qnportal.hosts puts it there); None on the admin's host."""
    return getattr(request, "frame", None)


def home_of(frame):
    """The site's home page in the language of the request, or the one in its own where there is none."""
    return cached(f"home:{frame.site.pk}:{get_language()}", lambda: _localised(frame.site.root_page))


def _localised(home):
    found = home.localized
    prefetch_related_objects([found], "locale")  # to be kept with the page
    return found


def _read(hostname):
    site = (
        Site.objects.select_related("root_page__locale").filter(hostname=hostname).order_by("-is_default_site").first()
    )
    if site is None:
        return None
    locale, site.root_page = site.root_page.locale, site.root_page.specific
    site.root_page.locale = locale
    organisation = Organisation.objects.filter(home_page=site.root_page_id).prefetch_related("former_names").first()
    warm_root_paths()
    settings = SiteSettings.objects.filter(site=site).select_related("emblem").first()
    return Frame(
        site,
        organisation,
        settings or SiteSettings(site=site, official_name=site.root_page.title),
        _successors(organisation) if organisation and organisation.valid_to else [],
    )


def _successors(organisation):
    """Each with the address of its site; hosts are read for all at once."""
    following = list(organisation.successors.all())
    hosts = dict(
        Site.objects.filter(root_page__in=[one.home_page_id for one in following]).values_list("root_page", "hostname")
    )
    held = set(PageViewRestriction.objects.values_list("page", flat=True))
    return [
        Successor(one.name, host_address(hosts[one.home_page_id]), one.home_page_id not in held)
        for one in following
        if one.home_page_id in hosts
    ]


def moved_to(hostname):
    """The root address that a former hostname leads to, None when it never was one."""
    former = FormerHost.objects.filter(hostname=hostname).select_related("organisation").first()
    site = former and Site.objects.filter(root_page=former.organisation.home_page_id).first()
    return host_address(site.hostname) if site else None


def warm_root_paths():
    """Fill Wagtail's cache of site roots in two queries; Wagtail itself asks once per site (anchors T10)."""
    if cache.get(SITE_ROOT_PATHS_CACHE_KEY, version=SITE_ROOT_PATHS_CACHE_VERSION) is not None:
        return
    sites = Site.objects.select_related("root_page").order_by("-root_page__url_path", "-is_default_site", "hostname")
    roots = {}
    keys = Site.objects.values("root_page__translation_key")
    for page in Page.objects.filter(translation_key__in=keys).select_related("locale"):
        roots.setdefault(page.translation_key, []).append(page)
    paths = [
        SiteRootPath(site.pk, page.url_path, site.root_url, page.locale.language_code)
        for site in sites
        for page in roots[site.root_page.translation_key]
    ]
    cache.set(SITE_ROOT_PATHS_CACHE_KEY, paths, 3600, version=SITE_ROOT_PATHS_CACHE_VERSION)


def is_in_menus(page):
    """Only pages that a menu can show matter; an article, which holds nothing and is in no menu, does not."""
    return page.depth <= 2 + MENU_DEPTH and (page.show_in_menus or page.allowed_subpage_models())


def connect():
    """Called once, when the apps are ready."""
    for model in (Site, Organisation, SiteSettings, PageViewRestriction):
        post_save.connect(note_change, sender=model, dispatch_uid=f"frame_{model.__name__}_saved")
        post_delete.connect(note_change, sender=model, dispatch_uid=f"frame_{model.__name__}_deleted")
    post_save.connect(forget_saved_page, dispatch_uid="frame_page_saved")


def forget_saved_page(sender, instance, **kwargs):
    """Pages that code saves without publishing them, as the opening of a site does."""
    if isinstance(instance, Page) and is_in_menus(instance):
        note_change()
