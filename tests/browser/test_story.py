"""The main job in a real browser: from an editor's desk at Sở Xây dựng to the province's home page, and back down.

With STORY_PICTURES naming a folder, the pictures of docs/story.md are taken on the way.
"""

import os
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command
from playwright.sync_api import expect

from news.models import NewsPage, NewsSectionPage
from organisations.models import Membership, Organisation, Role
from tests.browser.people import PASSWORD, Person
from tests.factories import make_person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TITLE = "Khởi công cầu Trà Khúc 3"
PICTURES = os.environ.get("STORY_PICTURES", "")


@pytest.fixture
def portal(address, restored_root, settings):
    """The 35 sites as `make demo` opens them, on the address of the test's server."""
    call_command("load_portal", stdout=StringIO())
    settings.DEBUG = True
    call_command("create_demo_users", stdout=StringIO())
    settings.DEBUG = False
    building = Organisation.objects.get(code="soxaydung")
    second = make_person("approver2.soxaydung", building, Role.APPROVER)
    second.set_password(PASSWORD)
    second.save()
    assert Membership.objects.filter(role=Role.APPROVER, organisation=building).count() == 2
    return address


def write_article(editor):
    """The editor writes a lead and hands the article in."""
    section = NewsSectionPage.objects.get(slug="tin-tuc", url_path__contains="/soxaydung/")
    page = editor.open(f"/admin/pages/add/news/newspage/{section.pk}/")
    page.fill("#id_title", TITLE)
    page.fill("#id_lead", "Sáng 12/11, Sở Xây dựng khởi công cầu Trà Khúc 3, nối hai bờ sông Trà.")
    editor.shoot(PICTURES, "1-viet-bai")
    editor.press_action("action-submit")
    return NewsPage.objects.get(title=TITLE)


def mend_article(editor, article):
    """Back at the desk: read why it came back, mend it, hand it in again."""
    page = editor.open(f"/admin/pages/{article.pk}/edit/")
    expect(page.get_by_text("Thiếu ngày hoàn thành dự kiến").first).to_be_visible()
    editor.shoot(PICTURES, "3-bi-tra-lai")
    page.fill("#id_lead", "Sáng 12/11, Sở Xây dựng khởi công cầu Trà Khúc 3, dự kiến hoàn thành tháng 12/2020.")
    editor.press_action("action-submit")


def test_article__from_the_editor_to_the_home_page_and_down_again(browser, portal):
    editor = Person(browser, portal, "editor.soxaydung")
    article = write_article(editor)
    assert not article.live
    assert {m.to[0] for m in mail.outbox} == {"approver.soxaydung@localhost", "approver2.soxaydung@example.org"}

    approver = Person(browser, portal, "approver.soxaydung", width=390)
    assert "Sở Xây dựng" in approver.queue()
    assert approver.page.evaluate("document.documentElement.scrollWidth") <= 390
    approver.shoot(PICTURES, "2-hang-cho-dien-thoai")
    assert TITLE not in Person(browser, portal, "approver.soyte").queue()
    approver.decide(TITLE, "Trả lại", "Thiếu ngày hoàn thành dự kiến")
    assert mail.outbox[-1].to == ["editor.soxaydung@localhost"]

    mend_article(editor, article)
    Person(browser, portal, "approver2.soxaydung").decide(TITLE, "Duyệt")
    address = portal.replace("localhost", "soxaydung.localhost") + f"/tin-tuc/{NewsPage.objects.get(title=TITLE).slug}/"
    reader = browser.new_page()
    assert reader.goto(address).status == 200
    expect(reader.locator("h1")).to_have_text(TITLE)

    page = editor.open(f"/admin/len-trang-chu/{article.pk}/")
    page.fill("#id_note", "Công trình trọng điểm của tỉnh")
    editor.shoot(PICTURES, "4-de-nghi-len-trang-chu")
    page.get_by_role("button", name="Đề nghị lên trang chủ của tỉnh").click()
    Person(browser, portal, "secretary.quangngai").decide(TITLE, "Duyệt")
    board = Person(browser, portal, "board.quangngai", width=390)
    board.open("/admin/cho-duyet/").get_by_role("link", name=TITLE).first.click()
    board.shoot(PICTURES, "5-ban-bien-tap-dien-thoai")
    board.decide(TITLE, "Duyệt")

    reader.goto(portal)
    link = reader.get_by_role("link", name=TITLE).first
    assert link.get_attribute("href") == address
    if PICTURES:
        reader.screenshot(path=f"{PICTURES}/6-trang-chu.png")

    page = editor.open(f"/admin/go-xuong/{article.pk}/")
    page.fill("#id_note", "Chủ đầu tư đổi ngày khởi công")
    page.fill("#id_public_reason", "Thông tin về ngày khởi công đã thay đổi.")
    page.get_by_role("button", name="Đề nghị gỡ xuống").click()
    approver.decide(TITLE, "Duyệt")
    assert reader.goto(address).status == 410
    expect(reader.get_by_text("Thông tin về ngày khởi công đã thay đổi.")).to_be_visible()
    if PICTURES:
        reader.screenshot(path=f"{PICTURES}/7-da-go.png")
    reader.goto(portal)
    assert reader.get_by_role("link", name=TITLE).count() == 0
