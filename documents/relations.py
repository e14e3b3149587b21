"""Relations find their documents: now, where the other is in the register, or when it arrives."""

import zlib

from django.db import connection

from .bodies import body_key
from .models import DocumentPage, Relation

# So many numbers at most are locked at once, however many documents one transaction publishes; the first part of the key is ours.
_TURNS = 64
_LOCK = 80_2015


def take_turns(document: DocumentPage) -> None:
    """Wait for whoever publishes, in a transaction not yet committed, a document of this one's number or one that names it.

    Neither of the two would see the other, and they would never be tied. Those turns are taken in one order, so that two wait
    for each other only where one transaction publishes several documents.
    """
    keys = {document.number_key, *(relation.target_key for relation in document.relations.all())} - {""}
    with connection.cursor() as cursor:
        for turn in sorted({zlib.crc32(key.encode()) % _TURNS for key in keys}):
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, turn])


def resolve(document):
    """Tie what `document` names by number to live documents, and what others name to `document`; gives the others' pages."""
    for relation in document.relations.all():
        target = document_named(relation)
        if target != relation.target_id:
            Relation.objects.filter(pk=relation.pk).update(target=target)
    if not document.number_key:
        return []
    waiting = Relation.objects.filter(target_key=document.number_key, target__isnull=True).exclude(page=document.pk)
    waiting = waiting.select_related("page")
    arrived = [relation for relation in waiting if document_named(relation) == document.pk]
    Relation.objects.filter(pk__in=[relation.pk for relation in arrived]).update(target=document.pk)
    return [relation.page_id for relation in arrived]


def document_named(relation):
    """The one live document that the relation's number and issuer name, by id; None where there is none or more than one.

    Samples name samples only: what is invented must not change what is law.
    """
    if not relation.target_key:
        return None
    found = DocumentPage.objects.live().filter(number_key=relation.target_key, is_sample=relation.page.is_sample)
    found = found.exclude(pk=relation.page_id)
    if relation.target_issuer:
        found = found.filter(document_issuers__issuer__name_key=body_key(relation.target_issuer))
    ids = list(found.order_by("pk").values_list("pk", flat=True).distinct()[:2])
    return ids[0] if len(ids) == 1 else None
