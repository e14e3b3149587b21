"""RSS of a site and of a section: the newest articles that everybody may read."""

import hashlib
import mimetypes

from django.http import HttpResponse
from django.utils import feedgenerator, timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from home.addresses import root_of
from home.context import official_name
from home.names import local_name
from home.rss import rss_of
from home.screens import feed_of

from .front import newest_of_site
from .links import home_in_language
from .models import NewsPage, NewsSectionPage

ITEMS = 30
PICTURE = "fill-640x400|format-webp"


@require_safe
def site_feed(request):
    """The newest of the site; at the province, what the board took over too."""
    home = home_in_language(request)
    pks = newest_of_site(home, request.frame.organisation, ITEMS)
    return _feed(request, official_name(request.frame), home.get_full_url(request), pks)


@feed_of(NewsSectionPage)
def section_feed(section, request):
    """The newest of the section."""
    newest = NewsPage.objects.readable_in([section.pk]).newest().values_list("pk", flat=True)
    title = f"{section.title} – {official_name(request.frame)}"
    return _feed(request, title, section.get_full_url(request), list(newest[:ITEMS]))


def _feed(request, title, address, pks):
    """The feed of the articles `pks`, or 304 for who has it already."""
    articles = NewsPage.objects.for_listing().in_order(pks)
    changes = [f"{article.pk}:{article.last_published_at or article.published_at}" for article in articles]
    etag = quote_etag(hashlib.sha256("|".join([title, address, *changes]).encode()).hexdigest()[:32])
    changed = max((article.last_published_at or article.published_at for article in articles), default=None)
    last_modified = int(changed.timestamp()) if changed else None
    response = get_conditional_response(request, etag=etag, last_modified=last_modified)
    if response is None:
        content = _written(request, title, address, articles)
        response = HttpResponse(content, content_type="application/rss+xml; charset=utf-8")
    response.headers.setdefault("ETag", etag)
    if last_modified:
        response.headers.setdefault("Last-Modified", http_date(last_modified))
    return response


def _written(request, title, address, articles):
    return rss_of(
        articles,
        lambda article: _item(request, article),
        title=title,
        link=address,
        description=gettext("Tin mới của %(title)s") % {"title": title},
        language=get_language(),
        feed_url=f"{root_of(request)}{request.path}",
        ttl="15",
    )


def _item(request, article):
    link = article.get_full_url(request)
    return {
        "title": article.title,
        "link": link,
        "description": article.lead,
        "unique_id": link,
        "unique_id_is_permalink": True,
        "pubdate": timezone.localtime(article.published_at),
        "author_name": article.publisher.called(get_language()),
        "categories": [local_name(article.category)] if article.category else [],
        "enclosures": _enclosures(request, article),
    }


def _enclosures(request, article):
    """The article's picture; without it where no copy can be made, or the file is gone."""
    if not article.main_image:
        return []
    picture = article.main_image.get_rendition(PICTURE)
    if not picture.is_there or not picture.file.storage.exists(picture.file.name):
        return []
    kind = mimetypes.guess_type(picture.file.name)[0] or "image/webp"
    address = picture.url if "://" in picture.url else f"{root_of(request)}{picture.url}"
    return [feedgenerator.Enclosure(address, str(picture.file.size), kind)]
