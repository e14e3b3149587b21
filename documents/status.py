"""What is true of a document on a day: its five days and the status that follows from them, in Python as in a query."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

DAYS = ("from_day", "until_day", "partly_day", "suspended_day", "resumed_day")


class Status(models.TextChoices):
    """What may be said of a document on a given day, in the words of vbpl.vn."""

    NOT_YET = "chua-co-hieu-luc", _("Chưa có hiệu lực")
    IN_FORCE = "con-hieu-luc", _("Còn hiệu lực")
    PARTLY = "het-hieu-luc-mot-phan", _("Hết hiệu lực một phần")
    EXPIRED = "het-hieu-luc", _("Hết hiệu lực toàn bộ")
    SUSPENDED = "ngung-hieu-luc", _("Ngưng hiệu lực")


@dataclass(frozen=True)
class Effect:
    """The five days of a document; each but the first may be None. `until_day` is the first day it is no longer in force."""

    from_day: date
    until_day: date | None = None
    partly_day: date | None = None
    suspended_day: date | None = None
    resumed_day: date | None = None


class HasDays(Protocol):
    """An Effect, or a document, which keeps the same days."""

    @property
    def from_day(self) -> date | None: ...
    @property
    def until_day(self) -> date | None: ...
    @property
    def partly_day(self) -> date | None: ...
    @property
    def suspended_day(self) -> date | None: ...
    @property
    def resumed_day(self) -> date | None: ...


def status_on(document: HasDays, day: date) -> Status:
    """What is true of `document`, or of an Effect, on `day`; an override of the editors stands above what is reckoned."""
    if override := getattr(document, "status_override", ""):
        return Status(override)
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


def having_status(status: Status, day: date) -> Q:
    """The condition of a query that says what `status_on` says; the tests hold the two together."""
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
