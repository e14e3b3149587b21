"""A spreadsheet that was checked whole and is being carried out a part at a time, in requests of a few seconds each."""

import time

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

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

    def __str__(self):
        return self.name

    @property
    def total(self):
        return len(self.lines)

    @property
    def is_over(self):
        return self.done >= self.total

    @property
    def percent(self):
        """How much of it is taken; an empty one is taken whole."""
        return round(100 * self.done / self.total) if self.total else 100

    @property
    def goes_on(self):
        """Whether it was begun and not finished: the page that shows it then goes on by itself."""
        return 0 < self.done < self.total

    def take_next(self, take):
        """Hand one line after the other to `take`, for a few seconds, and keep how far that went."""
        end = time.monotonic() + SECONDS_A_STEP
        while not self.is_over and time.monotonic() < end:
            take(self.lines[self.done])
            self.done += 1
        self.save()
