"""A document in a real browser: typed and handed in, in force, replaced by another, and back when that one is taken down.

With STORY_PICTURES naming a folder, the pictures of docs/documents.md are taken on the way.
"""

import os
from io import StringIO

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from documents.models import DocumentPage, DocumentRegisterPage
from tests.browser.people import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PICTURES = os.environ.get("STORY_PICTURES", "")
OLD, NEW = "16/2017/QĐ-SXD", "5/2018/QĐ-SXD"


@pytest.fixture
def portal(address, restored_root, settings):
    """The 35 sites as `make demo` opens them, on the address of the test's server."""
    call_command("load_portal", stdout=StringIO())
    settings.DEBUG = True
    call_command("create_demo_users", stdout=StringIO())
    settings.DEBUG = False
    return address


def write(editor, number, issued, abstract, replaces="", picture=""):
    """The editor fills in a document and hands it in; kind and body are what the number says while it is typed."""
    register = DocumentRegisterPage.objects.get(url_path__contains="/soxaydung/")
    page = editor.open(f"/admin/pages/add/documents/documentpage/{register.pk}/")
    page.fill("#id_issued", issued)
    page.keyboard.press("Escape")
    page.locator("#id_number").press_sequentially(number.lower().replace("16/", "016/"), delay=10)
    expect(page.get_by_text("Quyết định, năm").first).to_be_visible()
    expect(page.locator("#id_kind")).to_have_value("quyet-dinh")
    page.fill("#id_abstract", abstract)
    page.select_option("#id_document_issuers-0-issuer", label="Sở Xây dựng")
    if replaces:
        page.locator("#id_relations-ADD").click()
        page.select_option("#id_relations-0-kind", label="Thay thế")
        page.fill("#id_relations-0-target_number", replaces)
    if picture:
        editor.shoot(PICTURES, picture)
    editor.press_action("action-submit")
    return DocumentPage.objects.latest("pk")


def status_at(reader, address):
    assert reader.goto(address).status == 200
    return reader.locator(".status").first.inner_text()


def test_document__in_force_then_replaced_and_back(browser, portal):
    editor = Person(browser, portal, "editor.soxaydung")
    approver = Person(browser, portal, "approver.soxaydung", width=390)
    reader = browser.new_page(viewport={"width": 390, "height": 844})
    site = portal.replace("localhost", "soxaydung.localhost")

    old = write(editor, OLD, "20/03/2017", "Về quản lý nhà ở xã hội", picture="8-nhap-van-ban")
    assert (old.live, old.number) == (False, "016/2017/QĐ-SXD")
    address = f"{site}/van-ban/{old.slug}/"
    assert reader.goto(address).status == 404
    approver.decide("016/2017/QĐ-SXD", "Duyệt")
    assert status_at(reader, address) == "Còn hiệu lực"

    new = write(editor, NEW, "01/02/2018", "Thay thế quy định về nhà ở xã hội", replaces="16/2017/qđ-sxd")
    assert status_at(reader, address) == "Còn hiệu lực"
    approver.decide(NEW, "Duyệt")
    assert status_at(reader, address) == "Hết hiệu lực toàn bộ"
    expect(reader.get_by_text("Bị thay thế bởi")).to_be_visible()
    if PICTURES:
        reader.screenshot(path=f"{PICTURES}/9-het-hieu-luc-dien-thoai.png", full_page=True)
    reader.goto(f"{site}/van-ban/?so=16/2017")
    assert reader.locator(".register .status").inner_text() == "Hết hiệu lực toàn bộ"
    reader.goto(f"{site}/van-ban/?so=16/2017&ngay=31/01/2018")
    assert reader.locator(".register .status").inner_text() == "Còn hiệu lực"

    page = editor.open(f"/admin/go-xuong/{new.pk}/")
    page.fill("#id_note", "Đăng nhầm bản chưa ký")
    page.get_by_role("button", name="Đề nghị gỡ xuống").click()
    approver.decide(NEW, "Duyệt")
    assert status_at(reader, address) == "Còn hiệu lực"


def test_double__is_named_while_it_is_typed(browser, portal):
    editor = Person(browser, portal, "editor.soxaydung")
    write(editor, OLD, "20/03/2017", "Về quản lý nhà ở xã hội")
    register = DocumentRegisterPage.objects.get(url_path__contains="/soxaydung/")
    page = editor.open(f"/admin/pages/add/documents/documentpage/{register.pk}/")
    page.locator("#id_number").press_sequentially("16/2017/QÐ-SXD", delay=10)
    expect(page.get_by_text("Có thể trùng với").first).to_be_visible()
