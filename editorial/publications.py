"""What followed a publication, and what has still to follow: one row an event of a page, its steps in the row.

One row and not one a step, since all steps of an event are written at the same two moments, in the transaction and after it, and are
read together: 88,000 events a year are 88,000 rows, inserted once and updated once, where a row a step would be half a million
written at the same moments. The row is written in the transaction of the event, so what has still to follow outlives the process.
What went well is kept for KEPT and then thinned out by the clock; what went wrong is kept until it goes well.
"""

from datetime import datetime, timedelta
from typing import TypedDict

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# How long to wait before trying again after the first, second … round that failed; after the last of them an operator is needed.
WAITS = [timedelta(minutes=minutes) for minutes in (1, 5, 25, 120, 600)]
# So long a round may take before the clock believes that its process has died.
LEASE = timedelta(minutes=10)
# So long after a commit the clock leaves the work to whoever has begun it.
GRACE = timedelta(minutes=1)
KEPT = timedelta(days=30)


class Event(models.TextChoices):
    PUBLISHED = "published", _("Đăng")
    UNPUBLISHED = "unpublished", _("Gỡ xuống")
    MOVED = "moved", _("Chuyển chỗ")
    DELETED = "deleted", _("Xóa")


class State(models.TextChoices):
    WAITING = "waiting", _("Đang chờ")
    DONE = "done", _("Xong")
    FAILED = "failed", _("Không làm được")


class Entry(TypedDict):
    """One step in the row. `started` is an ISO moment, empty before the first try; `ms` how long the last try took."""

    name: str
    state: str
    reason: str
    started: str
    ms: int
    tries: int


def new_entry(name: str) -> Entry:
    return {"name": name, "state": State.WAITING, "reason": "", "started": "", "ms": 0, "tries": 0}


class PublicationQuerySet(models.QuerySet["Publication"]):
    def unfinished(self) -> "PublicationQuerySet":
        return self.exclude(state=State.DONE)

    def failing(self) -> "PublicationQuerySet":
        """What failed and waits for its next try, or for an operator."""
        return self.filter(state__in=[State.WAITING, State.FAILED], tries__gt=0)

    def due(self, now: datetime) -> "PublicationQuerySet":
        return self.filter(state=State.WAITING, due__lte=now).order_by("due")

    def outdated(self, now: datetime) -> "PublicationQuerySet":
        return self.filter(state=State.DONE, happened__lt=now - KEPT)


class Publication(models.Model):
    """An event of a page. The page may be gone, so its number and title are kept and not a reference.

    `tries` counts the rounds that failed; `due` is when the clock takes it up, None when it need not. `notes` is what steps have
    written down for a later try, by their names.
    """

    page_id = models.PositiveIntegerField(_("trang"))
    title = models.CharField(_("tiêu đề"), max_length=255)
    event = models.CharField(_("việc"), max_length=11, choices=Event.choices)
    happened = models.DateTimeField(_("lúc"), default=timezone.now)
    state = models.CharField(_("tình trạng"), max_length=7, choices=State.choices, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(_("số lần không được"), default=0)
    due = models.DateTimeField(_("thử lại lúc"), null=True)
    steps = models.JSONField(default=list)
    notes = models.JSONField(default=dict)

    objects = PublicationQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("việc sau khi đăng")
        verbose_name_plural = _("việc sau khi đăng")
        indexes = [
            models.Index(fields=["state", "-happened"], name="publications_by_state"),
            models.Index(fields=["due"], condition=Q(state="waiting"), name="publications_due"),
        ]

    def __str__(self) -> str:
        return f"{self.get_event_display()}: {self.title}"

    def unfinished_steps(self) -> list[Entry]:
        return [entry for entry in self.steps if entry["state"] != State.DONE]

    def settle(self, now: datetime) -> None:
        """Sum up a round: done, to be tried again, or given up."""
        unfinished = self.unfinished_steps()
        if not unfinished:
            self.state, self.due = State.DONE, None
        elif any(entry["state"] == State.FAILED for entry in unfinished):
            self.tries += 1
            gives_up = self.tries > len(WAITS)
            self.state = State.FAILED if gives_up else State.WAITING
            self.due = None if gives_up else now + WAITS[self.tries - 1]
