"""When a document is in force: reckoned from its dates and from what public documents do to it, and kept beside it.

Law 80/2015/QH13, article 154: a document ceases when its term ends, when another replaces or repeals it, or when the document
that it details ceases. Amended, supplemented, or repealed by clause, it ceases in part. To be based on, correct, consolidate or
refer to another changes nothing.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date

from django.db import transaction
from django.db.models import F, QuerySet
from django.dispatch import Signal

from home.visibility import unrestricted_now

from .models import DocumentPage, Relation
from .status import DAYS, Effect

# Sent with `pk` when the days of a document changed without a new version of it.
effect_changed = Signal()
Verb = Relation.Verb
ENDING = {Verb.REPLACES, Verb.REPEALS}
BATCH = 500
CHANGING = {Verb.AMENDS, Verb.SUPPLEMENTS}


def reckon(document: DocumentPage) -> Effect:
    """The Effect of `document` today, from its own dates and the public documents that act on it."""
    return reckon_all([document])[document.pk]


def reckon_all(documents: Sequence[DocumentPage]) -> dict[int, Effect]:
    """{id: Effect} of `documents`, in a number of queries that does not grow with them."""
    pks = [document.pk for document in documents]
    acting: dict[int | None, list[Relation]] = defaultdict(list)
    for relation in acting_on(pks):
        acting[relation.target_id].append(relation)
    ends = parents_ends(pks)
    return {one.pk: _effect(one, acting[one.pk], ends[one.pk]) for one in documents}


def _effect(document: DocumentPage, acting: Iterable[Relation], parents: Sequence[date | None]) -> Effect:
    """What details several documents ends with the last of them."""
    begins = document.effective or document.issued
    ends, partly, suspensions = [document.expires], [], []
    for relation in acting:
        day = relation.date or relation.page.from_day or relation.page.effective or relation.page.issued
        if relation.kind in ENDING and not relation.clause:
            ends.append(day)
        elif relation.kind in ENDING | CHANGING:
            partly.append(day)
        elif relation.kind == Verb.SUSPENDS:
            suspensions.append((day, relation.page.until_day))
    known = [day for day in parents if day]
    ends += [max(known)] if known and len(known) == len(parents) else []
    suspended, resumed = min(suspensions, default=(None, None), key=lambda days: (days[0], days[1] or date.max))
    return Effect(begins, _first(ends), _first(partly), suspended, resumed)


def acting_on(pks: Iterable[int]) -> QuerySet[Relation]:
    """Relations to the documents `pks` that count, of documents that everybody may read."""
    counting = Relation.objects.filter(target__in=pks, standing=Relation.Standing.COUNTS, page__live=True)
    counting = counting.filter(unrestricted_now("page__")).exclude(page=F("target"))
    return counting.select_related("page").defer("page__body", "page__search_text")


def parents_ends(pks: Iterable[int]) -> dict[int, list[date | None]]:
    """{id: the days on which the public documents that it details end, None for one that does not}."""
    details = Relation.objects.filter(page__in=pks, kind=Verb.GUIDES, target__live=True).exclude(page=F("target"))
    ends: dict[int, list[date | None]] = defaultdict(list)
    for pk, day in details.filter(unrestricted_now("target__")).values_list("page", "target__until_day"):
        ends[pk].append(day)
    return ends


def _first(days: Iterable[date | None]) -> date | None:
    return min((day for day in days if day), default=None)


def affected_by(pks: Collection[int]) -> set[int]:
    """Documents whose effect may follow from what `pks` say or are: themselves and what hangs_on them."""
    return {*pks, *hanging_on(pks)}


def hanging_on(pks: Iterable[int]) -> set[int]:
    """What details one of `pks`, and what one of them acts on."""
    pks = list(pks)
    tied = Relation.objects.filter(target__isnull=False).exclude(page=F("target"))
    details = tied.filter(target__in=pks, kind=Verb.GUIDES).values_list("page", flat=True)
    return {*details, *tied.filter(page__in=pks).values_list("target", flat=True)}


@transaction.atomic
def refresh(pks: Iterable[int]) -> set[int]:
    """Reckon the documents `pks` anew and, where that changed something, what hangs on it; gives what changed.

    Circles end where nothing changes any more. A document is locked before it is read what others do to it, until the
    transaction ends: of two publications at once that act on it, the second waits and then sees the first. All that is known
    beforehand is locked in the order of ids.
    """
    waiting, seen, changed = set(pks), Counter[int](), set[int]()
    while waiting:
        _lock(waiting)
        now = [pk for pk in sorted(waiting) if seen[pk] <= 3]
        seen.update(now)
        others = {pk for start in range(0, len(now), BATCH) for pk in _reckon_anew(now[start : start + BATCH])}
        for pk in sorted(others):
            effect_changed.send(sender=DocumentPage, pk=pk)
        waiting = hanging_on(others) if others else set()
        changed |= others
    return changed


def _lock(pks: Iterable[int]) -> None:
    """Not against those who merely refer to the rows, as every new relation does."""
    rows = DocumentPage.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=pks)
    list(rows.order_by("pk").values_list("pk", flat=True))


def _reckon_anew(pks: Sequence[int]) -> list[int]:
    """Those of the documents whose days are others now; one that is gone has none."""
    documents = list(DocumentPage.objects.filter(pk__in=pks).defer("body", "search_text"))
    effects = reckon_all(documents)
    changed = [one for one in documents if any(getattr(one, name) != getattr(effects[one.pk], name) for name in DAYS)]
    for document in changed:
        days = {name: getattr(effects[document.pk], name) for name in DAYS}
        DocumentPage.objects.filter(pk=document.pk).update(**days)
    return [document.pk for document in changed]
