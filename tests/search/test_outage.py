"""The engine away, workers at once and workers that die: in the end the index says what the database says."""

import io
import threading

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from home.bulk import add_live_pages
from news.models import NewsPage
from organisations.scoping import organisation_of
from search import index, language_model, queue, upkeep
from search.comparing import differences
from search.models import LanguageModel, QueuedPage
from search.query import ask
from search.questions import Question
from tests.factories import make_organisation, make_section

from .support import drain_all, publish

pytestmark = pytest.mark.elasticsearch
NOWHERE = "http://127.0.0.1:9"


def fill(section, number, title="Tin số"):
    now, publisher = timezone.now(), organisation_of(section)
    pages = [
        NewsPage(
            title=f"{title} {place}",
            lead="Tóm tắt",
            publisher=publisher,
            section=section,
            published_at=now,
            first_published_at=now,
        )
        for place in range(number)
    ]
    add_live_pages(section, pages)
    return list(NewsPage.objects.child_of(section).order_by("path"))


def assert_same(server):
    found = differences(server)
    assert (found.missing, found.extra, found.changed) == (set(), set(), set())


@pytest.mark.django_db
def test_thousand_changes_in_an_outage__need_no_rebuild(server, settings):
    section = make_section(make_organisation("soxaydung", "Sở Xây dựng"))
    other = make_section(organisation_of(section), "Chuyên mục khác")
    pages = fill(section, 500)
    drain_all(server)
    url, settings.ELASTICSEARCH_URL = settings.ELASTICSEARCH_URL, NOWHERE
    publish(section, "Tin đầu tiên khi mất máy tìm kiếm")
    with pytest.raises(queue.EngineError):
        queue.drain(index.client(1))
    for page in pages[:250]:
        page.unpublish()
    for page in pages[250:350]:
        page.delete()
    for page in pages[350:400]:
        NewsPage.objects.get(pk=page.pk).move(type(other).objects.get(pk=other.pk), "last-child")
    for page in pages[400:500]:
        page.title = f"Đã sửa {page.pk}"
        page.save_revision().publish()
    fill(other, 399, "Tin mới")
    for page in pages[:100]:
        page.refresh_from_db()
        page.save_revision().publish()
    settings.ELASTICSEARCH_URL = url
    drain_all(server)
    assert_same(server)
    assert ask(server, Question(words="đã sửa")).hits


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once__leave_the_index_right(server, restored_root):
    section = make_section(make_organisation("soxaydung", "Sở Xây dựng"))
    pages = fill(section, 60)
    index.ensure(server)
    errors = []

    def work():
        try:
            while queue.drain(server, batch=7):
                pass
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _number in range(2)]
    for worker in workers:
        worker.start()
    for page in pages[:20]:
        page.title = f"Đổi tên {page.pk}"
        page.save_revision().publish()
        if page.pk % 3 == 0:
            page.unpublish()
    for worker in workers:
        worker.join()
    assert errors == []
    drain_all(server)
    assert not QueuedPage.objects.exists()
    assert_same(server)


@pytest.mark.django_db(transaction=True)
def test_rebuild_by_two_processes__holds_every_page(server, restored_root):
    section = make_section(make_organisation("soxaydung", "Sở Xây dựng"))
    fill(section, 40, "Thủ tục hành chính")
    call_command("rebuild_search_index", workers=2, stdout=io.StringIO())
    assert_same(server)
    assert "hành" in language_model.current()
    drain_all(server)
    assert_same(server)


@pytest.mark.django_db
def test_worker_killed_in_the_middle__is_made_good_by_the_next(server, monkeypatch):
    section = make_section(make_organisation("soxaydung", "Sở Xây dựng"))
    pages = fill(section, 30)
    pages[0].unpublish()
    send, sent = queue._bulk, []

    def die(server, name, pks, documents, version, chunk):
        half = sorted(pks)[: len(pks) // 2]
        send(server, name, half, documents, version, chunk)
        sent.extend(half)
        raise KeyboardInterrupt

    monkeypatch.setattr(queue, "_bulk", die)
    before = QueuedPage.objects.count()
    with pytest.raises(KeyboardInterrupt):
        queue.drain(server)
    assert sent
    assert QueuedPage.objects.count() == before
    monkeypatch.undo()
    pages[1].title = "Sửa sau khi bị ngắt"
    pages[1].save_revision().publish()
    drain_all(server)
    assert_same(server)


@pytest.mark.django_db
def test_upkeep__learns_and_mends_once_a_day(server):
    section = make_section(make_organisation("soxaydung", "Sở Xây dựng"))
    pages = fill(section, 5, "Thủ tục hành chính")
    drain_all(server)
    assert upkeep.is_due()
    server.delete(index=index.live_alias(), id=str(pages[0].pk), refresh=True)
    upkeep.run(server)
    assert "hành" in language_model.current()
    assert list(QueuedPage.objects.values_list("page_id", flat=True)) == [pages[0].pk]
    assert not upkeep.is_due()
    LanguageModel.objects.update(made=timezone.now() - upkeep.EVERY)
    assert upkeep.is_due()


@pytest.mark.django_db
def test_upkeep__follows_a_portal_that_grew(server, monkeypatch):
    section = make_section(make_organisation("soxaydung", "Sở Xây dựng"))
    drain_all(server)
    upkeep.run(server)
    monkeypatch.setattr(upkeep, "LEAST", 3)
    assert not upkeep.is_due()
    fill(section, 9)
    assert upkeep.is_due()


@pytest.mark.django_db
def test_names_of_others__are_told_to_the_index(server, django_capture_on_commit_callbacks):
    section = make_section(make_organisation("soxaydung", "Sở Xây dựng"))
    page = publish(section, "Tin")
    drain_all(server)
    section.slug = "tin-moi"
    # Wagtail says so once the change is committed.
    with django_capture_on_commit_callbacks(execute=True):
        section.save_revision().publish()
    assert page.pk in QueuedPage.objects.values_list("page_id", flat=True)
    drain_all(server)
    assert_same(server)
