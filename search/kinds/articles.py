"""Articles of news and announcements, and the sections they stand in."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from home.html import body_of
from news.models import Category, Contributor, NewsPage, NewsSectionPage

from ..numbers import codes_in, forms_in
from . import filters
from .kind import Asked, Group, Parts, PublicKind, Starter
from .pages import PAGES, SECTION_NAMES, plain_parts, plainly_found
from .texts import body_files, body_texts

CODE_WITHIN = 200
NEWS = Group("news", _("Tin, bài"), 1)


def prepared(articles: "QuerySet[NewsPage]") -> "QuerySet[NewsPage]":
    return articles.select_related("category").prefetch_related("bylines__contributor")


def parts(article: NewsPage) -> Parts:
    published, texts = article.published_at or article.first_published_at, [article.lead, *body_texts(article)]
    return Parts(
        kind=article.genre,
        texts=[*texts, *(byline.contributor.pen_name for byline in article.bylines.all())],
        lead=article.lead,
        files=body_files(article),
        facts={
            "field": article.category.name if article.category else "",
            "published": published,
            "year": timezone.localtime(published).year if published else None,
            "own_numbers": own_numbers(article.title, texts),
        },
    )


def own_numbers(title: str, texts: list[str]) -> list[str]:
    """A number that the title starts with, and the code of a procedure that the text starts with."""
    numbers = forms_in(title) if title[:1].isdigit() else []
    return sorted({*numbers, *codes_in(" ".join(texts)[:CODE_WITHIN])})


def found(articles: "QuerySet[NewsPage]", asked: Asked) -> "QuerySet[NewsPage]":
    question = asked.question
    if filters.asks_for_others(question, "status", "issuer"):
        return articles.none()
    return articles.filter(
        filters.titled(asked.words),
        filters.of_publisher(question),
        filters.chosen_values(question, kind="genre", field="category__name", year="published_at__year"),
        filters.on_days(question, "published_at", is_moment=True),
        Q(published_at__isnull=False),
    )


def started(starter: Starter) -> dict[str, Any]:
    return {"lead": starter.lead, "body": body_of(starter.body).blocks, "published_at": starter.published}


def section_started(starter: Starter) -> dict[str, Any]:
    return {"introduction": starter.lead}


KINDS = [
    PublicKind(
        name="news",
        model=NewsPage,
        group=NEWS,
        prepared=prepared,
        parts=parts,
        queued_by={Category: "category", Contributor: "bylines__contributor"},
        value_names={"kind": {genre.value: genre.label for genre in NewsPage.Genre}},
        found=found,
        day="published_at",
        is_translated=True,
        starter=started,
    ),
    PublicKind(
        name="section",
        model=NewsSectionPage,
        group=PAGES,
        parts=plain_parts("chuyen-muc"),
        value_names=SECTION_NAMES,
        found=plainly_found("chuyen-muc"),
        is_translated=True,
        starter=section_started,
    ),
]
