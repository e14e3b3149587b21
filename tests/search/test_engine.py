"""The index on a real Elasticsearch: what it holds, what it finds, and that nothing is lost or leaked."""

import datetime
import io

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.utils import timezone
from elasticsearch import ConnectionTimeout
from wagtail.models import Collection, PageViewRestriction

from documents.models import DocumentFile
from home.media.models import FileText, PortalFile
from organisations.scoping import organisation_of
from search import asking, index, language_model, queue
from search.building import build
from search.models import QueuedPage
from search.query import ask, suggest
from search.questions import Question
from tests.documents.support import day, make_document, make_register
from tests.factories import make_article, make_organisation, make_section

from .support import drain_all, publish

pytestmark = [pytest.mark.elasticsearch, pytest.mark.django_db]
HOST = {"host": "soxaydung.localhost"}


@pytest.fixture
def section():
    return make_section(make_organisation("soxaydung", "Sở Xây dựng"))


def titles(server, words, **fields):
    return [hit["shown"]["title"] for hit in ask(server, Question(words=words, **fields)).hits]


def test_found__in_every_spelling(server, section):
    publish(section, "Ủy ban nhân dân xã Hòa Thuận xây dựng nông thôn mới")
    publish(section, "Giá nông sản tăng")
    drain_all(server)
    for words in ("xây dựng nông thôn", "xay dung nong thon", "UBND xã", "ubnd", "hoà thuận", "HOÀ THUẬN"):
        assert titles(server, words)[:1] == ["Ủy ban nhân dân xã Hòa Thuận xây dựng nông thôn mới"], words


def test_exact__outranks_folded_and_two_syllables_together_those_apart(server, section):
    publish(section, "Bán đất ở thị trấn")
    publish(section, "Bàn về đạt chuẩn")
    publish(section, "Nhà dân ở công trường của trường học bên sông")
    publish(section, "Công dân kiến nghị")
    drain_all(server)
    assert titles(server, "bán đất")[0] == "Bán đất ở thị trấn"
    assert titles(server, "công dân")[0] == "Công dân kiến nghị"


def test_number__beats_everything_and_status_is_a_facet(server, section):
    register = (
        make_register(section.publisher) if hasattr(section, "publisher") else make_register(organisation_of(section))
    )
    make_document(register, "16/2017/QĐ-UBND", "19/4/2017", abstract="Quy chế")
    make_document(
        register,
        "17/2017/QĐ-UBND",
        "20/4/2017",
        [("replaces", "16/2017/QĐ-UBND", {})],
        abstract="Thay thế 16/2017/QĐ-UBND",
    )
    publish(section, "Triển khai 16/2017/QĐ-UBND trong năm 2017")
    drain_all(server)
    for words in ("16/2017", "qd-ubnd 16", "quyết định 16/2017"):
        found = ask(server, Question(words=words))
        assert found.hits[0]["shown"]["title"] == "Quyết định số 16/2017/QĐ-UBND: Quy chế", words
        assert dict(found.facets["status"]) == {"con-hieu-luc": 1, "het-hieu-luc": 1}
    chosen = ask(server, Question(words="16/2017", status="het-hieu-luc"))
    assert chosen.total == 1
    assert dict(chosen.facets["status"])["con-hieu-luc"] == 1


def test_filters__site_year_kind_and_days(server, section):
    publish(section, "Cầu mới", published_at=datetime.datetime(2018, 5, 1, tzinfo=datetime.UTC))
    other = make_section(make_organisation("soyte", "Sở Y tế"))
    publish(other, "Cầu khỉ", published_at=datetime.datetime(2019, 5, 1, tzinfo=datetime.UTC))
    drain_all(server)
    assert titles(server, "cầu", chosen={"scope": "soyte"}) == ["Cầu khỉ"]
    assert titles(server, "cầu", chosen={"year": 2018}) == ["Cầu mới"]
    assert titles(server, "cầu", until=day("31/12/2018")) == ["Cầu mới"]
    assert titles(server, "cầu", sort="moi") == ["Cầu khỉ", "Cầu mới"]
    facets = ask(server, Question(words="cầu", chosen={"site": "soyte"})).facets
    assert dict(facets["site"]) == {"soyte": 1, "soxaydung": 1}
    assert dict(facets["year"]) == {"2019": 1}


def test_nothing_private__is_in_the_raw_index(server, section):
    publish(section, "Công khai")
    make_article(section, "Bản nháp Kín7Q", live=False)
    publish(section, "Hết hạn Kín7Q", expire_at=timezone.now() + datetime.timedelta(seconds=1))
    page = make_article(section, "Hẹn giờ Kín7Q", live=False, go_live_at=timezone.now() + datetime.timedelta(days=1))
    page.save_revision().publish()
    restricted = publish(section, "Nội bộ Kín7Q")
    PageViewRestriction.objects.create(page=restricted, restriction_type=PageViewRestriction.LOGIN)
    gone = publish(section, "Đã gỡ Kín7Q")
    drain_all(server)
    gone.unpublish()
    expired = section.get_children().get(title="Hết hạn Kín7Q")
    type(expired).objects.filter(pk=expired.pk).update(expired=True, live=False)
    queue.enqueue([expired.pk])
    drain_all(server)
    raw = server.search(index=index.live_alias(), size=100)
    assert "Kín7Q".lower() not in str(raw).lower()
    assert "công khai" in str(raw)


def test_late_answer__does_not_undo_a_newer_one(server, section):
    page = publish(section, "Bản cũ")
    stale, version = build([page.pk]), queue.next_version()
    page.title = "Bản mới"
    page.save_revision().publish()
    drain_all(server)
    queue.write(server, {page.pk}, stale, version)
    server.indices.refresh(index=index.live_alias())
    assert titles(server, "bản")[0] == "Bản mới"


def test_broken_worker__leaves_its_rows(server, section, monkeypatch):
    publish(section, "Tin")
    monkeypatch.setattr(queue, "_bulk", lambda *args: (_ for _ in ()).throw(queue.EngineError("đứt")))
    before = QueuedPage.objects.count()
    with pytest.raises(queue.EngineError):
        queue.drain(server)
    assert QueuedPage.objects.count() == before


def test_rebuild__swaps_keeps_what_is_published_meanwhile_and_learns(server, section, monkeypatch):
    publish(section, "Thủ tục hành chính")
    drain_all(server)
    old = index.holders(server, index.live_alias())
    monkeypatch.setattr("search.rebuilding.BATCH", 1)
    publish(section, "Đăng ký kết hôn")
    out = io.StringIO()
    call_command("rebuild_search_index", workers=1, stdout=out)
    assert "Đã đưa" in out.getvalue()
    assert index.holders(server, index.live_alias()) != old
    assert index.holders(server, index.building_alias()) == []
    drain_all(server)
    assert titles(server, "dang ky ket hon")[0] == "Đăng ký kết hôn"
    assert "hành" in language_model.current()


def test_status__names_differences_and_repairs_them(server, section):
    page = publish(section, "Tin")
    drain_all(server)
    server.delete(index=index.live_alias(), id=str(page.pk), refresh=True)
    with pytest.raises(CommandError, match="--repair"):
        call_command("search_status", stdout=io.StringIO())
    call_command("search_status", repair=True, stdout=io.StringIO())
    drain_all(server)
    out = io.StringIO()
    call_command("search_status", stdout=out)
    assert "thiếu 0, thừa 0, khác 0" in out.getvalue()


def test_suggestions__by_titles_and_numbers(server, section):
    publish(section, "Thủ tục gia hạn giấy phép xây dựng")
    make_document(make_register(organisation_of(section)), "16/2017/QĐ-UBND", "19/4/2017", abstract="Quy chế")
    drain_all(server)
    for typed in ("gia hạn gi", "gia han gi", "giay phep x", "gias hanj"):
        assert [row["title"] for row in suggest(server, typed)][:1] == ["Thủ tục gia hạn giấy phép xây dựng"], typed
    assert "16/2017/QĐ-UBND" in suggest(server, "16/20")[0]["title"]


def test_page__shows_marks_facets_and_keeps_the_choice(server, section, client):
    publish(section, "Cầu Cổ Lũy thông xe", published_at=datetime.datetime(2018, 5, 1, tzinfo=datetime.UTC))
    publish(section, "Cầu Trà Khúc thông xe", published_at=datetime.datetime(2019, 5, 1, tzinfo=datetime.UTC))
    drain_all(server)
    page = client.get("/tim-kiem/", {"q": "cầu"}, headers=HOST).content.decode()
    assert "<mark>Cầu</mark> Cổ Lũy" in page
    assert "?q=c%E1%BA%A7u&amp;nam=2018" in page
    assert "Máy tìm kiếm đang bảo trì" not in page
    narrowed = client.get("/tim-kiem/", {"q": "cầu", "nam": "2018"}, headers=HOST)
    assert [hit["title"] for hit in narrowed.context["hits"]] == ["Cầu Cổ Lũy thông xe"]


def test_late_engine__is_asked_again_and_left_alone_after_three_times(server, section, client, settings, monkeypatch):
    publish(section, "Cầu Cổ Lũy")
    drain_all(server)
    asked = []

    def late(*args, **kwargs):
        asked.append(1)
        raise ConnectionTimeout("muộn")

    monkeypatch.setattr("search.query.ask", late)
    for _turn in range(5):
        assert "Máy tìm kiếm đang bảo trì" in client.get("/tim-kiem/", {"q": "cầu"}, headers=HOST).content.decode()
    assert len(asked) == asking.MOST_LATE
    asking.try_again()


def test_words_of_a_file__are_found_with_the_page_they_stand_on(server, section, client):
    file = PortalFile.objects.create(
        title="Phụ lục", file=ContentFile(b"%PDF-1.4", "phu-luc.pdf"), collection=Collection.get_first_root_node()
    )
    FileText.objects.create(file=file, file_hash="", pages=["Mở đầu", "Danh mục đập Nước Trong"], page_count=2)
    document = make_document(
        make_register(organisation_of(section)), "16/QĐ-SXD", "19/4/2017", abstract="Công bố danh mục"
    )
    document.files = [DocumentFile(file=file)]
    document.save_revision().publish()
    drain_all(server)
    row = client.get("/api/tim-kiem/", {"q": "dap nuoc trong"}, headers=HOST).json()["results"][0]
    assert (row["file"]["title"], row["file"]["number"]) == ("Phụ lục", 2)
    assert row["file"]["url"].endswith("#page=2")
    assert "<mark>đập</mark> <mark>Nước</mark> <mark>Trong</mark>" in row["file"]["highlight"]
    page = client.get("/tim-kiem/", {"q": "dap nuoc trong"}, headers=HOST).content.decode()
    assert "Phụ lục</a>, trang 2:" in page
    assert "file" not in client.get("/api/tim-kiem/", {"q": "cong bo"}, headers=HOST).json()["results"][0]


def test_form__narrows_by_days_and_keeps_the_other_choices(server, section, client):
    for year in (2018, 2019, 2020):
        publish(section, f"Cầu {year}", published_at=datetime.datetime(year, 5, 1, tzinfo=datetime.UTC))
    drain_all(server)
    asked = {"q": "cầu", "nhom": "news", "tu": "1/1/2019", "sap-xep": "cu"}
    answer = client.get("/tim-kiem/", asked, headers=HOST)
    assert [hit["title"] for hit in answer.context["hits"]] == ["Cầu 2019", "Cầu 2020"]
    assert '<input type="hidden" name="nhom" value="news">' in answer.content.decode()
    wrong = client.get("/tim-kiem/", asked | {"den": "31/12/2018"}, headers=HOST).content.decode()
    assert "Ngày cuối không thể trước ngày đầu." in wrong
    assert 'value="1/1/2019"' in wrong
