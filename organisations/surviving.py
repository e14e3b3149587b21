"""Lists and files of many things, of which one that fails costs itself and never the others."""

import logging
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Thing = TypeVar("Thing")
Made = TypeVar("Made")

logger = logging.getLogger(__name__)


def made_of(things: Iterable[Thing], make: Callable[[Thing], Made]) -> Iterator[Made]:
    """What `make` makes of each thing; one that it cannot make is named in the log and left out."""
    for thing in things:
        try:
            made = make(thing)
        except Exception:
            logger.exception("Left out: %s %s", type(thing).__name__, getattr(thing, "pk", thing))
        else:
            yield made
