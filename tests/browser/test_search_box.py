"""Suggestions while typing, as a keyboard and a screen reader meet them."""

import pytest

from tests.factories import make_article, make_organisation, make_section

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def home(restored_root, live_server, settings):
    agency = make_organisation("soxaydung", "Sở Xây dựng")
    section = make_section(agency)
    for title in ("Cấp giấy phép xây dựng", "Gia hạn giấy phép xây dựng"):
        make_article(section, title)
    # Addresses in answers name the port that the portal is served at.
    settings.PORT = port = int(live_server.url.rsplit(":", 1)[1])
    return f"http://soxaydung.localhost:{port}/"


def test_box__is_a_combobox_by_keyboard(browser, home):
    page = browser.new_page()
    page.goto(home)
    box = page.get_by_role("combobox", name="Tìm trên Cổng thông tin")
    box.focus()
    assert box.get_attribute("aria-expanded") == "false"
    box.press_sequentially("giay phep")
    page.get_by_role("option").first.wait_for()
    assert page.get_by_role("option").count() == 2
    assert box.get_attribute("aria-expanded") == "true"
    assert "2 gợi ý" in page.locator(".search [role=status]").inner_text()
    page.keyboard.press("ArrowDown")
    chosen = page.locator("[role=option][aria-selected=true]")
    assert box.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    page.keyboard.press("ArrowUp")
    assert chosen.count() == 0
    page.keyboard.press("ArrowUp")
    assert chosen.get_attribute("id") == "goi-y-1"
    page.keyboard.press("Escape")
    assert page.get_by_role("option").count() == 0
    assert box.input_value() == "giay phep"
    page.keyboard.press("ArrowDown")
    title = chosen.inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url != home)
    assert page.locator("h1").inner_text() == title


def test_box__without_script_is_a_form(browser, home):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(home)
    page.get_by_label("Tìm trên Cổng thông tin").fill("giay phep")
    page.keyboard.press("Enter")
    page.locator(".hit").nth(1).wait_for()
    assert page.locator(".hit").count() == 2
    context.close()
