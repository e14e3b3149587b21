"""What the worker does between changes: once a day, or when the portal has grown, learn its words anew and compare the index."""

import datetime

from django.utils import timezone

from home.locks import held_alone

from .building import public_pages
from .comparing import differences
from .models import LanguageModel
from .queue import enqueue
from .rebuilding import MODEL_PAGES, learn_anew

EVERY = datetime.timedelta(days=1)
# Pages beside those the model was made of, after which it is not left until tomorrow.
GROWTH, LEAST = 1.3, 200
LOCK = 7_202_611


def is_due():
    """Whether there is no model yet, or it is a day old, or of a much smaller portal."""
    made = LanguageModel.objects.filter(pk=1).values_list("made", "pages").first()
    if made is None or made[0] < timezone.now() - EVERY:
        return True
    return min(public_pages().count(), MODEL_PAGES) > made[1] * GROWTH + LEAST


def run(server, between=lambda done: None):
    """Learn, then queue what differs; `between` is called after each batch, so that changes need not wait. One worker at a time."""
    with held_alone(LOCK) as is_alone:
        if is_alone:
            learn_anew(between)
            found = differences(server, between)
            enqueue(sorted(found.missing | found.extra | found.changed))
