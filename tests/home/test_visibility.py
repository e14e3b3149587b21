"""What is restricted stays out of every list, whether a few pages are or the trees of a hundred sites."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction

from home import visibility
from home.kept import forget
from home.visibility import unrestricted
from news.models import NewsPage
from tests.factories import make_article, make_organisation, make_section

pytestmark = pytest.mark.django_db


@pytest.fixture
def sections():
    forget()
    return [make_section(make_organisation(f"so{number}", f"Sở số {number}")) for number in range(4)]


def restrict(page):
    PageViewRestriction.objects.create(page=page, restriction_type="login")


@pytest.mark.parametrize("few", [8, 1])
def test_unrestricted__trees_and_single_pages_alike(sections, monkeypatch, few):
    monkeypatch.setattr(visibility, "FEW", few)
    articles = [make_article(section, f"Bài {number}") for number, section in enumerate(sections)]
    restrict(sections[0].get_parent())
    restrict(sections[1])
    restrict(articles[2])
    shown = Page.objects.filter(unrestricted(), pk__in=[article.pk for article in articles])
    assert list(shown) == [articles[3].page_ptr]
    joined = NewsPage.objects.filter(unrestricted("section__"))
    assert set(joined) == {articles[2], articles[3]}


def test_unrestricted__a_hundred_sites_are_one_list(sections):
    for number in range(30):
        restrict(make_section(sections[0].get_parent().specific.organisation, f"Mục {number}"))
    with CaptureQueriesContext(connection) as captured:
        list(Page.objects.filter(unrestricted()).values_list("pk"))
    assert captured[-1]["sql"].count("LIKE") == 0
    assert captured[-1]["sql"].count("LEFT(") == 1
