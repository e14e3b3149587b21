"""What is due goes live or comes down, each item on its own: one that fails does not hold up the others (anchors T29)."""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import TypeAlias

from django.apps import apps
from django.db import transaction
from django.utils import timezone
from wagtail.models import DraftStateMixin, Page, Revision

from organisations.seams import Seam

from . import after_publish

logger = logging.getLogger(__name__)
# What happens, and what makes it happen.
Due: TypeAlias = tuple[str, Callable[[], object]]
due_sources: Seam[Callable[[datetime], Iterable[Due]]] = Seam(
    "source(now) -> [(what, action)]: what else happens when its time comes; each action in a transaction of its own"
)


@dataclass
class Outcome:
    """What one run did; `followed` counts events whose steps were tried again and are done now; `failed` holds (what, why) of items that stay due and are tried again next time."""

    published: int = 0
    expired: int = 0
    changed: int = 0
    followed: int = 0
    failed: list[tuple[str, str]] = field(default_factory=list)


def run_due(now: datetime | None = None) -> Outcome:
    """Expire what is past its time, publish what was approved for now, do what else is due; gives an `Outcome`."""
    now = now or timezone.now()
    outcome = Outcome()
    for item in _expired(now):
        outcome.expired += _attempt(outcome, str(item), partial(_expire, item))
    for pk in (
        Revision.objects.filter(approved_go_live_at__lte=now)
        .order_by("approved_go_live_at")
        .values_list("pk", flat=True)
    ):
        outcome.published += _attempt(outcome, f"phiên bản {pk}", partial(_publish, pk, now))
    for source in due_sources:
        for what, action in source(now):
            outcome.changed += _attempt(outcome, what, action)
    # Each step in a transaction of its own, and what fails waits longer each time.
    outcome.followed = after_publish.carry_on_due(now)
    after_publish.thin_out(now)
    return outcome


def _expired(now: datetime) -> Iterator[DraftStateMixin]:
    drafted = [m for m in apps.get_models() if issubclass(m, DraftStateMixin) and not issubclass(m, Page)]
    models: list[type[DraftStateMixin]] = [Page, *drafted]
    for model in models:
        yield from model._default_manager.filter(live=True, expire_at__lt=now).order_by("expire_at")


def _expire(item: DraftStateMixin) -> None:
    item = item.specific if isinstance(item, Page) else item
    item.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def _publish(pk: int, now: datetime) -> None:
    # Locked, since two runs can overlap: the second waits and then finds the revision done.
    revision = Revision.objects.select_for_update().filter(pk=pk, approved_go_live_at__lte=now).first()
    if revision:
        revision.publish(log_action="wagtail.publish.scheduled")


def _attempt(outcome: Outcome, what: str, action: Callable[[], object]) -> int:
    """Run `action` in a transaction of its own; 1 when it went through, else note the failure and give 0."""
    try:
        with transaction.atomic():
            action()
    except Exception as error:  # whatever is wrong with one item is that item's matter
        logger.exception("Scheduled item %s failed", what)
        outcome.failed.append((what, f"{type(error).__name__}: {error}"))
        return 0
    return 1
