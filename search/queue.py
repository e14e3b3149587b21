"""Changes on their way to the index: noted in the transaction that makes them, carried over by any number of workers.

A worker takes a version from the database's sequence before it reads a page, and the index keeps the highest version: whoever read
last wins, in whatever order the answers arrive. A row goes only when the index has answered for it. A page that the index refuses,
or that cannot be read, keeps its row, which counts the attempts and comes after all others; search_status names it.
"""

import logging
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.db import connection, transaction
from django.db.models import F, QuerySet
from elasticsearch import ApiError, Elasticsearch, TransportError
from elasticsearch.helpers import streaming_bulk
from wagtail.models import Page

from . import index
from .building import build
from .models import QueuedPage

logger = logging.getLogger(__name__)
BATCH = 200
# One request; an engine takes 100 MB at the most, and less behind a proxy.
MOST_BYTES = 8_000_000
# After so many refusals a row rests until its page changes, or `search_status --repair`.
MOST_ATTEMPTS = 5
UNREACHABLE = (ApiError, TransportError)
# What the engine says of itself rather than of a page: too much at once, or not there for the moment.
OVERLOADED = 429
# Not there anyway; a later version is there already.
FINE = {404, 409}


class EngineError(Exception):
    """The search engine did not take what it was sent; everything stays in the queue."""


def enqueue(pks: Iterable[int]) -> None:
    """Note that the pages `pks` changed, appeared or went."""
    QueuedPage.objects.bulk_create((QueuedPage(page_id=pk) for pk in pks), batch_size=5000)


def enqueue_below(page: Page) -> None:
    """Note `page` and everything below it."""
    enqueue(Page.objects.filter(path__startswith=page.path).values_list("pk", flat=True).iterator())


def note_refused(reasons: dict[int, str]) -> None:
    """Queue pages that were refused outside the queue, as a rebuild's are."""
    QueuedPage.objects.bulk_create(
        QueuedPage(page_id=pk, attempts=1, reason=reason[:300]) for pk, reason in reasons.items()
    )


def next_version() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('search_queuedpage', 'id'))")
        return int(cursor.fetchone()[0])


def drain(server: Elasticsearch, batch: int = BATCH) -> int:
    """Carry over one batch; the number of queue rows that are done with. Raises EngineError with nothing lost."""
    with transaction.atomic():
        rows = list(next_rows()[:batch])
        if not rows:
            return 0
        pks = {row.page_id for row in rows}
        refused: dict[int, str] = {}
        version = next_version()
        documents = build(pks, refused)
        chunk = 1 if rows[-1].attempts else batch
        refused |= write(server, pks - refused.keys(), documents, version, chunk=chunk)
        return settle(rows, refused)


def next_rows() -> "QuerySet[QueuedPage]":
    """Rows that no other worker holds, those that were refused before after all others."""
    waiting = QueuedPage.objects.select_for_update(skip_locked=True).filter(attempts__lt=MOST_ATTEMPTS)
    return waiting.order_by("attempts", "pk")


def settle(rows: list[QueuedPage], refused: dict[int, str]) -> int:
    """Take away the rows that are done with and count the attempts of the others; how many are done with."""
    resting = QueuedPage.objects.select_for_update(skip_locked=True).filter(
        page_id__in={row.page_id for row in rows}, attempts__gte=MOST_ATTEMPTS
    )
    done = [row.pk for row in rows if row.page_id not in refused]
    QueuedPage.objects.filter(pk__in=[*done, *resting.values_list("pk", flat=True)]).delete()
    for pk, reason in refused.items():
        logger.warning("Page %s was not taken into the search: %s", pk, reason)
        left = [row.pk for row in rows if row.page_id == pk]
        QueuedPage.objects.filter(pk__in=left).update(attempts=F("attempts") + 1, reason=reason[:300])
    return len(done)


def write(
    server: Elasticsearch,
    pks: Collection[int],
    documents: dict[int, dict[str, Any]],
    version: int,
    names: list[str] | None = None,
    chunk: int = BATCH,
) -> dict[int, str]:
    """Put `documents` of the pages `pks` into the live index, and into one that is being built; without one, take it out.

    {page id: why the engine refused it}; EngineError where it is the engine that fails.
    """
    refused: dict[int, str] = {}
    try:
        for name in names or live_names(server):
            refused |= _bulk(server, name, pks, documents, version, chunk)
    except UNREACHABLE as error:
        raise EngineError(str(error)) from error
    return refused


def live_names(server: Elasticsearch) -> list[str]:
    """The index that is searched, and the one that is being built where there is one."""
    index.ensure(server)
    building = index.building_alias()
    return [index.live_alias(), *([building] if index.holders(server, building) else [])]


def _bulk(
    server: Elasticsearch,
    name: str,
    pks: Collection[int],
    documents: dict[int, dict[str, Any]],
    version: int,
    chunk: int = BATCH,
) -> dict[int, str]:
    """{page id: reason} of what the index `name` refused, in requests of at most `chunk` pages and MOST_BYTES."""
    answers = streaming_bulk(
        server,
        actions(name, pks, documents, version),
        chunk_size=chunk,
        max_chunk_bytes=MOST_BYTES,
        raise_on_error=False,
        raise_on_exception=False,
        yield_ok=False,
    )
    refused = {}
    for _ok, item in answers:
        answer = next(iter(item.values()))
        if answer["status"] == OVERLOADED or answer["status"] >= 500:
            raise EngineError(reason_of(answer))
        if answer["status"] not in FINE:
            refused[int(answer["_id"])] = reason_of(answer)
    return refused


def actions(
    name: str, pks: Collection[int], documents: dict[int, dict[str, Any]], version: int
) -> Iterator[dict[str, Any]]:
    for pk in sorted(pks):
        about = {"_index": name, "_id": str(pk), "version": version, "version_type": "external_gte"}
        if pk in documents:
            yield {"_op_type": "index", **about, "_source": documents[pk]}
        else:
            yield {"_op_type": "delete", **about}


def reason_of(answer: dict[str, Any]) -> str:
    """Why an item was refused, in the engine's words."""
    error = answer.get("error") or answer["status"]
    if not isinstance(error, dict):
        return str(error)
    cause = error.get("caused_by") or {}
    return ": ".join(filter(None, [error.get("reason"), cause.get("reason")])) or str(error)
