"""What each organisation published last and since a moment, for the table of sites (commune_sites.overview)."""

from django.db.models import Count, Max, Q

from commune_sites.seams import activity_sources
from documents.models import DocumentPage
from news.models import NewsPage


@activity_sources.register
def activity_of_articles(since):
    return _activity(NewsPage, "published_at", since)


@activity_sources.register
def activity_of_documents(since):
    return _activity(DocumentPage, "first_published_at", since)


def _activity(model, moment, since):
    """{organisation id: (moment of its last live page, number since `since`)}, in one query."""
    pages = model.objects.live().order_by().values("publisher")
    rows = pages.annotate(last=Max(moment), number=Count("pk", filter=Q(**{f"{moment}__gte": since})))
    return {row["publisher"]: (row["last"], row["number"]) for row in rows}
