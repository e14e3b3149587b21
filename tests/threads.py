"""A second connection in a test of two at once."""

import threading
import time

from django.db import connection

LONGEST = 10  # seconds


class Beside:
    """`act`, begun at once on a connection of its own; what it raises is raised by `join`."""

    def __init__(self, act):
        self.error, self.result = None, None
        self.thread = threading.Thread(target=self._run, args=[act], daemon=True)
        self.thread.start()

    def _run(self, act):
        try:
            self.result = act()
        except Exception as error:
            self.error = error
        finally:
            connection.close()

    def wait_until_blocked_or_done(self):
        """Until it waits for a lock of somebody, or has ended."""
        end = time.monotonic() + LONGEST
        while self.thread.is_alive() and time.monotonic() < end and not _somebody_waits():
            time.sleep(0.02)

    def join(self):
        """What `act` gave."""
        self.thread.join(LONGEST)
        assert not self.thread.is_alive()
        if self.error:
            raise self.error
        return self.result


def _somebody_waits():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return cursor.fetchone()[0] > 0
