"""Two rebuilds, or two upkeeps, at once: the second one leaves the first alone and says so."""

import io
import os
import signal

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections

from home.locks import held_alone
from search import index, rebuilding, upkeep
from search.models import LanguageModel
from tests.factories import make_organisation, make_section

from .support import drain_all, publish

LOCK = 7_000_001


class OtherProcess:
    """A session of its own that holds the lock `number`."""

    def __init__(self, number):
        self.number = number

    def __enter__(self):
        self.connection = connection.copy()
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [self.number])
        return self

    def __exit__(self, *raised):
        self.connection.close()


@pytest.mark.django_db
def test_held_alone__by_one_at_a_time_and_free_afterwards():
    with held_alone(LOCK) as first, held_alone(LOCK) as second, held_alone(LOCK + 1) as other:
        assert (first, second, other) == (True, False, True)
    with held_alone(LOCK) as again:
        assert again


@pytest.mark.django_db
def test_held_alone__is_given_back_when_the_work_fails():
    with pytest.raises(ValueError, match="hỏng"), held_alone(LOCK):
        raise ValueError("hỏng")
    with held_alone(LOCK) as again:
        assert again


@pytest.mark.django_db(transaction=True)
def test_held_alone__outlives_the_closing_of_all_other_connections():
    with held_alone(LOCK) as first:
        connections.close_all()
        with held_alone(LOCK) as second:
            assert (first, second) == (True, False)


@pytest.mark.django_db(transaction=True)
def test_held_alone__is_not_lost_when_a_forked_process_ends():
    with held_alone(LOCK) as first:
        assert first
        pid = os.fork()
        if pid == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        os.waitpid(pid, 0)
        with held_alone(LOCK) as second:
            assert not second


@pytest.mark.django_db
def test_lock__of_a_process_that_died_is_free():
    other = OtherProcess(LOCK).__enter__()
    pid = other.connection.connection.info.backend_pid
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    with held_alone(LOCK) as is_held:
        assert is_held


@pytest.mark.elasticsearch
@pytest.mark.django_db
def test_second_rebuild__says_so_and_leaves_the_index_of_the_first(server):
    publish(make_section(make_organisation("soxaydung", "Sở Xây dựng")), "Tin")
    drain_all(server)
    building = f"{index.live_alias()}-1700000000000"
    index.create(server, building)
    server.indices.put_alias(index=building, name=index.building_alias())
    out = io.StringIO()
    with OtherProcess(rebuilding.LOCK), pytest.raises(CommandError) as refused:
        call_command("rebuild_search_index", workers=1, stdout=out)
    assert str(refused.value) == "Một lượt dựng lại chỉ mục khác đang chạy. Hãy chờ lượt đó xong."
    assert refused.value.returncode == 1
    assert index.holders(server, index.building_alias()) == [building]
    assert not LanguageModel.objects.exists()


@pytest.mark.elasticsearch
@pytest.mark.django_db
def test_rebuild__clears_what_one_that_was_killed_left_behind(server):
    publish(make_section(make_organisation("soxaydung", "Sở Xây dựng")), "Tin")
    building = f"{index.live_alias()}-1700000000000"
    index.create(server, building)
    server.indices.put_alias(index=building, name=index.building_alias())
    call_command("rebuild_search_index", workers=1, stdout=io.StringIO())
    assert not server.indices.exists(index=building)
    assert index.holders(server, index.building_alias()) == []
    assert len(index.holders(server, index.live_alias())) == 1


@pytest.mark.elasticsearch
@pytest.mark.django_db
def test_second_upkeep__does_nothing(server):
    publish(make_section(make_organisation("soxaydung", "Sở Xây dựng")), "Tin")
    drain_all(server)
    with OtherProcess(upkeep.LOCK):
        upkeep.run(server)
    assert not LanguageModel.objects.exists()
    upkeep.run(server)
    assert LanguageModel.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("workers", [0, -1, 17])
def test_rebuild__by_a_number_of_processes_that_makes_sense(workers):
    with pytest.raises(CommandError, match="--workers"):
        call_command("rebuild_search_index", workers=workers)
