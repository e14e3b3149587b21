"""What each organisation published last and since a moment, for the table of sites (commune_sites.overview)."""

from datetime import datetime
from typing import TypeAlias

from django.db.models import Count, Max, Q

from commune_sites.seams import activity_sources
from documents.models import DocumentPage
from news.models import NewsPage

# {organisation id: (moment of its last live page, number since a moment)}
Activity: TypeAlias = dict[int, tuple[datetime | None, int]]


@activity_sources.register
def activity_of_articles(since: datetime) -> Activity:
    return _activity(NewsPage, "published_at", since)


@activity_sources.register
def activity_of_documents(since: datetime) -> Activity:
    return _activity(DocumentPage, "first_published_at", since)


def _activity(model: type[NewsPage] | type[DocumentPage], moment: str, since: datetime) -> Activity:
    """Of all organisations in one query; `moment` names the field that says when a page went public."""
    pages = model.objects.live().order_by().values("publisher")
    rows = pages.annotate(last=Max(moment), number=Count("pk", filter=Q(**{f"{moment}__gte": since})))
    return {row["publisher"]: (row["last"], row["number"]) for row in rows}
