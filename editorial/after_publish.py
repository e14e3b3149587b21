"""What follows when a page goes live, comes down, is moved or is deleted: all of it, in order, on this page.

ORDER names every step and says when it runs. The rooms above register what a step does, from the modules that their apps import;
a step that is not named here, and a name here that nobody registers, stop the portal from starting.

A step must be idempotent, since it is tried again when it fails, and must go by what the page is now: between its tries the page
may have been published anew or taken down. No failing step undoes the event or holds up the other steps. It is noted in the row of
the event (editorial.publications) with its reason, is tried again at once after the commit, then by the clock at growing
intervals (`publish_scheduled`), and at last by an operator, who finds it under Báo cáo → Việc sau khi đăng.

Pages that are loaded many at once (home.bulk) pass by all this: they announce themselves by one signal for all.
"""

import logging
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from time import perf_counter
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.db.models.signals import pre_delete
from django.utils import timezone
from django.utils.functional import Promise
from django_tasks import task
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished, post_page_move

from organisations.seams import Seam

from .publications import GRACE, LEASE, Entry, Event, Publication, State, new_entry

logger = logging.getLogger(__name__)


class When(Enum):
    """WITHIN the transaction of the event, in a savepoint of its own: readers of the database never see the one without the other.

    FORGET: at once after the commit, in the process that made it, for what is kept in a cache; forgotten any sooner, it would be
    read anew from the state before the commit.
    AFTER: after the commit, as a background task.
    """

    WITHIN = "within"
    FORGET = "forget"
    AFTER = "after"


ORDER: dict[str, When] = {
    # What was moved, alone or with all below it, belongs to the organisation and the section where it is now.
    "documents.place": When.WITHIN,
    "news.place": When.WITHIN,
    # A document takes effect on those it acts on, those that name it by number are tied to it; or neither holds any longer.
    "documents.effect": When.WITHIN,
    # The English page is done, or is behind its changed source; what waits for a source that is gone comes back.
    "translation.staleness": When.WITHIN,
    "translation.source_gone": When.WITHIN,
    # What is taken down at its source leaves the province's home page.
    "editorial.home_page": When.WITHIN,
    # Which files and pictures the page showed, by their content, for old addresses and for proof.
    "home.shown_files": When.WITHIN,
    # The index of the search learns of it from its queue.
    "search.queue": When.WITHIN,
    "search.queue_below": When.WITHIN,
    # The frame of every page of the site, where a menu may show the page.
    "home.menu": When.FORGET,
    # The page's translations offer it as another language, or no longer do.
    "home.languages": When.FORGET,
    # The front pages of sites below, where a higher organisation shares the page.
    "home.shared": When.FORGET,
    # How many articles the lists of news hold by subject and month.
    "news.counts": When.FORGET,
    "news.moved_counts": When.FORGET,
    # Which documents the page's text names: found by reading the whole of it, and shown at those documents.
    "documents.citations": When.AFTER,
    "documents.no_citations": When.AFTER,
}


@dataclass
class Happening:
    """What a step is told. A deleted page is still there within the transaction, and None at a later try.

    `notes` are what the steps wrote down for a later try, such as the ids of pages that cannot be found any more by then.
    """

    event: Event
    page_id: int
    page: Page | None
    notes: dict[str, Any] = field(default_factory=dict)


Act = Callable[[Happening], object]


@dataclass(frozen=True)
class Step:
    """`label` is its name for operators, `events` and `pages` what it follows, `act` what it does."""

    name: str
    label: str | Promise
    events: frozenset[Event]
    pages: type[Page]
    act: Act

    @property
    def when(self) -> When:
        return ORDER[self.name]

    def follows(self, event: Event, page: Page | None) -> bool:
        return event in self.events and (page is None or isinstance(page, self.pages))


steps: Seam[Step] = Seam(
    "an editorial.after_publish.Step: what follows an event of a page; `step` makes and registers it"
)


def step(name: str, label: str | Promise, events: Iterable[Event], pages: type[Page] = Page) -> Callable[[Act], Act]:
    """Decorator: register a function as the step `name` of ORDER, for `events` of `pages`."""
    if name not in ORDER:
        raise ImproperlyConfigured(f"The step {name} has no place in editorial.after_publish.ORDER.")
    if name in _by_name():
        raise ImproperlyConfigured(f"The step {name} is registered twice.")

    def register(act: Act) -> Act:
        steps.register(Step(name, label, frozenset(events), pages, act))
        return act

    return register


def check_complete() -> None:
    """Called when all apps are ready."""
    missing = [name for name in ORDER if name not in _by_name()]
    if missing:
        raise ImproperlyConfigured(f"editorial.after_publish.ORDER names steps that nobody registers: {missing}.")


def _by_name() -> dict[str, Step]:
    return {one.name: one for one in steps}


def in_order() -> list[Step]:
    """The registered steps, in the order in which they run."""
    found = _by_name()
    return [found[name] for name in ORDER if name in found]


def label_of(name: str) -> str:
    """The step's name for operators; the technical one where it is not known any more."""
    found = _by_name().get(name)
    return str(found.label) if found else name


def connect() -> None:
    """Called once, when the apps are ready."""
    page_published.connect(_published, dispatch_uid="after_publish_published")
    page_unpublished.connect(_unpublished, dispatch_uid="after_publish_unpublished")
    post_page_move.connect(_moved, dispatch_uid="after_publish_moved")
    pre_delete.connect(_deleted, dispatch_uid="after_publish_deleted")


def _published(instance: Page, **kwargs: object) -> None:
    """Wagtail announces what is approved for later, too: until its hour it is not public, and one that was comes down."""
    if instance.live:
        follow(Event.PUBLISHED, instance)
    elif instance.first_published_at:
        follow(Event.UNPUBLISHED, instance)


def _unpublished(instance: Page, **kwargs: object) -> None:
    follow(Event.UNPUBLISHED, instance)


def _moved(instance: Page, **kwargs: object) -> None:
    follow(Event.MOVED, instance)


def _deleted(sender: type, instance: object, **kwargs: object) -> None:
    """Django announces a page once for each table it lies in; its own type alone counts."""
    if isinstance(instance, Page) and instance.specific_class is sender:
        follow(Event.DELETED, instance)


def follow(event: Event, page: Page) -> None:
    """Do now what must be true within the transaction, and note the rest to be done once it is committed."""
    concerned = [one for one in in_order() if one.follows(event, page)]
    if not concerned:
        return
    happening = Happening(event, page.pk, page)
    entries = [new_entry(one.name) for one in concerned]
    with transaction.atomic():
        _run_all(entries, {When.WITHIN}, lambda: happening)
        record = Publication(page_id=page.pk, title=page.title, event=event, steps=entries, notes=happening.notes)
        if record.unfinished_steps():
            record.due = timezone.now() + GRACE
            transaction.on_commit(lambda: _committed(record, happening), robust=True)
        else:
            record.state = State.DONE
        record.save()


def _committed(record: Publication, happening: Happening) -> None:
    """Forget in this process what caches hold; leave the rest, and what failed within the transaction, to the background."""
    untried = [entry for entry in record.unfinished_steps() if entry["state"] == State.WAITING]
    _run_all(untried, {When.FORGET}, lambda: happening)
    if record.unfinished_steps():
        record.save(update_fields=["steps"])
        carry_on.enqueue(record.pk)
    else:
        record.settle(timezone.now())
        record.save(update_fields=["steps", "state", "due"])


@task()
def carry_on(publication_id: int) -> None:
    """One round: try everything that is not done yet. Two rounds at once do no harm but the work twice."""
    now = timezone.now()
    if Publication.objects.unfinished().filter(pk=publication_id).update(due=now + LEASE):
        record = Publication.objects.get(pk=publication_id)
        _run_all(record.unfinished_steps(), set(When), _remembering(record))
        record.settle(timezone.now())
        record.save(update_fields=["steps", "notes", "state", "tries", "due"])


def carry_on_due(now: datetime) -> int:
    """What the clock does at each run: try again what is due. Gives the number of events that are done with now."""
    due = list(Publication.objects.due(now).values_list("pk", flat=True))
    for pk in due:
        carry_on.call(pk)
    return Publication.objects.filter(pk__in=due, state=State.DONE).count() if due else 0


def thin_out(now: datetime) -> None:
    """What went well is history after a month (KEPT)."""
    Publication.objects.outdated(now).delete()


def _remembering(record: Publication) -> Callable[[], Happening]:
    """The happening as it is now: a page that was published may be down again, or gone. Read at the first step, in its guard."""
    found: list[Happening] = []

    def happening() -> Happening:
        if not found:
            page = Page.objects.filter(pk=record.page_id).specific().first()
            found.append(Happening(_event_now(Event(record.event), page), record.page_id, page, record.notes))
        return found[0]

    return happening


def _event_now(event: Event, page: Page | None) -> Event:
    if page is None:
        return Event.DELETED
    if event == Event.MOVED:
        return event
    return Event.PUBLISHED if page.live else Event.UNPUBLISHED


def _run_all(entries: Iterable[Entry], when: set[When], happening: Callable[[], Happening]) -> None:
    """Try those of `entries` that run at one of `when`, and note in them how it went."""
    known = _by_name()
    for entry in entries:
        one = known.get(entry["name"])
        if one is None:
            # A later version of the portal does without this step.
            entry["state"] = State.DONE
        elif one.when in when:
            _try(one, entry, happening)


def _try(one: Step, entry: Entry, happening: Callable[[], Happening]) -> None:
    entry["started"], entry["tries"], begun = timezone.now().isoformat(), entry["tries"] + 1, perf_counter()
    try:
        # What only forgets writes nothing that could be half done.
        with nullcontext() if one.when is When.FORGET else transaction.atomic():
            now = happening()
            if one.follows(now.event, now.page):
                one.act(now)
    except Exception as error:  # whatever is wrong with one step is that step's matter
        logger.exception("Step %s failed", one.name)
        entry["state"], entry["reason"] = State.FAILED, f"{type(error).__name__}: {error}"[:500]
    else:
        entry["state"], entry["reason"] = State.DONE, ""
    entry["ms"] = round((perf_counter() - begun) * 1000)
