"""Without the engine the database keeps to everything that was chosen, on the page as in the API."""

import datetime

import pytest
from django.utils import timezone

from documents.models import Field
from home.models import StandardPage
from news.models import Category
from organisations.models import Organisation
from search.fallback import from_database, in_order, suggestions_from_database
from search.questions import Question
from tests.documents.support import make_document, make_register
from tests.factories import make_article, make_organisation, make_section

from .support import english_home, restrict_elsewhere, translated

pytestmark = pytest.mark.django_db
PROVINCE, BUILDING = {"host": "quangngai.localhost"}, {"host": "soxaydung.localhost"}


def moment(year, month=5, day=1, hour=0):
    return datetime.datetime(year, month, day, hour, tzinfo=timezone.get_current_timezone())


@pytest.fixture
def portal():
    province = make_organisation("quangngai", "Văn phòng UBND tỉnh", Organisation.Kind.PROVINCE)
    building, health = make_organisation("soxaydung", "Sở Xây dựng"), make_organisation("soyte", "Sở Y tế")
    land = Field.objects.create(name="Đất đai", slug="dat-dai")
    roads = Category.objects.create(name="Giao thông", slug="giao-thong")
    section = make_section(building, "Tin cầu đường")
    make_article(section, "Cầu cũ", published_at=moment(2017), category=roads)
    make_article(section, "Cầu mới", published_at=moment(2018), genre="anh")
    make_article(make_section(health), "Cầu thang trạm y tế", published_at=moment(2019))
    register = make_register(building)
    make_document(
        register, "1/2018/QĐ-UBND", "19/4/2018", abstract="Quy chế cầu đường", field=land, issuers=("Sở Xây dựng",)
    )
    # The province's committee stands above the department, so that its decision may end the other.
    make_document(
        register,
        "2/2019/QĐ-UBND",
        "20/4/2019",
        [("replaces", "1/2018/QĐ-UBND", {})],
        abstract="Thay quy chế cầu đường",
    )
    building.home_page.specific.add_child(instance=StandardPage(title="Giới thiệu cầu"))
    return province


def found(client, host=PROVINCE, **data):
    """Short names of what the page finds for "cau"."""
    response = client.get("/tim-kiem/", {"q": "cau"} | data, headers=host)
    assert response.status_code == 200
    assert "đang bảo trì" in response.content.decode()
    return [hit["title"].split(":")[0] for hit in response.context["hits"]]


FIRST, SECOND = "Quyết định số 1/2018/QĐ-UBND", "Quyết định số 2/2019/QĐ-UBND"
ARTICLES = ["Cầu thang trạm y tế", "Cầu mới", "Cầu cũ"]


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({"nhom": "news"}, ARTICLES),
        ({"nhom": "document"}, [SECOND, FIRST]),
        ({"nhom": "page"}, ["Giới thiệu cầu", "Tin cầu đường"]),
        ({"nam": "2018"}, ["Cầu mới", FIRST]),
        ({"loai": "anh"}, ["Cầu mới"]),
        ({"loai": "quyet-dinh"}, [SECOND, FIRST]),
        ({"loai": "trang"}, ["Giới thiệu cầu"]),
        ({"loai": "chuyen-muc"}, ["Tin cầu đường"]),
        ({"loai": "khong-co"}, []),
        ({"linh-vuc": "Giao thông"}, ["Cầu cũ"]),
        ({"linh-vuc": "Đất đai"}, [FIRST]),
        ({"co-quan": "Sở Xây dựng"}, [FIRST]),
        ({"co-quan": "Sở Y tế"}, []),
        ({"tinh-trang": "con-hieu-luc"}, [SECOND]),
        ({"tinh-trang": "het-hieu-luc"}, [FIRST]),
        ({"don-vi": "soyte"}, ["Cầu thang trạm y tế"]),
        ({"don-vi": "la"}, []),
        ({"nam": "2018", "nhom": "news"}, ["Cầu mới"]),
        ({"tu": "1/5/2018", "den": "1/5/2018"}, ["Cầu mới"]),
        ({"tu": "19/4/2018", "den": "19/4/2018"}, [FIRST]),
        ({"den": "2018-04-18"}, ["Cầu cũ"]),
    ],
)
def test_choice__narrows_what_the_database_finds(portal, client, chosen, expected):
    assert sorted(found(client, **chosen)) == sorted(expected)


def test_order__newest_first_unless_asked_and_without_a_day_last(portal, client):
    newest = found(client)
    assert newest[:5] == [ARTICLES[0], SECOND, ARTICLES[1], FIRST, ARTICLES[2]]
    assert set(newest[5:]) == {"Giới thiệu cầu", "Tin cầu đường"}
    oldest = found(client, **{"sap-xep": "cu"})
    assert oldest[:5] == newest[:5][::-1]
    assert set(oldest[5:]) == set(newest[5:])


def test_scope__of_a_site_has_its_standing_pages_too(portal, client):
    titles = found(client, BUILDING)
    assert "Cầu thang trạm y tế" not in titles
    assert {"Giới thiệu cầu", "Tin cầu đường", "Cầu mới", FIRST} <= set(titles)


@pytest.mark.parametrize(
    ("asked", "total"),
    [
        ({}, 7),
        ({"kind": "news"}, 3),
        ({"kind": "document"}, 2),
        ({"kind": "anh"}, 1),
        ({"year": "2018"}, 2),
        ({"field": "Đất đai"}, 1),
        ({"issuer": "Sở Xây dựng"}, 1),
        ({"status": "het-hieu-luc"}, 1),
        ({"site": "soyte"}, 1),
        ({"site": "soxaydung", "year": "2019"}, 1),
    ],
)
def test_api__keeps_to_the_same_choices_and_says_who_answered(portal, client, asked, total):
    answer = client.get("/api/tim-kiem/", {"q": "cau"} | asked, headers=PROVINCE).json()
    assert (answer["total"], answer["from_database"], answer["facets"]) == (total, True, {})


def test_midnight__belongs_to_the_day_that_begins_here(portal, client):
    section = make_section(Organisation.objects.get(code="soyte"), "Khác")
    make_article(section, "Cầu đêm", published_at=moment(2020, 1, 1, 0))
    make_article(section, "Cầu khuya", published_at=moment(2019, 12, 31, 23))
    assert found(client, tu="1/1/2020") == ["Cầu đêm"]
    assert found(client, nam="2020") == ["Cầu đêm"]
    assert "Cầu đêm" not in found(client, den="31/12/2019")


@pytest.mark.parametrize(
    "words", ["CẦU", "cầu", "cầu".replace("ầ", "a\u0302\u0300"), " cau ", "Cau\u00a0Moi", "cầu mới"]
)
def test_spelling__does_not_matter(portal, client, words):
    response = client.get("/tim-kiem/", {"q": words, "nhom": "news"}, headers=PROVINCE)
    assert "Cầu mới" in [hit["title"] for hit in response.context["hits"]]


def test_restricted_and_expired_pages__are_not_found(portal):
    section = make_section(Organisation.objects.get(code="soyte"), "Khác")
    hidden = make_article(section, "Cầu kín")
    make_article(section, "Cầu hết hạn", expired=True)
    restrict_elsewhere(hidden)
    titles = [hit["shown"]["title"] for hit in from_database(Question(words="cau"), 50).hits]
    assert not {"Cầu kín", "Cầu hết hạn"} & set(titles)


def test_english__finds_english_pages_alone(portal):
    building = Organisation.objects.get(code="soxaydung")
    english_home(building)
    section = building.home_page.get_children().get(slug="tin-cau-duong")
    copy = translated(section, title="Bridges")
    for site in ("", "soxaydung"):
        question = Question(words="bridges", locale="en", chosen={"scope": site} if site else {})
        assert [int(hit["id"]) for hit in from_database(question, 10).hits] == [copy.pk]
    assert from_database(Question(words="bridges"), 10).total == 0


def test_pages_of_hits__follow_each_other(portal):
    whole = [hit["id"] for hit in from_database(Question(words="cau"), 50).hits]
    parts = [hit["id"] for page in (1, 2, 3, 4) for hit in from_database(Question(words="cau", page=page), 2).hits]
    assert parts == whole


def test_suggestions__are_of_the_site_and_newest_first(portal):
    assert [row["title"] for row in suggestions_from_database("cau t", "vi", "")][0] == "Cầu thang trạm y tế"
    titles = [row["title"] for row in suggestions_from_database("cau", "vi", "soxaydung")]
    assert "Cầu thang trạm y tế" not in titles
    assert titles[0].startswith(SECOND)
    assert suggestions_from_database("  ", "vi", "") == []
    assert suggestions_from_database("1/2018", "vi", "")[0]["title"].startswith(FIRST)


def test_in_order__keeps_rows_without_a_day_at_the_end():
    rows = [("", 1), ("2018-01-01", 2), ("2019-01-01", 3)]
    assert [pk for _day, pk in in_order(rows, "")] == [3, 2, 1]
    assert [pk for _day, pk in in_order(rows, "cu")] == [2, 3, 1]
