"""What pages of all sites show around themselves, kept in the cache until something of it has changed.

Any change makes all processes that share the cache read anew; processes with a cache of their own (local memory, no REDIS_URL)
follow within a minute.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.cache import cache
from django.db import transaction
from django.utils.crypto import get_random_string

Value = TypeVar("Value")

SECONDS = 60
_EDITION = "frame-edition"


def edition() -> str:
    """Changes whenever what is kept must be read anew."""
    return str(cache.get_or_set(_EDITION, lambda: get_random_string(8), None))


def forget() -> None:
    """Make everything that is kept be read anew. Within a transaction, others keep the old state again: see `note_change`."""
    cache.delete(_EDITION)


def note_change(**kwargs: Any) -> None:
    """Something of it was saved: forgotten now, for this transaction, and once it is committed, for the others.

    A receiver of signals, too.
    """
    forget()
    transaction.on_commit(forget)


def cached(name: str, read: Callable[[], Value]) -> Value:
    """`read()`, kept for a minute or until something that frames show has changed. None is not kept."""
    key = f"frame:{edition()}:{name}"
    value = cache.get(key)
    if value is None:
        value = read()
        if value is not None:
            cache.set(key, value, SECONDS)
    return value
