"""The home page in a real browser, at the width of a desk and of a phone."""

import os
import shutil

import pytest
from playwright.sync_api import sync_playwright

from tests.factories import make_organisation

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def browser(monkeypatch):
    # Playwright's sync interface runs a loop of its own, which Django takes for an async caller.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    executable = shutil.which("chromium") or shutil.which("google-chrome")
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=arguments)
        yield chromium
        chromium.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_home__shown_without_sideways_scrolling(browser, live_server, restored_root, width):
    make_organisation("soxaydung", "Sở Xây dựng")
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(live_server.url.replace("localhost", "soxaydung.localhost").replace("127.0.0.1", "soxaydung.localhost"))
    assert page.locator("h1").inner_text() == "Sở Xây dựng"
    assert page.evaluate("document.documentElement.scrollWidth") <= width
