"""One page that the engine refuses, requests that are too large, an engine that has too much to do: the others go on."""

import io

import pytest
from django.core.management import CommandError, call_command
from elastic_transport import ApiResponseMeta, HttpHeaders, NodeConfig
from elasticsearch import ApiError, ConnectionError

from search import index, queue
from search.comparing import differences
from search.models import QueuedPage
from tests.factories import make_article, make_organisation, make_section

from .support import drain_all, publish, queued

pytestmark = pytest.mark.django_db


@pytest.fixture
def section():
    return make_section(make_organisation("soxaydung", "Sở Xây dựng"))


def refuse(monkeypatch, *pks):
    """Give the pages `pks` a field that the index does not know, which it refuses."""
    build = queue.build

    def built(asked, unreadable=None):
        return {pk: doc | ({"la": 1} if pk in pks else {}) for pk, doc in build(asked, unreadable).items()}

    monkeypatch.setattr(queue, "build", built)


def api_error(status):
    meta = ApiResponseMeta(status, "1.1", HttpHeaders(), 0.0, NodeConfig("http", "127.0.0.1", 9))
    return ApiError("quá tải", meta, {"error": "quá tải"})


def items(*statuses):
    """What streaming_bulk gives of items with these statuses, ids from 1."""
    return [
        (status < 300, {"index": {"_id": str(number), "status": status, "error": {"reason": f"lỗi {status}"}}})
        for number, status in enumerate(statuses, start=1)
    ]


@pytest.mark.elasticsearch
def test_refused_page__does_not_hold_up_the_others(server, section, monkeypatch):
    good = [publish(section, f"Tốt {number}") for number in range(3)]
    bad = publish(section, "Hỏng")
    refuse(monkeypatch, bad.pk)
    drain_all(server)
    held = server.search(index=index.live_alias(), size=50, source=False)["hits"]["hits"]
    assert {page.pk for page in good} <= {int(hit["_id"]) for hit in held}
    assert bad.pk not in {int(hit["_id"]) for hit in held}
    assert queued() == {bad.pk}
    row = QueuedPage.objects.first()
    assert row.attempts >= 1
    assert "la" in row.reason


@pytest.mark.elasticsearch
def test_refused_page__comes_last_and_rests_after_so_many_attempts(server, section, monkeypatch):
    bad = publish(section, "Hỏng")
    refuse(monkeypatch, bad.pk)
    for _turn in range(queue.MOST_ATTEMPTS + 3):
        drain_all(server)
    assert QueuedPage.objects.get(page_id=bad.pk).attempts == queue.MOST_ATTEMPTS
    good = publish(section, "Tốt")
    assert queue.next_rows().first().page_id == good.pk
    drain_all(server)
    assert queued() == {bad.pk}


@pytest.mark.elasticsearch
def test_mended_page__leaves_no_resting_row_behind(server, section, monkeypatch):
    bad = publish(section, "Hỏng")
    refuse(monkeypatch, bad.pk)
    for _turn in range(queue.MOST_ATTEMPTS):
        drain_all(server)
    monkeypatch.undo()
    bad.title = "Đã sửa"
    bad.save_revision().publish()
    drain_all(server)
    assert queued() == set()
    assert differences(server).missing == set()


@pytest.mark.elasticsearch
def test_status__names_what_was_refused_and_where_it_is_mended(server, section, monkeypatch):
    bad = publish(section, "Trang hỏng")
    refuse(monkeypatch, bad.pk)
    for _turn in range(queue.MOST_ATTEMPTS):
        drain_all(server)
    monkeypatch.undo()
    out = io.StringIO()
    call_command("search_status", stdout=out, repair=True)
    assert "Không đưa vào được 1 trang:" in out.getvalue()
    assert f"“Trang hỏng” (/admin/pages/{bad.pk}/edit/)" in out.getvalue()
    drain_all(server)
    out = io.StringIO()
    call_command("search_status", stdout=out)
    assert "Không đưa vào được" not in out.getvalue()


@pytest.mark.elasticsearch
def test_requests__stay_below_the_limit_in_bytes(server, section, monkeypatch):
    monkeypatch.setattr(queue, "MOST_BYTES", 3_000)
    sent, bulk = [], type(server).bulk

    def counted(self, *args, operations, **kwargs):
        sent.append(sum(len(line) for line in operations))
        return bulk(self, *args, operations=operations, **kwargs)

    monkeypatch.setattr(type(server), "bulk", counted)
    for number in range(8):
        publish(section, f"Bài số {number}", lead="dài " * 100)
    drain_all(server)
    assert len(sent) > 1
    assert differences(server).missing == set()


@pytest.mark.elasticsearch
def test_rebuild__goes_on_past_a_refused_page_and_queues_it(server, section, monkeypatch):
    publish(section, "Tốt")
    bad = publish(section, "Hỏng")
    refuse(monkeypatch, bad.pk)
    monkeypatch.setattr("search.rebuilding.build", queue.build)
    QueuedPage.objects.all().delete()
    out = io.StringIO()
    call_command("rebuild_search_index", workers=1, stdout=out)
    assert "Đã đưa" in out.getvalue()
    assert list(QueuedPage.objects.values_list("page_id", "attempts")) == [(bad.pk, 1)]


def test_unreadable_page__keeps_its_row_and_what_the_index_has_of_it(section, monkeypatch):
    page = make_article(section, "Hỏng")
    QueuedPage.objects.all().delete()
    queue.enqueue([page.pk])
    written = []

    def build(pks, unreadable):
        unreadable[page.pk] = "ValueError: khối lạ"
        return {}

    monkeypatch.setattr(queue, "build", build)
    monkeypatch.setattr(queue, "write", lambda server, pks, *args, **kwargs: written.extend(pks) or {})
    assert queue.drain(None) == 0
    assert written == []
    row = QueuedPage.objects.get()
    assert (row.attempts, row.reason) == (1, "ValueError: khối lạ")


@pytest.mark.parametrize("status", [429, 500, 503])
def test_engine_in_trouble__is_no_fault_of_a_page(section, monkeypatch, status):
    queue.enqueue([section.pk])
    before = QueuedPage.objects.count()
    monkeypatch.setattr(queue, "streaming_bulk", lambda *args, **kwargs: iter(items(200, status)))
    monkeypatch.setattr(queue, "live_names", lambda server: ["x"])
    with pytest.raises(queue.EngineError, match=f"lỗi {status}"):
        queue.drain(None)
    assert QueuedPage.objects.filter(attempts=0).count() == before


@pytest.mark.parametrize("status", [404, 409])
def test_answers_that_are_fine__take_the_row(monkeypatch, status):
    monkeypatch.setattr(queue, "streaming_bulk", lambda *args, **kwargs: iter(items(status)))
    assert queue._bulk(None, "x", {1}, {}, 1) == {}


@pytest.mark.parametrize(("error", "kind"), [(ConnectionError("đứt"), "Connection error"), (api_error(503), "quá tải")])
def test_engine_away__leaves_every_row_as_it_was(section, monkeypatch, error, kind):
    queue.enqueue([section.pk])
    before = list(QueuedPage.objects.values_list("page_id", "attempts"))

    def away(server):
        raise error

    monkeypatch.setattr(queue, "live_names", away)
    with pytest.raises(queue.EngineError, match=kind):
        queue.drain(None)
    assert list(QueuedPage.objects.values_list("page_id", "attempts")) == before


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ({"status": 400, "error": {"reason": "sai", "caused_by": {"reason": "vì"}}}, "sai: vì"),
        ({"status": 400, "error": {"reason": "sai"}}, "sai"),
        ({"status": 413, "error": "quá lớn"}, "quá lớn"),
        ({"status": 400}, "400"),
        ({"status": 400, "error": {"type": "x"}}, "{'type': 'x'}"),
    ],
)
def test_reason__is_told_in_the_words_of_the_engine(answer, reason):
    assert queue.reason_of(answer) == reason


def test_actions__index_what_is_public_and_delete_the_rest():
    made = list(queue.actions("x", {2, 1}, {1: {"id": "1"}}, 7))
    assert [(one["_op_type"], one["_id"], one["version"]) for one in made] == [("index", "1", 7), ("delete", "2", 7)]


def test_rows_that_were_refused__are_sent_one_by_one(section, monkeypatch):
    QueuedPage.objects.all().delete()
    QueuedPage.objects.create(page_id=section.pk, attempts=1)
    chunks = []
    monkeypatch.setattr(queue, "write", lambda *args, chunk, **kwargs: chunks.append(chunk) or {})
    assert queue.drain(None) == 1
    assert chunks == [1]


def test_draining_by_hand__says_that_there_is_no_engine(settings):
    settings.SEARCH_INDEX = ""
    with pytest.raises(CommandError, match="Chưa có Elasticsearch"):
        call_command("drain_search_queue")
    with pytest.raises(CommandError, match="lớn hơn 0"):
        call_command("drain_search_queue", every=0.0)
