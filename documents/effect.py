"""When a document is in force: reckoned from its dates and from what live documents do to it, and kept beside it.

Law 80/2015/QH13, article 154: a document ceases when its term ends, when another replaces or repeals it, or when the document
that it details ceases. Amended, supplemented, or repealed by clause, it ceases in part. To be based on, correct, consolidate or
refer to another changes nothing.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.dispatch import Signal

from .models import DocumentPage, Relation, Status

# Sent with `pk` when the days of a document changed without a new version of it.
effect_changed = Signal()
Kind = Relation.Kind
ENDING = {Kind.REPLACES, Kind.REPEALS}
CHANGING = {Kind.AMENDS, Kind.SUPPLEMENTS}
DAYS = ("from_day", "until_day", "partly_day", "suspended_day", "resumed_day")


@dataclass(frozen=True)
class Effect:
    """The five days of a document; each but the first may be None. `until_day` is the first day it is no longer in force."""

    from_day: date
    until_day: date | None = None
    partly_day: date | None = None
    suspended_day: date | None = None
    resumed_day: date | None = None


def status_on(document, day):
    """What is true of `document`, or of an Effect, on `day`; an override of the editors stands above what is reckoned."""
    if getattr(document, "status_override", ""):
        return Status(document.status_override)
    if document.from_day and day < document.from_day:
        return Status.NOT_YET
    if document.until_day and day >= document.until_day:
        return Status.EXPIRED
    resumed = document.resumed_day and day >= document.resumed_day
    if document.suspended_day and day >= document.suspended_day and not resumed:
        return Status.SUSPENDED
    if document.partly_day and day >= document.partly_day:
        return Status.PARTLY
    return Status.IN_FORCE


def having_status(status, day):
    """The condition of a query that says what `status_on` says; documents/querysets tests hold the two together."""
    begun = Q(from_day__isnull=True) | Q(from_day__lte=day)
    ended = Q(until_day__isnull=False, until_day__lte=day)
    suspended = Q(suspended_day__lte=day) & (Q(resumed_day__isnull=True) | Q(resumed_day__gt=day))
    partly = Q(partly_day__isnull=False, partly_day__lte=day)
    reckoned = {
        Status.NOT_YET: Q(from_day__gt=day),
        Status.EXPIRED: begun & ended,
        Status.SUSPENDED: begun & ~ended & suspended,
        Status.PARTLY: begun & ~ended & ~suspended & partly,
        Status.IN_FORCE: begun & ~ended & ~suspended & ~partly,
    }[status]
    return Q(status_override=status) | (Q(status_override="") & reckoned)


def reckon(document):
    """The Effect of `document` today, from its own dates and the live documents that act on it."""
    begins = document.effective or document.issued
    ends, partly, suspensions = [document.expires], [], []
    for relation in acting_on(document):
        day = relation.date or relation.page.from_day or relation.page.effective or relation.page.issued
        if relation.kind in ENDING and not relation.clause:
            ends.append(day)
        elif relation.kind in ENDING | CHANGING:
            partly.append(day)
        elif relation.kind == Kind.SUSPENDS:
            suspensions.append((day, relation.page.until_day))
    ends += parents_ends(document)
    suspended, resumed = min(suspensions, default=(None, None))
    return Effect(begins, _first(ends), _first(partly), suspended, resumed)


def acting_on(document):
    """Relations of live documents to this one."""
    return Relation.objects.filter(target=document, page__live=True).exclude(page=document.pk).select_related("page")


def parents_ends(document):
    """What details a document ends with it; where it details several, with the last of them."""
    parents = DocumentPage.objects.live().filter(
        reverse_relations__page=document.pk, reverse_relations__kind=Kind.GUIDES
    )
    ends = list(parents.exclude(pk=document.pk).values_list("until_day", flat=True))
    return [max(ends)] if ends and all(ends) else []


def _first(days):
    return min((day for day in days if day), default=None)


def refresh(document):
    """Reckon `document` anew and, where that changed something, what hangs on it. Circles end where nothing changes any more."""
    waiting, seen = [document.pk], {}
    while waiting:
        pk = waiting.pop()
        current = DocumentPage.objects.filter(pk=pk).first()
        if current is None or seen.get(pk, 0) > 3:
            continue
        seen[pk] = seen.get(pk, 0) + 1
        effect = reckon(current)
        if any(getattr(current, name) != getattr(effect, name) for name in DAYS):
            DocumentPage.objects.filter(pk=pk).update(**{name: getattr(effect, name) for name in DAYS})
            effect_changed.send(sender=DocumentPage, pk=pk)
            waiting += hanging_on(pk)


def hanging_on(pk):
    """Documents whose effect may follow from this one's: what details it, and what it acts on."""
    details = Relation.objects.filter(target=pk, kind=Kind.GUIDES).values_list("page", flat=True)
    targets = Relation.objects.filter(page=pk, target__isnull=False).values_list("target", flat=True)
    return [*details, *targets]


def refresh_targets(document):
    """After `document` went live, changed or was taken down: itself and everything that it acts on."""
    refresh(document)
    for target in DocumentPage.objects.filter(reverse_relations__page=document.pk).distinct():
        refresh(target)
