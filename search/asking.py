"""One door to the search: the index where it answers in time, else the database, which says so."""

import logging
import time

from django.db.models import Q
from elasticsearch import ConnectionTimeout

from documents.models import DocumentPage
from home.models import StandardPage
from home.visibility import unrestricted
from news.models import NewsPage
from organisations.folding import fold

from . import index, query
from .numbers import number_in
from .queue import UNREACHABLE

logger = logging.getLogger(__name__)
REST_SECONDS = 10
MOST_LATE = 3
MOST_FROM_DATABASE = 500
_down = {"until": 0.0, "late": 0}


def answer(question, per_page=query.PER_PAGE):
    """The Answer to `question`."""
    found = _from_engine(lambda server: query.ask(server, question, per_page))
    return from_database(question, per_page) if found is None else found


def suggestions(typed, locale, site):
    """At most ten {"title", "url"}."""
    found = _from_engine(lambda server: query.suggest(server, typed, locale, site))
    return suggestions_from_database(typed, locale, site) if found is None else found


def _from_engine(ask):
    """What the engine answers, or None. Once it is gone, or late several times on end, it is left alone for a while."""
    server = index.client()
    if server is None or time.monotonic() < _down["until"]:
        return None
    try:
        found = ask(server)
    except UNREACHABLE as error:
        logger.warning("Search answers from the database: %s", str(error)[:200])
        _down["late"] = _down["late"] + 1 if isinstance(error, ConnectionTimeout) else MOST_LATE
        if _down["late"] >= MOST_LATE:
            _down.update(until=time.monotonic() + REST_SECONDS, late=0)
        return None
    _down["late"] = 0
    return found


def try_again():
    """Forget the last failure."""
    _down.update(until=0.0, late=0)


def from_database(question, per_page):
    """Titles, abstracts and numbers with all the words, newest first; no facets."""
    keys, _rest = number_in(question.words)
    words = fold(question.words).split()[:12]
    answer = query.Answer(from_database=True, words=[words])
    if not words:
        return answer
    news = NewsPage.objects.readable().filter(locale__language_code=question.locale)
    documents = DocumentPage.objects.listed(question.locale)
    pages = StandardPage.objects.live().filter(unrestricted(), locale__language_code=question.locale)
    if question.chosen.get("scope"):
        news = news.filter(publisher__code=question.chosen["scope"])
        documents = documents.filter(publisher__code=question.chosen["scope"])
        pages = pages.none()
    for word in words:
        news, pages = news.filter(folded_title__contains=word), pages.filter(folded_title__contains=word)
    by_words = Q()
    for word in words:
        by_words &= Q(search_text__contains=word)
    documents = documents.filter(by_words | numbered(keys))
    rows = [
        *((date, pk, "news") for pk, date in _dated(news, "published_at")),
        *((date, pk, "document") for pk, date in _dated(documents, "issued")),
        *((None, pk, "page") for pk in pages.values_list("pk", flat=True)[:MOST_FROM_DATABASE]),
    ]
    wanted = question.chosen.get("group")
    rows = sorted(
        (row for row in rows if not wanted or row[2] == wanted), key=lambda row: str(row[0] or ""), reverse=True
    )
    start = (question.page - 1) * per_page
    answer.total, answer.hits = len(rows), _hits(rows[start : start + per_page])
    return answer


def numbered(keys):
    """Documents with the number that the first of `keys` means."""
    if not keys or "." in keys[0]:
        return Q(pk__in=[])
    kind, _colon, number = keys[0].rpartition(":")
    serial, _slash, rest = number.upper().partition("/")
    condition = Q(number_key__startswith=f"{serial}/{rest}" if rest.strip("/") and rest[:1] != "/" else f"{serial}/")
    letters = kind.upper() or rest.rpartition("/")[2]
    return condition & Q(number_key__contains=f"/{letters}") if letters else condition


def _dated(pages, name):
    return pages.order_by(f"-{name}").values_list("pk", name)[:MOST_FROM_DATABASE]


def _hits(rows):
    """Rows as the index would give them."""
    from .building import build

    built = build([pk for _date, pk, _group in rows])
    return [built[pk] for _date, pk, _group in rows if pk in built]


def suggestions_from_database(typed, locale, site):
    words = fold(typed).split()[:8]
    if not words:
        return []
    pages = NewsPage.objects.readable().filter(locale__language_code=locale)
    for word in words:
        pages = pages.filter(folded_title__contains=word)
    if site:
        pages = pages.filter(publisher__code=site)
    return [{"title": page.title, "url": page.full_url} for page in pages.newest()[: query.SUGGESTIONS]]
