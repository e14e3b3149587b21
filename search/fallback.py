"""The database in the engine's place: titles, abstracts and numbers with all the words, each kind asked in its own way."""

from typing import Any

from django.db.models import QuerySet

from home.visibility import unrestricted_now
from organisations.folding import fold

from .building import build
from .kinds.kind import Asked, PublicKind
from .kinds.table import public_kinds
from .numbers import number_in
from .query import SUGGESTIONS
from .questions import Answer, Question

MOST = 500
MOST_WORDS = 12


def from_database(question: Question, per_page: int) -> Answer:
    """What fits every choice of the question, newest first and what has no day last; no facets."""
    words = fold(question.words).split()[:MOST_WORDS]
    answer = Answer(from_database=True, words=[words])
    if not words:
        return answer
    asked = Asked(question, words, number_in(question.words)[0])
    wanted = question.chosen.get("group")
    kinds = [kind for kind in public_kinds() if not wanted or kind.group.name == wanted]
    rows = in_order([row for kind in kinds for row in rows_of(kind, asked)], question.sort)
    start = (question.page - 1) * per_page
    answer.total, answer.hits = len(rows), hits(rows[start : start + per_page])
    return answer


def public(kind: PublicKind, locale: str) -> "QuerySet[Any]":
    """Pages of `kind` in a language that everybody may read."""
    pages = kind.model.objects.live().filter(unrestricted_now(), expired=False)
    return pages.filter(locale__language_code=locale)


def rows_of(kind: PublicKind, asked: Asked, most: int = MOST) -> list[tuple[str, int]]:
    """(day as text, page id) of at most `most` pages of `kind`."""
    if kind.found is None:
        return []
    pages = kind.found(public(kind, asked.question.locale), asked)
    if not kind.day:
        return [("", pk) for pk in pages.order_by("pk").values_list("pk", flat=True)[:most]]
    order = kind.day if asked.question.sort == "cu" else f"-{kind.day}"
    return [(str(day), pk) for pk, day in pages.order_by(order, "pk").values_list("pk", kind.day)[:most]]


def in_order(rows: list[tuple[str, int]], sort: str) -> list[tuple[str, int]]:
    """Newest first, or oldest first where that is asked; those without a day last."""
    dated = sorted((row for row in rows if row[0]), key=lambda row: row[0], reverse=sort != "cu")
    return [*dated, *(row for row in rows if not row[0])]


def hits(rows: list[tuple[str, int]]) -> list[dict[str, Any]]:
    """Rows as the index would give them."""
    built = build([pk for _day, pk in rows])
    return [built[pk] for _day, pk in rows if pk in built]


def suggestions_from_database(typed: str, locale: str, site: str) -> list[dict[str, str]]:
    """[{"title", "url"}] of the newest pages with a day whose title, or number, has what was typed."""
    words = fold(typed).split()[:8]
    if not words:
        return []
    question = Question(words=typed, locale=locale, chosen={"scope": site} if site else {})
    asked = Asked(question, words, number_in(typed)[0])
    rows = [row for kind in public_kinds() if kind.day for row in rows_of(kind, asked, SUGGESTIONS)]
    shown = [hit["shown"] for hit in hits(in_order(rows, "")[:SUGGESTIONS])]
    return [{"title": about["title"], "url": about["url"]} for about in shown]
