"""The home page in a real browser, at the width of a desk and of a phone."""

import pytest

from tests.factories import make_organisation

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [390, 1280])
def test_home__shown_without_sideways_scrolling(browser, live_server, restored_root, width):
    make_organisation("soxaydung", "Sở Xây dựng")
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(live_server.url.replace("localhost", "soxaydung.localhost").replace("127.0.0.1", "soxaydung.localhost"))
    assert page.locator("h1").inner_text() == "Sở Xây dựng"
    assert page.evaluate("document.documentElement.scrollWidth") <= width
