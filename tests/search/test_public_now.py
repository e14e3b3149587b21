"""What is written, and what is shown of the index, goes by the database of this moment, not by what a process has kept."""

import gzip

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction

from documents import open_data
from home.visibility import restricted_paths, restricted_paths_now, unrestricted, unrestricted_now
from organisations.models import Organisation
from organisations.scoping import organisation_of
from search import asking, query
from search.building import build
from search.comparing import differences
from search.models import PromotedResult, Promotions
from search.promotion import promoted
from search.questions import Question
from tests.documents.support import make_document, make_register
from tests.factories import make_article, make_organisation, make_section

from .support import drain_all, english_home, publish, queued, restrict_elsewhere, translated

pytestmark = pytest.mark.django_db
HOST = {"host": "soxaydung.localhost"}


@pytest.fixture
def section():
    make_organisation("quangngai", "Văn phòng UBND tỉnh", Organisation.Kind.PROVINCE)
    return make_section(make_organisation("soxaydung", "Sở Xây dựng"))


def is_listed(page, condition):
    return Page.objects.filter(condition, pk=page.pk).exists()


def test_restriction_of_another_process__is_seen_at_once_by_what_is_written(section):
    article = make_article(section, "Cầu nội bộ")
    assert restricted_paths() == []
    restrict_elsewhere(article)
    assert is_listed(article, unrestricted())
    assert not is_listed(article, unrestricted_now())
    assert build([article.pk]) == {}


def test_opening_by_another_process__is_seen_at_once_by_what_is_written(section):
    article = make_article(section, "Cầu")
    restrict_elsewhere(section)
    assert restricted_paths() == [section.path]
    PageViewRestriction.objects.filter(page=section).delete()
    PageViewRestriction.objects.all()._raw_delete(PageViewRestriction.objects.db)
    assert list(build([article.pk])) == [article.pk]


def test_site_that_waits__waits_in_every_language(section):
    organisation = organisation_of(section)
    home = english_home(organisation)
    english = translated(section)
    restrict_elsewhere(organisation.home_page)
    assert restricted_paths_now() == sorted([organisation.home_page.path, home.path])
    assert build([section.pk, english.pk, home.pk]) == {}
    PageViewRestriction.objects.all().delete()
    assert set(build([section.pk, english.pk, home.pk])) == {section.pk, english.pk, home.pk}


def test_opening_of_a_site__queues_its_english_pages_too(section):
    organisation = organisation_of(section)
    home = english_home(organisation)
    english = translated(section)
    for change in (
        lambda: PageViewRestriction.objects.create(page=organisation.home_page, restriction_type="login"),
        lambda: PageViewRestriction.objects.get().delete(),
    ):
        connection.cursor().execute("DELETE FROM search_queuedpage")
        change()
        assert {section.pk, home.pk, english.pk} <= queued()


def test_restriction_of_an_english_home__leaves_the_vietnamese_one_open(section):
    organisation = organisation_of(section)
    home = english_home(organisation)
    restrict_elsewhere(home)
    assert restricted_paths_now() == [home.path]


def test_restricted_paths__a_hundred_cost_what_one_costs(section):
    costs = []
    for number in (1, 9):
        for _turn in range(number):
            restrict_elsewhere(make_article(section, "Bài"))
        with CaptureQueriesContext(connection) as captured:
            restricted_paths_now()
        costs.append(len(captured))
    assert costs[0] == costs[1]


def test_sitemap__leaves_out_what_another_process_restricted(section, client):
    kept, article = make_article(section, "Cầu mới"), make_article(section, "Cầu nội bộ")
    index = client.get("/sitemap.xml", headers=HOST).content.decode()
    part = next(line for line in index.split("<loc>") if "sitemap" in line and "</loc>" in line).split("</loc>")[0]
    path = "/" + part.split("/", 3)[3]
    restrict_elsewhere(article)
    text = b"".join(client.get(path, headers=HOST)).decode()
    assert kept.slug in text
    assert "cau-noi-bo" not in text


def test_open_data__leaves_out_what_another_process_restricted(section, settings, tmp_path):
    settings.OPEN_DATA_ROOT = tmp_path
    register = make_register(organisation_of(section))
    make_document(register, "16/2017/QĐ-UBND", "19/4/2017")
    hidden = make_document(register, "17/2017/QĐ-UBND", "20/4/2017")
    restricted_paths()
    restrict_elsewhere(hidden)
    open_data.write("van-ban.csv.gz", lambda: None)
    with gzip.open(tmp_path / "van-ban.csv.gz", "rt", encoding="utf-8") as file:
        text = file.read()
    assert "16/2017/QĐ-UBND" in text
    assert "17/2017/QĐ-UBND" not in text


def test_promoted_page__is_not_shown_once_another_process_restricted_it(section):
    organisation = organisation_of(section)
    article = make_article(section, "Cầu")
    promotions = Promotions.objects.create(site=organisation.home_page.sites_rooted_here.get())
    PromotedResult.objects.create(promotions=promotions, phrases="cầu", title="Cầu", page=article.page_ptr)
    restricted_paths()
    assert promoted(organisation, "cầu", "vi")
    restrict_elsewhere(article)
    assert promoted(organisation, "cầu", "vi") == []


def test_confirmed__costs_the_same_for_one_hit_and_for_ten(section):
    pages = [make_article(section, f"Bài {number}") for number in range(10)]
    costs = []
    for number in (1, 10):
        hits = [{"id": str(page.pk)} for page in pages[:number]]
        with CaptureQueriesContext(connection) as captured:
            assert asking.still_public(hits) == hits
        costs.append(len(captured))
    assert costs[0] == costs[1]
    assert asking.still_public([]) == []


@pytest.mark.elasticsearch
def test_hit__that_is_not_public_any_more_is_shown_nowhere(server, section, client):
    publish(section, "Cầu Cổ Lũy")
    hidden = publish(section, "Cầu nội bộ Kín7Q")
    drain_all(server)
    restrict_elsewhere(hidden)
    page = client.get("/tim-kiem/", {"q": "cầu"}, headers=HOST)
    assert [hit["title"] for hit in page.context["hits"]] == ["Cầu Cổ Lũy"]
    assert page.context["answer"].total == 1
    assert "Kín7Q" not in page.content.decode()
    answer = client.get("/api/tim-kiem/", {"q": "cầu"}, headers=HOST).json()
    assert (answer["total"], [row["title"] for row in answer["results"]]) == (1, ["Cầu Cổ Lũy"])
    assert client.get("/api/goi-y/", {"q": "cầu n"}, headers=HOST).json() == []
    assert query.suggest(server, "cầu n")


@pytest.mark.elasticsearch
@pytest.mark.parametrize("change", ["draft", "deleted", "expired"])
def test_hit__of_a_page_that_went_while_the_worker_was_away(server, section, client, change):
    page = publish(section, "Cầu Cổ Lũy")
    drain_all(server)
    if change == "deleted":
        page.delete()
    else:
        Page.objects.filter(pk=page.pk).update(**{"live": False} if change == "draft" else {"expired": True})
    assert client.get("/api/tim-kiem/", {"q": "cầu"}, headers=HOST).json()["results"] == []


@pytest.mark.elasticsearch
def test_index__of_a_site_that_is_held_back_and_opened_is_right_without_upkeep(server, section):
    organisation = organisation_of(section)
    publish(section, "Cầu")
    english_home(organisation)
    drain_all(server)
    restriction = PageViewRestriction.objects.create(page=organisation.home_page, restriction_type="login")
    drain_all(server)
    assert differences(server).indexed == 0 or "soxaydung" not in str(query.ask(server, query_for("cầu")).hits)
    restriction.delete()
    drain_all(server)
    found = differences(server)
    assert (found.missing, found.extra, found.changed) == (set(), set(), set())


def query_for(words):
    return Question(words=words)
