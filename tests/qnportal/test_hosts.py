"""Which host answers what: the admin and its files on one, sites on theirs, health everywhere."""

import re

import pytest
from django.test import Client
from django.urls import get_resolver

from organisations.models import Role
from tests.factories import make_moderated_portal, make_person

ADMIN = {"host": "quantri.localhost"}
SITE = {"host": "soxaydung.localhost"}


@pytest.fixture
def portal(db):
    return make_moderated_portal()


def admin_addresses():
    """Every address below /admin/ that is registered, its parameters filled with ones."""

    def walk(patterns, prefix):
        for pattern in patterns:
            route = prefix + str(pattern.pattern)
            if hasattr(pattern, "url_patterns"):
                yield from walk(pattern.url_patterns, route)
            else:
                yield route

    routes = [route for route in walk(get_resolver().url_patterns, "") if route.startswith("admin/")]
    plain = [re.sub(r"<[^>]*>|\(\?P<\w+>[^)]*\)|[\^$\\]", "1", route) for route in routes]
    return [f"/{route}" for route in plain]


def test_admin__is_nowhere_but_on_its_host(portal):
    browser = Client()
    browser.force_login(make_person("nguoi-van-hanh", portal.province, Role.OPERATOR))
    addresses = admin_addresses()
    assert len(addresses) > 200
    assert {browser.get(address, headers=SITE).status_code for address in addresses} == {404}
    assert browser.post("/admin/login/", {}, headers=SITE).status_code == 404
    assert browser.get("/admin/", headers=ADMIN).status_code == 200


@pytest.mark.parametrize("address", ["/./admin/", "/en/admin/", "/ADMIN/", "/%61dmin/"])
def test_admin__is_not_reached_by_another_spelling(portal, address):
    assert Client().get(address, headers=SITE).status_code == 404


@pytest.mark.parametrize("address", ["/tim-kiem/", "/en/", "/rss.xml", "/van-ban/", "/sitemap.xml", "/xem-truoc/x/"])
def test_pages__are_not_on_the_host_of_the_admin(portal, address):
    assert Client().get(address, headers=ADMIN).status_code == 404


def test_host_of_the_admin__leads_to_the_admin(portal):
    assert Client().get("/", headers=ADMIN).headers["Location"] == "/admin/"


def test_letter_of_invitation__is_read_on_the_host_of_the_admin(portal):
    assert Client().get("/loi-moi/x/", headers=ADMIN).status_code == 410
    assert Client().get("/loi-moi/x/", headers=SITE).status_code == 404


@pytest.mark.parametrize(
    "name", ["wagtailadmin/js/core.js", "home/admin.css", "wagtailadmin/css/core.css", "../static/x"]
)
def test_static_files_of_the_admin__are_not_on_other_hosts(portal, name):
    assert Client().get(f"/static/{name}", headers=SITE).status_code == 404


def test_full_name_with_a_dot__is_the_same_host(portal):
    assert Client().get("/", headers={"host": "soxaydung.localhost."}).status_code == 200
    assert Client().get("/admin/", headers={"host": "quantri.localhost."}).status_code == 302


@pytest.mark.parametrize("host", ["127.0.0.1", "10.1.2.3", "localhost.", "x_y.localhost", "quantri.localhost"])
def test_health__whatever_the_host(db, host):
    assert Client().get("/healthz", headers={"host": host}).status_code == 200
    assert Client().get("/readyz", headers={"host": host}).status_code == 200
    assert Client().post("/healthz", headers={"host": host}).status_code == 405


@pytest.mark.parametrize("host", ["khong-co.localhost", "evil.example", "x_y.localhost", "localhost:port"])
def test_unknown_host__is_refused(portal, host):
    assert Client().get("/", headers={"host": host}).status_code == 404


def directives(response):
    parts = (part.split() for part in response.headers["Content-Security-Policy"].split(";"))
    return {name: values for name, *values in parts}


def test_policy_of_public_pages__lets_no_script_of_the_admin_run(portal):
    policy = directives(Client().get("/", headers=SITE))
    assert policy["script-src"] == ["http://soxaydung.localhost:8000/static/js/"]
    assert policy["base-uri"] == ["'none'"]
    assert policy["object-src"] == ["'none'"]
    assert policy["require-trusted-types-for"] == ["'script'"]
    assert not [value for values in policy.values() for value in values if "unsafe" in value]


def test_policy_of_the_admin__lets_nothing_inline_run(portal):
    policy = directives(Client().get("/admin/login/", headers=ADMIN))
    assert policy["script-src"] == policy["style-src-elem"] == ["'self'"]
    assert policy["base-uri"] == ["'none'"]


@pytest.mark.parametrize("address", ["/", "/khong-co/", "/rss.xml", "/robots.txt", "/tim-kiem/"])
def test_headers__are_on_every_answer(portal, address):
    response = Client().get(address, headers=SITE)
    assert "Content-Security-Policy" in response.headers
    assert "camera=()" in response.headers["Permissions-Policy"]
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-site"
    assert response.headers.get("Vary", "").lower().split(", ").count("cookie") <= 1


class TestNothingInline:
    """The admin's pages bring no script that the policy would stop."""

    SCRIPT = re.compile(
        r"<script(?![^>]*\bsrc=)(?![^>]*type=\"(?:application/json|text/x-template|text/template)\")[^>]*>"
    )
    HANDLER = re.compile(r"<[a-z][^>]*\son(?:click|load|error|change|submit|input)\s*=", re.IGNORECASE)

    @pytest.mark.parametrize(
        "path",
        [
            "/admin/",
            "/admin/pages/",
            "/admin/images/",
            "/admin/documents/",
            "/admin/reports/site-history/",
            "/admin/account/",
            "/admin/cho-duyet/",
            "/admin/cac-trang/",
            "/admin/redirects/",
        ],
    )
    def test_screen(self, client, portal, path):
        client.force_login(make_person("nguoi-van-hanh", portal.province, Role.OPERATOR))
        self.check(client.get(path))

    @pytest.mark.parametrize("kind", ["news/newspage", "home/standardpage", "documents/documentregisterpage"])
    def test_form_of_a_page(self, client, portal, kind):
        client.force_login(make_person("nguoi-van-hanh", portal.province, Role.OPERATOR))
        above = portal.section if kind == "news/newspage" else portal.building.home_page
        self.check(client.get(f"/admin/pages/add/{kind}/{above.pk}/"))

    def check(self, response):
        assert response.status_code == 200
        html = response.content.decode()
        assert self.SCRIPT.findall(html) == []
        assert self.HANDLER.findall(html) == []
