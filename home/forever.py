"""Work that never ends: it outlives a database that restarts, a server that is away, and a fault in one turn."""

import logging
import time
from collections.abc import Callable

from django.db import close_old_connections

logger = logging.getLogger(__name__)
# Seconds between two turns at the most, however many have failed before.
LONGEST_PAUSE = 60.0


def run_forever(step: Callable[[], object], every: float, rest: Callable[[float], object] = time.sleep) -> None:
    """Do `step`, rest `every` seconds, and so on, until the process is told to end.

    A turn that fails is logged, and the next ones wait longer and longer. Connections to the database that broke are closed, so
    that the next turn opens new ones.
    """
    failures = 0
    while True:
        failures = 0 if has_succeeded(step, failures) else failures + 1
        rest(pause_after(failures, every))


def has_succeeded(step: Callable[[], object], failures: int) -> bool:
    """Whether `step` ended without a fault; the first fault on end is logged with its trace, those that follow in a line."""
    try:
        step()
    except Exception as error:
        if failures:
            logger.warning("Failed again, %s times on end: %s", failures + 1, str(error)[:300])
        else:
            logger.exception("Failed; will be tried again")
        return False
    else:
        if failures:
            logger.warning("Works again after %s failures", failures)
        return True
    finally:
        close_old_connections()


def pause_after(failures: int, every: float) -> float:
    """Seconds to rest after so many failures on end: twice as long after each, a minute at the most."""
    return min(every * 2.0 ** min(failures, 16), max(LONGEST_PAUSE, every))
