"""One door to the search: the index where it answers in time, else the database, which says so."""

import logging
import time

from elasticsearch import ConnectionTimeout

from . import index, query
from .building import public_pages
from .fallback import from_database, suggestions_from_database
from .queue import UNREACHABLE

logger = logging.getLogger(__name__)
REST_SECONDS = 10
MOST_LATE = 3
_down = {"until": 0.0, "late": 0}


def answer(question, per_page=query.PER_PAGE):
    """The Answer to `question`."""
    found = _from_engine(lambda server: query.ask(server, question, per_page))
    return from_database(question, per_page) if found is None else confirmed(found)


def suggestions(typed, locale, site):
    """At most ten {"title", "url"}."""
    found = _from_engine(lambda server: query.suggested(server, typed, locale, site))
    if found is None:
        return suggestions_from_database(typed, locale, site)
    return query.titles_of(still_public(found))


def confirmed(found):
    """The Answer without hits that are not public any more: the index may be seconds behind, or its worker away."""
    hits = still_public(found.hits)
    found.total -= len(found.hits) - len(hits)
    found.hits = hits
    return found


def still_public(hits):
    """Those of `hits` that everybody may read at this moment."""
    pks = [int(hit["id"]) for hit in hits]
    public = set(public_pages().filter(pk__in=pks).values_list("pk", flat=True)) if pks else set()
    return [hit for hit in hits if int(hit["id"]) in public]


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
