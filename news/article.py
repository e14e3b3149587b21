"""What an article's own page needs beside the article."""

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from home.addresses import root_of
from home.frame import home_of
from home.media.models import PortalImage
from home.screens import context_of
from home.structured import breadcrumb_list, json_ld

from .links import feed_links
from .listing import categories
from .models import NewsPage
from .structured import news_article

RELATED = 5
SHARE_CARD = "fill-1200x630|format-jpeg"


@context_of(NewsPage)
def article_context(article, request):
    """What an article's page shows beside its text, and what its head says.

    `bylines` with their authors; `publisher_name`, what the publisher was called then; `related`, the newest others of the
    section; `canonical_url`, `share_image` (url, width, height), `structured_data`, `category_url`, `way_here`, `feeds`.
    """
    frame = getattr(request, "frame", None)
    if article.section_id is None:  # the preview of an article that was never saved
        article.place_in(article.get_parent())
    if frame and frame.organisation and article.publisher_id == frame.organisation.pk:
        article.publisher = frame.organisation
    article.category = next((known for known in categories() if known.pk == article.category_id), None)
    related = related_to(article)
    fetch_pictures(article, related)
    bylines = list(article.bylines.select_related("contributor"))
    above = [home_of(frame), article.section] if frame else [article.section]
    context = {
        "bylines": bylines,
        "publisher_name": publisher_name(article),
        "related": related,
        "canonical_url": article.get_full_url(request) or "",
        "share_image": share_image(article, request),
        "category_url": f"{reverse('news_archive')}?linh-vuc={article.category.slug}" if article.category else "",
        "way_here": [{"title": page.title, "url": page.get_url(request)} for page in above],
        "feeds": feed_links(request, article.section),
    }
    return context | {"structured_data": _structured(article, request, context, above)}


def publisher_name(article):
    """What the publisher was called when the article went public; in English, what it is called."""
    if get_language() != "vi":
        return article.publisher.called(get_language())
    return article.publisher.named_on(day_of(article)).short_name


def day_of(article):
    """The day on which `article` was published; a draft's is today."""
    return timezone.localdate(article.published_at) if article.published_at else timezone.localdate()


def _structured(article, request, context, above):
    names = [byline.contributor.pen_name for byline in context["bylines"]]
    steps = [(page.title, page.get_full_url(request)) for page in above]
    return json_ld(
        news_article(article, context["canonical_url"], names, context["share_image"]),
        breadcrumb_list([*steps, (article.title, context["canonical_url"])]),
    )


def related_to(article):
    """The newest other articles of the section; those that the author chose stand in the body."""
    others = NewsPage.objects.readable_in([article.section_id]).exclude(pk=article.pk)
    return list(others.newest().for_listing().prefetch_related(None)[:RELATED])


def share_image(article, request):
    """The picture of a link to the article elsewhere, in full; None without one."""
    if not article.main_image:
        return None
    picture = article.main_image.get_rendition(SHARE_CARD)
    if not picture.is_there:
        return None
    address = picture.url if "://" in picture.url else f"{root_of(request)}{picture.url}"
    return {"url": address, "width": picture.width, "height": picture.height}


def fetch_pictures(article, related):
    """Fetch the resized copies of all pictures of the page at once, whatever sizes its templates ask for."""
    pictures = [*pictures_in(article.body), *(other.main_image for other in [article, *related] if other.main_image)]
    prefetch_related_objects(pictures, "renditions")


def pictures_in(value):
    """The images in a value of a stream, however deep."""
    if isinstance(value, PortalImage):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from pictures_in(part)
    elif hasattr(value, "stream_block"):
        for block in value:
            yield from pictures_in(block.value)
    elif hasattr(value, "list_block"):
        for part in value:
            yield from pictures_in(part)
