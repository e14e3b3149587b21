"""What is counted for the yearly figures: one counter for each kind of content.

A counter gives (organisation id, kind, number of live items that went public within the year). Articles count by the day they
bear, documents by the day they went public here, whatever the year they were issued in.
"""

from collections.abc import Iterator
from typing import TypeAlias

from django.db import models

from documents.models import DocumentPage
from news.models import NewsPage

# (organisation id, kind, number)
Count: TypeAlias = tuple[int, str, int]


def count_articles(year: int) -> Iterator[Count]:
    articles = NewsPage.objects.live().filter(published_at__year=year).order_by()
    for publisher, genre, number in articles.values_list("publisher", "genre").annotate(models.Count("pk")):
        yield publisher, str(NewsPage.Genre(genre).label), number


def count_documents(year: int) -> Iterator[Count]:
    documents = DocumentPage.objects.live().filter(first_published_at__year=year).order_by()
    for publisher, number in documents.values_list("publisher").annotate(models.Count("pk")):
        yield publisher, "Văn bản", number


COUNTERS = [count_articles, count_documents]
