"""When a document is in force: reckoned from its dates and from what live documents do to it, and kept beside it.

Law 80/2015/QH13, article 154: a document ceases when its term ends, when another replaces or repeals it, or when the document
that it details ceases. Amended, supplemented, or repealed by clause, it ceases in part. To be based on, correct, consolidate or
refer to another changes nothing.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.dispatch import Signal

from .models import DocumentPage, Relation
from .status import DAYS, Effect

# Sent with `pk` when the days of a document changed without a new version of it.
effect_changed = Signal()
Verb = Relation.Verb
ENDING = {Verb.REPLACES, Verb.REPEALS}
CHANGING = {Verb.AMENDS, Verb.SUPPLEMENTS}


def reckon(document: DocumentPage) -> Effect:
    """The Effect of `document` today, from its own dates and the live documents that act on it."""
    begins = document.effective or document.issued
    ends, partly, suspensions = [document.expires], [], []
    for relation in acting_on(document):
        day = relation.date or relation.page.from_day or relation.page.effective or relation.page.issued
        if relation.kind in ENDING and not relation.clause:
            ends.append(day)
        elif relation.kind in ENDING | CHANGING:
            partly.append(day)
        elif relation.kind == Verb.SUSPENDS:
            suspensions.append((day, relation.page.until_day))
    ends += parents_ends(document)
    suspended, resumed = min(suspensions, default=(None, None))
    return Effect(begins, _first(ends), _first(partly), suspended, resumed)


def acting_on(document: DocumentPage) -> QuerySet[Relation]:
    """Relations of live documents to this one."""
    return Relation.objects.filter(target=document, page__live=True).exclude(page=document.pk).select_related("page")


def parents_ends(document: DocumentPage) -> list[date]:
    """What details a document ends with it; where it details several, with the last of them."""
    parents = DocumentPage.objects.live().filter(
        reverse_relations__page=document.pk, reverse_relations__kind=Verb.GUIDES
    )
    ends = list(parents.exclude(pk=document.pk).values_list("until_day", flat=True))
    return [max(ends)] if ends and all(ends) else []


def _first(days: Iterable[date | None]) -> date | None:
    return min((day for day in days if day), default=None)


def affected_by(pk: int) -> set[int]:
    """Documents whose effect may follow from what the document `pk` says or is: itself, what details it, and what it acts on."""
    details = Relation.objects.filter(target=pk, kind=Verb.GUIDES).values_list("page", flat=True)
    targets = Relation.objects.filter(page=pk, target__isnull=False).values_list("target", flat=True)
    return {pk, *details, *targets}


@transaction.atomic
def refresh(pks: Iterable[int]) -> None:
    """Reckon the documents `pks` anew and, where that changed something, what hangs on it. Circles end where nothing changes any more.

    A document is locked before it is read what others do to it, until the transaction ends: of two publications at once that act
    on it, the second waits and then sees the first. All that is known beforehand is locked in the order of ids.
    """
    _lock(pks)
    waiting, seen = sorted(pks), Counter[int]()
    while waiting:
        pk = waiting.pop()
        if seen[pk] > 3:
            continue
        seen[pk] += 1
        if _reckon_anew(pk):
            effect_changed.send(sender=DocumentPage, pk=pk)
            hanging = affected_by(pk) - {pk}
            _lock(hanging)
            waiting += sorted(hanging)


def _lock(pks: Iterable[int]) -> None:
    """Not against those who merely refer to the rows, as every new relation does."""
    rows = DocumentPage.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=pks)
    list(rows.order_by("pk").values_list("pk", flat=True))


def _reckon_anew(pk: int) -> bool:
    """Whether the days of the document are others now; a document that is gone has none."""
    document = DocumentPage.objects.filter(pk=pk).first()
    if document is None:
        return False
    effect = reckon(document)
    if all(getattr(document, name) == getattr(effect, name) for name in DAYS):
        return False
    DocumentPage.objects.filter(pk=pk).update(**{name: getattr(effect, name) for name in DAYS})
    return True
