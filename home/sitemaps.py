"""Sitemaps and robots.txt of each site: an index, and parts that are sent while they are read from the database.

A part is a range of page ids, so that what was published long ago keeps its part, and no page is counted to find another.
"""

from dataclasses import dataclass
from functools import reduce
from html import escape
from operator import or_

from django.db.models import Count, F, Max, Q
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe
from wagtail.models import Page

from .addresses import root_of
from .kept import cached
from .visibility import unrestricted_now

PART = 5000
BAND = 1000  # ids; a part is made of whole bands
XML = "application/xml; charset=utf-8"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
INDEX = '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
URLS = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
)  # fmt: skip


@dataclass
class Tree:
    """A site's pages in one language: where they lie in the tree, and the address that stands for `url_path`."""

    language: str
    path: str
    url_path: str
    address: str

    def address_of(self, url_path):
        return self.address + url_path[len(self.url_path) :]


@require_safe
def sitemap_index(request):
    """The parts of the sitemap of the site that answers."""
    pages = public_pages(open_trees(request))
    bands = pages.annotate(band=F("pk") / BAND).values("band").order_by("band")
    parts = packed(bands.annotate(count=Count("pk"), changed=Max("last_published_at")))
    root = root_of(request)
    lines = [HEAD, INDEX]
    for first, last, changed in parts:
        address = root + reverse("sitemap_part", args=[first, last])
        lines.append(f"<sitemap><loc>{escape(address)}</loc>{_lastmod(changed)}</sitemap>\n")
    return HttpResponse([*lines, "</sitemapindex>\n"], content_type=XML)


@require_safe
def sitemap_part(request, first, last):
    """The pages whose id lies in the bands from `first` to `last`."""
    if not first <= last < 2**31 // BAND:
        raise Http404
    return StreamingHttpResponse(_written(open_trees(request), first * BAND, (last + 1) * BAND), content_type=XML)


@require_safe
def robots(request):
    """Where robots find the sitemap, and what is not for them."""
    lines = ["User-agent: *", f"Disallow: {reverse('display_preferences')}"]
    if is_open(request):
        lines.append(f"Sitemap: {root_of(request)}{reverse('sitemap')}")
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


def packed(bands):
    """(first band, last band, last change) of parts of at most `PART` pages; a band holds fewer."""
    parts, size = [], 0
    for band in bands:
        if not parts or size + band["count"] > PART:
            parts.append([band["band"], band["band"], band["changed"]])
            size = 0
        size += band["count"]
        parts[-1][1] = band["band"]
        parts[-1][2] = max(filter(None, [parts[-1][2], band["changed"]]), default=None)
    return parts


def is_open(request):
    """Whether robots are to come: a closed organisation's pages stay, but are not what should be found first."""
    return request.frame.organisation_is_open()


def open_trees(request):
    """The trees of the site, one a language; 404 when its organisation has closed."""
    if not is_open(request):
        raise Http404(gettext("Đơn vị này không còn hoạt động."))
    home = request.frame.site.root_page
    return cached(f"trees:{request.frame.site.pk}", lambda: [_tree(page, request) for page in _homes(home)])


def _homes(home):
    return home.get_translations(inclusive=True).live().select_related("locale").order_by("path")


def _tree(home, request):
    address = root_of(request) + home.get_url_parts(request)[2]
    return Tree(home.locale.language_code, home.path, home.url_path, address)


def public_pages(trees):
    """What everybody may read in `trees`."""
    inside = reduce(or_, (Q(path__startswith=tree.path) for tree in trees), Q(pk__in=[]))
    return Page.objects.live().filter(inside, unrestricted_now())


def _written(trees, start, end):
    yield HEAD + URLS
    for rows in _chunks(public_pages(trees), start, end):
        translations = _translations(trees, rows) if len(trees) > 1 else {}
        for _pk, path, url_path, changed, key in rows:
            address = _address(trees, path, url_path)
            links = "".join(
                f'<xhtml:link rel="alternate" hreflang="{language}" href="{escape(other)}"/>'
                for language, other in translations.get(key, ())
            )
            yield f"<url><loc>{escape(address)}</loc>{_lastmod(changed)}{links}</url>\n"
    yield "</urlset>\n"


def _chunks(pages, start, end):
    """Lists of rows in the order of ids, each taken up after the last id of the one before."""
    fields = ("pk", "path", "url_path", "last_published_at", "translation_key")
    for _ in range(PART // BAND):
        rows = list(pages.filter(pk__gte=start, pk__lt=end).order_by("pk").values_list(*fields)[:BAND])
        if rows:
            yield rows
        if len(rows) < BAND:
            return
        start = rows[-1][0] + 1


def _translations(trees, rows):
    """{translation key: [(language, address)]} of those of `rows` that are public in more than one language."""
    keys = [key for *_rest, key in rows]
    found = {}
    fields = ("path", "url_path", "translation_key")
    for path, url_path, key in public_pages(trees).filter(translation_key__in=keys).values_list(*fields):
        found.setdefault(key, []).append((_tree_of(trees, path).language, _address(trees, path, url_path)))
    return {key: sorted(others, reverse=True) for key, others in found.items() if len(others) > 1}


def _tree_of(trees, path):
    return next(tree for tree in trees if path.startswith(tree.path))


def _address(trees, path, url_path):
    return _tree_of(trees, path).address_of(url_path)


def _lastmod(moment):
    return f"<lastmod>{moment.isoformat(timespec='seconds')}</lastmod>" if moment else ""
