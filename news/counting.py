"""Articles in the yearly figures, in the table of sites, and in what a site needs before it opens."""

from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from home.figures import register_counter
from home.registry import register_activity, register_readiness

from .models import NewsPage, NewsSectionPage


@register_counter
def count_articles(year):
    articles = NewsPage.objects.live().filter(published_at__year=year).order_by()
    for publisher, genre, number in articles.values_list("publisher", "genre").annotate(Count("pk")):
        yield publisher, str(NewsPage.Genre(genre).label), number


@register_activity
def activity_of_articles(since):
    articles = NewsPage.objects.live().order_by().values("publisher")
    rows = articles.annotate(last=Max("published_at"), number=Count("pk", filter=Q(published_at__gte=since)))
    return {row["publisher"]: (row["last"], row["number"]) for row in rows}


@register_readiness
def first_article(organisation):
    """A site opens with something to read."""
    section = NewsSectionPage.objects.child_of(organisation.home_page).first()
    where = section.pk if section else organisation.home_page_id
    done = NewsPage.objects.live().of(organisation).exists()
    return _("Bài viết đầu tiên đã đăng"), done, reverse("wagtailadmin_explore", args=[where])
