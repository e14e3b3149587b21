"""What only one process at a time may do, whichever machine it runs on: the database keeps the lock."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def held_alone(number: int) -> Iterator[bool]:
    """Whether the lock `number` could be had; it is held until the block ends, or the process dies.

    It has a connection of its own: work in the block may close the others, and processes that it forks hold the lock with it.
    """
    own = connection.copy()
    try:
        with own.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [number])
            is_held = bool(cursor.fetchone()[0])
        yield is_held
    finally:
        own.close()
