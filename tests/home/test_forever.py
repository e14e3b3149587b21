"""A worker that never ends outlives faults, and a database that breaks its connection."""

import logging

import pytest
from django.core.management import call_command
from django.db import InterfaceError, OperationalError, connection

from home.forever import LONGEST_PAUSE, pause_after, run_forever


class EnoughError(BaseException):
    """Ends the endless: no fault of a turn, as Ctrl+C is none."""


def resting(times):
    """(rest, pauses): a rest that notes how long it would have been and ends the run after so many."""
    pauses = []

    def rest(seconds):
        pauses.append(seconds)
        if len(pauses) == times:
            raise EnoughError

    return rest, pauses


def run(step, every, times):
    rest, pauses = resting(times)
    with pytest.raises(EnoughError):
        run_forever(step, every, rest)
    return pauses


@pytest.mark.django_db
def test_run_forever__rests_between_turns_that_succeed():
    turns = []
    assert run(lambda: turns.append(1), 2, 3) == [2, 2, 2]
    assert len(turns) == 3


@pytest.mark.django_db
def test_run_forever__backs_off_while_turns_fail_and_returns_to_its_pace():
    outcomes = iter([ValueError("hỏng"), ValueError("hỏng"), ValueError("hỏng"), None, None])

    def step():
        outcome = next(outcomes)
        if outcome:
            raise outcome

    assert run(step, 2, 5) == [4, 8, 16, 2, 2]


@pytest.mark.parametrize(("failures", "every", "pause"), [(0, 2, 2), (1, 2, 4), (50, 2, LONGEST_PAUSE), (3, 600, 600)])
def test_pause_after__has_an_end_and_is_never_shorter_than_asked(failures, every, pause):
    assert pause_after(failures, every) == pause


@pytest.mark.django_db
def test_run_forever__tells_the_first_fault_whole_and_the_others_in_a_line(caplog):
    def step():
        raise ValueError("hỏng")

    with caplog.at_level(logging.WARNING, "home.forever"):
        run(step, 1, 3)
    assert [bool(record.exc_info) for record in caplog.records] == [True, False, False]


@pytest.mark.django_db
def test_run_forever__ends_when_told_to():
    def step():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_forever(step, 1)


def terminate_own_backend():
    """What a restart of the server does to a connection, from a second one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
    finally:
        other.close()


def ask():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_broken_connection__fails_every_query_that_follows():
    """Why a loop of its own must close it: Django keeps a dead connection outside of requests."""
    terminate_own_backend()
    for _turn in range(2):
        with pytest.raises((OperationalError, InterfaceError)):
            ask()
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_run_forever__opens_a_new_connection_after_the_old_one_broke():
    answers, turns = [], []

    def step():
        turns.append(1)
        if len(turns) == 2:
            terminate_own_backend()
        answers.append(ask())

    assert run(step, 1, 4) == [1, 2, 1, 1]
    assert answers == [1, 1, 1]


@pytest.mark.parametrize("command", ["drain_search_queue", "publish_scheduled"])
@pytest.mark.django_db(transaction=True)
def test_workers__outlive_a_broken_connection(command, monkeypatch, settings, restored_root):
    settings.SEARCH_INDEX = ""
    rest, pauses = resting(4)
    real = run_forever

    def breaking(step, every):
        turns = []

        def turn():
            turns.append(1)
            if len(turns) == 2:
                terminate_own_backend()
            step()
            ask()

        real(turn, every, rest)

    target = "search.management.commands.drain_search_queue" if "search" in command else ""
    monkeypatch.setattr(f"{target or 'home.management.commands.publish_scheduled'}.run_forever", breaking)
    with pytest.raises(EnoughError):
        call_command(command, every=5)
    assert pauses == [5, 10, 5, 5]
