"""Changes on their way to the index: noted in the transaction that makes them, carried over by any number of workers.

A worker takes a version from the database's sequence before it reads a page, and the index keeps the highest version: whoever read
last wins, in whatever order the answers arrive. A row goes only when the index has answered for it.
"""

import logging

from django.db import connection, transaction
from elasticsearch import ApiError, TransportError
from wagtail.models import Page

from . import index
from .building import build
from .models import QueuedPage

logger = logging.getLogger(__name__)
BATCH = 200
UNREACHABLE = (ApiError, TransportError)


class EngineError(Exception):
    """The search engine did not take what it was sent; everything stays in the queue."""


def enqueue(pks):
    """Note that the pages `pks` changed, appeared or went."""
    QueuedPage.objects.bulk_create((QueuedPage(page_id=pk) for pk in pks), batch_size=5000)


def enqueue_below(page):
    """Note `page` and everything below it."""
    enqueue(Page.objects.filter(path__startswith=page.path).values_list("pk", flat=True).iterator())


def next_version():
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('search_queuedpage', 'id'))")
        return cursor.fetchone()[0]


def drain(server, batch=BATCH):
    """Carry over one batch; the number of queue rows that are done with. Raises EngineError with nothing lost."""
    with transaction.atomic():
        rows = list(QueuedPage.objects.select_for_update(skip_locked=True).order_by("pk")[:batch])
        if not rows:
            return 0
        pks = {row.page_id for row in rows}
        version = next_version()
        write(server, pks, build(pks), version)
        QueuedPage.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows)


def write(server, pks, documents, version, names=None):
    """Put `documents` of the pages `pks` into the live index, and into one that is being built; without one, take it out."""
    try:
        if names is None:
            index.ensure(server)
            names = [
                index.live_alias(),
                *([index.building_alias()] if index.holders(server, index.building_alias()) else []),
            ]
        for name in names:
            _bulk(server, name, pks, documents, version)
    except UNREACHABLE as error:
        raise EngineError(str(error)) from error


def _bulk(server, name, pks, documents, version):
    operations = []
    for pk in sorted(pks):
        about = {"_index": name, "_id": str(pk), "version": version, "version_type": "external_gte"}
        if pk in documents:
            operations += [{"index": about}, documents[pk]]
        else:
            operations.append({"delete": about})
    answer = server.bulk(operations=operations, refresh=False)
    for item in answer["items"]:
        result = next(iter(item.values()))
        # 404: it was not there anyway. 409: a later version is there already.
        if result["status"] >= 400 and result["status"] not in {404, 409}:
            raise EngineError(f"page {result['_id']}: {result.get('error', {}).get('reason', result['status'])}")
