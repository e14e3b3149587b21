"""Passes let people who signed in to the admin read what is not for everybody on a site, and do nothing else there."""

from urllib.parse import urlsplit

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from home.frame import frame_of
from home.passes import COOKIE, PassMiddleware
from tests.client import PortalClient
from tests.factories import make_article, make_moderated_portal

SITE = {"host": "soxaydung.localhost"}


@pytest.fixture
def portal(db):
    portal = make_moderated_portal()
    PageViewRestriction.objects.create(
        page=portal.building.home_page.page_ptr, restriction_type=PageViewRestriction.LOGIN
    )
    return portal


def letter_for(person, wanted="/", host="soxaydung.localhost"):
    """Where the admin's host sends the person back to."""
    at_work = PortalClient()
    at_work.force_login(person)
    return at_work.get("/admin/vao-xem/", {"trang": host, "next": wanted})


def open_letter(browser, answer):
    address = urlsplit(answer.headers["Location"])
    return browser.get(f"{address.path}?{address.query}", headers={"host": address.hostname})


def test_site_not_open_yet__is_read_with_a_pass(portal):
    browser = Client()
    assert "đang được chuẩn bị" in browser.get("/", headers=SITE).content.decode()
    open_letter(browser, letter_for(portal.editor))
    assert "đang được chuẩn bị" not in browser.get("/", headers=SITE).content.decode()


def test_pass__is_never_kept_by_a_cache_for_others(portal, settings):
    settings.PUBLIC_CACHE_SECONDS = 60
    browser = Client()
    open_letter(browser, letter_for(portal.editor))
    assert "private" in browser.get("/", headers=SITE).headers["Cache-Control"]


def test_asking__leads_to_the_host_of_the_admin_and_back(portal):
    there = Client().get("/vao-xem/?next=/tin-tuc/", headers=SITE).headers["Location"]
    assert there == "http://quantri.localhost:8000/admin/vao-xem/?trang=soxaydung.localhost&next=%2Ftin-tuc%2F"
    browser = Client()
    assert open_letter(browser, letter_for(portal.editor, "/tin-tuc/")).headers["Location"] == "/tin-tuc/"


def test_who_has_not_signed_in__is_asked_to(portal):
    answer = PortalClient().get("/admin/vao-xem/", {"trang": "soxaydung.localhost"})
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/admin/login/")


@pytest.mark.parametrize(
    "wanted", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", ""]
)
def test_way_back__stays_on_the_site(portal, wanted):
    assert open_letter(Client(), letter_for(portal.editor, wanted)).headers["Location"] == "/"


@pytest.mark.parametrize("host", ["evil.example", "quantri.localhost", "", "soxaydung.localhost@evil.example"])
def test_letter__goes_to_sites_only(portal, host):
    assert letter_for(portal.editor, host=host).status_code == 404


def test_letter__of_one_site_opens_no_other(portal):
    path = urlsplit(letter_for(portal.editor).headers["Location"]).path
    browser = Client()
    answer = browser.get(path, headers={"host": "soyte.localhost"})
    assert answer.headers["Location"] == "/vao-xem/?next=%2F"
    assert COOKIE not in browser.cookies


def test_letter__of_yesterday_is_asked_for_again(portal, monkeypatch):
    answer = letter_for(portal.editor)
    monkeypatch.setattr("home.passes.LETTER_SECONDS", -1)
    assert open_letter(Client(), answer).headers["Location"].startswith("/vao-xem/")


def test_forged_pass__is_nobody(portal):
    browser = Client()
    browser.cookies[COOKIE] = "WzEsIngiXQ:1abc:xyz"
    assert "đang được chuẩn bị" in browser.get("/", headers=SITE).content.decode()


@pytest.mark.parametrize("change", ["suspended", "password"])
def test_pass__ends_with_the_account_and_with_the_password(portal, change):
    browser = Client()
    open_letter(browser, letter_for(portal.editor))
    if change == "suspended":
        portal.editor.is_active = False
    else:
        portal.editor.set_password("mot-mat-khau-khac-han")
    portal.editor.save()
    assert "đang được chuẩn bị" in browser.get("/", headers=SITE).content.decode()


def test_pass__reads_and_does_nothing_else(portal, rf):
    browser = Client()
    open_letter(browser, letter_for(portal.editor))
    seen = []
    for method in ("get", "post"):
        request = getattr(rf, method)("/")
        request.COOKIES[COOKIE] = browser.cookies[COOKIE].value
        request.user, request.frame = "nobody", frame_of("soxaydung.localhost")
        PassMiddleware(lambda asked: seen.append(asked.user))(request)
    assert seen == [portal.editor, "nobody"]


def test_draft__is_not_let_out_by_a_pass(portal):
    draft = make_article(portal.section, "Bài nháp", live=False)
    browser = Client()
    open_letter(browser, letter_for(portal.editor))
    assert browser.get(f"/tin-tuc/{draft.slug}/", headers=SITE).status_code == 404
