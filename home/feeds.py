"""Feeds of pages that have one: `<page's address>rss.xml`."""

from django.http import Http404
from django.utils.translation import gettext
from django.views.decorators.http import require_safe
from wagtail.models import Page

from .screens import feed_for
from .visibility import restricted_paths


@require_safe
def page_feed(request, path):
    """What is registered as the feed of the page at `path` (home.screens); a page that not everybody may read has none."""
    route = Page.route_for_request(request, f"{path}/")
    page = route and route[0]
    feed = feed_for(page)
    if feed is None or page.path.startswith(tuple(restricted_paths())):
        raise Http404(gettext("Trang này không có bản tin RSS."))
    return feed(page, request)
