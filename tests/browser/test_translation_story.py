"""A translator in a real browser: from a new article to the live English page, and to its update.

With STORY_PICTURES naming a folder, the pictures of docs/english.md are taken on the way.
"""

import os
from io import StringIO

import pytest
from django.core.management import call_command
from playwright.sync_api import expect
from wagtail.models import Locale

from news.models import NewsPage, NewsSectionPage
from organisations.models import Organisation
from tests.browser.people import Person
from tests.factories import make_article
from translation.models import Term, Work

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PICTURES = os.environ.get("STORY_PICTURES", "")
BODY = [("paragraph", "<p>Cầu dài <b>250</b> m, do Ủy ban nhân dân tỉnh làm chủ đầu tư.</p>")]


@pytest.fixture
def portal(address, restored_root, settings):
    """The 35 sites as `make demo` opens them, with an English news section and a new Vietnamese article."""
    call_command("load_portal", stdout=StringIO())
    settings.DEBUG = True
    call_command("create_demo_users", stdout=StringIO())
    settings.DEBUG = False
    Term.objects.create(vi="Ủy ban nhân dân tỉnh", en="Provincial People's Committee", wrong="Popular Committee")
    province = Organisation.objects.get(code="quangngai")
    section = NewsSectionPage.objects.child_of(province.home_page).first()
    english = section.copy_for_translation(Locale.objects.get(language_code="en"))
    english.title, english.slug = "News", "news"
    english.save_revision().publish()
    article = make_article(section, "Khởi công cầu Trà Khúc 3", lead="Lễ khởi công diễn ra sáng nay.", body=BODY)
    article.save_revision().publish()
    return address


def fill(page, texts):
    """Type each English text into the field beside its Vietnamese."""
    for source, text in texts.items():
        page.locator(".tr-row", has_text=source).locator("textarea").fill(text)


def test_translation__from_a_new_article_to_its_update(portal, browser):
    translator, board = (Person(browser, portal, f"{role}.quangngai") for role in ("translator", "board"))
    page = translator.open("/admin/bien-dich/?xem=chua-dich")
    page.locator("tr", has_text="Khởi công cầu Trà Khúc 3").get_by_role("button", name="Dịch").click()
    expect(page.get_by_text("Provincial People's Committee").first).to_be_visible()
    fill(
        page,
        {"Khởi công cầu": "Work begins on Trà Khúc 3 bridge", "Lễ khởi công": "The ceremony was held this morning."},
    )
    fill(page, {"Cầu dài": "The bridge is long; the Popular Committee invests."})
    page.get_by_role("button", name="Lưu và trình duyệt").click()
    expect(page.get_by_text("Thiếu số 250")).to_be_visible()
    expect(page.get_by_text("không phải “Popular Committee”")).to_be_visible()
    translator.shoot(PICTURES, "10-ban-dich")
    right = "The bridge is <b>250</b> m long; the Provincial People's Committee is the investor."
    fill(page, {"Cầu dài": right})
    page.get_by_role("button", name="Lưu và trình duyệt").click()
    expect(page.get_by_text("Đã trình")).to_be_visible()

    reader = browser.new_page()
    address = f"{portal}/en/news/work-begins-on-tra-khuc-3-bridge/"
    assert reader.goto(address).status == 404
    board.decide("Work begins on Trà Khúc 3 bridge", "Duyệt")
    assert reader.goto(address).status == 200
    expect(reader.get_by_role("heading", level=1)).to_have_text("Work begins on Trà Khúc 3 bridge")

    article = NewsPage.objects.get(title="Khởi công cầu Trà Khúc 3")
    article.lead = "Lễ khởi công diễn ra sáng 15/8/2026."
    article.save_revision().publish()
    page = translator.open("/admin/bien-dich/?xem=thay-doi")
    page.get_by_role("link", name="Khởi công cầu Trà Khúc 3").click()
    page.get_by_role("button", name="Cập nhật theo bản tiếng Việt").click()
    fill(page, {"Lễ khởi công": "The ceremony was held on 15 August 2026."})
    page.get_by_role("button", name="Lưu và trình duyệt").click()
    expect(page.get_by_text("Đã trình")).to_be_visible()
    reader.goto(address)
    expect(reader.get_by_text("The ceremony was held this morning.")).to_be_visible()
    board.decide("Work begins on Trà Khúc 3 bridge", "Duyệt")
    reader.goto(address)
    expect(reader.get_by_text("The ceremony was held on 15 August 2026.")).to_be_visible()
    assert Work.objects.get().status == "done"
