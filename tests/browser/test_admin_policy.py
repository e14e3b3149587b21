"""The admin under its strict policy: what Wagtail starts by scripts in the page still starts, and previews come from the site's host."""

from io import StringIO

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from news.models import NewsSectionPage
from tests.browser.people import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def portal(address, restored_root, settings):
    call_command("load_portal", stdout=StringIO())
    settings.DEBUG = True
    call_command("create_demo_users", stdout=StringIO())
    settings.DEBUG = False
    return address


@pytest.fixture
def editor(browser, portal):
    person = Person(browser, portal, "editor.soxaydung")
    person.faults = []
    person.page.on("pageerror", lambda error: person.faults.append(str(error)))
    return person


def test_form_of_an_article__starts_under_the_policy(editor):
    section = NewsSectionPage.objects.get(slug="tin-tuc", url_path__contains="/soxaydung/")
    page = editor.open(f"/admin/pages/add/news/newspage/{section.pk}/")
    expect(page.locator("script[data-start]")).to_have_count(0)
    before = page.locator("#id_bylines-FORMS > *").count()
    page.locator("#id_bylines-ADD").click()
    expect(page.locator("#id_bylines-FORMS > *")).to_have_count(before + 1)
    page.locator("[data-chooser-action-choose]:visible").first.click()
    expect(page.locator(".modal-dialog, dialog[open]").first).to_be_visible()
    assert editor.faults == []
    assert editor.refused == []


def test_calendar_of_a_day__opens_under_the_policy(browser, portal):
    manager = Person(browser, portal, "manager.soxaydung")
    page = manager.open("/admin/thong-bao-khan/new/")
    page.locator("#id_starts").click()
    expect(page.locator(".xdsoft_datetimepicker:visible")).to_have_count(1)
    assert manager.refused == []


def test_preview_panel__shows_the_page_from_the_host_of_the_site(editor):
    section = NewsSectionPage.objects.get(slug="tin-tuc", url_path__contains="/soxaydung/")
    page = editor.open(f"/admin/pages/add/news/newspage/{section.pk}/")
    page.fill("#id_title", "Bài xem trước")
    page.fill("#id_lead", "Sapo của bài xem trước.")
    page.locator("[data-side-panel-toggle=preview], button[aria-label*='xem trước' i]").first.click()
    frame = page.frame_locator("iframe[data-preview-iframe], iframe#w-preview-iframe, .w-preview iframe").first
    expect(frame.locator("h1")).to_contain_text("Bài xem trước", timeout=15_000)
    shown = [one.url for one in page.frames if "/xem-truoc/" in one.url]
    assert shown
    assert all(url.startswith("http://soxaydung.localhost:") for url in shown)
    assert editor.faults == []
    assert editor.refused == []
