"""Two requests at the same moment: each in a thread and on a database connection of its own."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier, Event
from unittest import mock

from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation
from wagtail.models import Collection, Locale, Page

PATIENCE = 30


def at_once(*calls):
    """Start `calls` together; gives for each what it returned, or the exception it ended with."""
    gate = Barrier(len(calls), timeout=PATIENCE)

    def run(call):
        translation.activate("vi")
        try:
            gate.wait()
            return call()
        except Exception as error:  # the test looks at it
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


@contextmanager
def pausing_after(target, name):
    """Patches `target.name`: whoever calls it first goes no further before the block has ended or `passed` is set.

    Gives (reached, passed): wait for the one, then do what the other process does in between, then set the other.
    """
    reached, passed = Event(), Event()
    original = getattr(target, name)

    def paused(*args, **kwargs):
        result = original(*args, **kwargs)
        if not reached.is_set():
            reached.set()
            passed.wait(PATIENCE)
        return result

    with mock.patch.object(target, name, paused):
        try:
            yield reached, passed
        finally:
            passed.set()


class TwoProcessesTest(TransactionTestCase):
    """Real transactions; the tables are emptied afterwards, so each test makes its own rows."""

    def setUp(self):
        Locale.objects.get_or_create(language_code="vi")
        if not Page.objects.exists():
            Page.add_root(instance=Page(title="Root", slug="root"))
        if not Collection.objects.exists():
            Collection.add_root(name="Root")
