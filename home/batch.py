"""A spreadsheet that was checked whole and is being carried out a part at a time, in requests of a few seconds each."""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection, models, transaction
from django.utils.translation import gettext_lazy as _

logger = logging.getLogger(__name__)
SECONDS_A_STEP = 5


class Batch(models.Model):
    """What is left of the lines, how far they are taken, and what could not be; subclasses say what a line becomes.

    Whoever takes the next lines holds the row (`select_for_update`), so that two browsers never take one twice.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("người tải"))
    created = models.DateTimeField(_("lúc"), auto_now_add=True)
    name = models.CharField(_("tệp"), max_length=200)
    lines = models.JSONField()
    done = models.PositiveIntegerField(default=0)
    errors = models.JSONField(default=list)

    class Meta:
        abstract = True
        ordering = ["-created", "-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def total(self) -> int:
        return len(self.lines)

    @property
    def is_over(self) -> bool:
        return self.done >= self.total

    @property
    def percent(self) -> int:
        """How much of it is taken; an empty one is taken whole."""
        return round(100 * self.done / self.total) if self.total else 100

    @property
    def goes_on(self) -> bool:
        """Whether it was begun and not finished: the page that shows it then goes on by itself."""
        return 0 < self.done < self.total

    def take_next(self, take: Callable[[Any], None]) -> None:
        """Hand one line after the other to `take`, for a few seconds, and keep how far that went.

        A line that fails, for whatever reason, is that line's error: the next ones go on, and the batch never stands still.
        """
        end = time.monotonic() + SECONDS_A_STEP
        while not self.is_over and time.monotonic() < end:
            self._take_one(take, self.lines[self.done])
            self.done += 1
        self.save()

    def _take_one(self, take: Callable[[Any], None], line: Any) -> None:
        try:
            with transaction.atomic():
                take(line)
        except Exception as error:
            if connection.connection is None or connection.connection.closed:
                raise  # the database is gone, which is no fault of the line
            logger.exception("Line %s of %s %s failed", self.done + 1, type(self).__name__, self.pk)
            self.errors.append(self.error_of(line, error))

    def error_of(self, line: Any, error: Exception) -> Any:
        """What `errors` keeps of a line that failed; subclasses know what their lines are."""
        return [self.done + 1, unforeseen(error)]


def unforeseen(error: Exception) -> str:
    """What is said of a line that failed in a way nobody thought of; the log has the rest."""
    return f"không đưa vào được ({type(error).__name__}). Người quản trị xem nhật ký máy chủ để biết vì sao."
