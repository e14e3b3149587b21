"""No Vietnamese sentence stands on an English page, whatever its type, but what is marked as quoted Vietnamese."""

import ast
import json
import re
from pathlib import Path

import polib
import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from wagtail.models import Site

from commune_sites.features import copy_to_english
from documents.models import DocumentRegisterPage, Issuer
from home.kept import forget
from home.models import OrganisationProfilePage, SiteSettings, StandardPage
from news.models import Category, NewsPage
from organisations.models import Organisation
from tests.documents.support import make_document
from tests.factories import make_alert, make_article
from translation.checks import MARKED

from .support import make_edition

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.django_db


@pytest.fixture
def portal():
    cache.clear()
    portal = make_edition()
    Organisation.objects.update(name_en="Department of Construction", short_en="Construction")
    category = Category.objects.create(name="Xây dựng", name_en="Construction", slug="xay-dung")
    english = {"locale": portal.english}
    article = make_article(
        portal.section_en, "A new bridge", slug="bridge", lead="Work has begun.", category=category, **english
    )
    make_article(portal.section_en, "Pictures", slug="pictures", lead="Seen.", genre="anh", **english)
    article.body = [("paragraph", "<p>Text.</p>"), ("heading", "More"), ("quote", {"text": "Good.", "speaker": "A"})]
    article.save_revision().publish()
    about = portal.home.add_child(
        instance=StandardPage(title="About", slug="about", lead="All about it.", show_in_menus=True, **english)
    )
    about.add_child(
        instance=OrganisationProfilePage(
            title="Department of Construction",
            slug="soxaydung",
            about=portal.building,
            functions="<p>It builds.</p>",
            structure="<ul><li>Office</li></ul>",
            contact="<p>Write to it.</p>",
            **english,
        )
    )
    register = portal.home.add_child(
        instance=DocumentRegisterPage(title="Documents", slug="documents", show_in_menus=True, **english)
    )
    make_document(register, "1/QĐ-UBND", "1/1/2018", issuers=["UBND tỉnh"], abstract="On planning", title="On planning")
    Issuer.objects.update(name_en="Provincial People's Committee")
    own = copy_to_english(portal.building.home_page)
    own.title = "Department of Construction"
    own.save_revision().publish()
    make_alert(portal.province, "Bão số 14 vào gần bờ", cascades=True)
    site = Site.objects.get(root_page=portal.province.home_page)
    SiteSettings.objects.create(
        site=site, official_name="Cổng thông tin điện tử tỉnh Quảng Ngãi", address="52 Hùng Vương", telephone="1022"
    )
    forget()
    return portal


PATHS = [
    "/en/",
    "/en/news/",
    "/en/news/?linh-vuc=xay-dung",
    "/en/news/bridge/",
    "/en/news/bridge/?in",
    "/en/news/pictures/",
    "/en/about/",
    "/en/about/soxaydung/",
    "/en/documents/",
    "/en/search/",
    "/en/search/?q=bridge",
    "/en/search/?q=zzzz",
    "/en/khong-co/",
    "/en/news/?trang=99",
    "/en/news/?thang=khongdung",
]


def vietnamese_in(text):
    """Words of a text that are Vietnamese and no names, which begin with capitals."""
    return [word for word in re.findall(r"[^\W\d_]+", text) if word[0].islower() and MARKED.search(word)]


def leaks(body):
    """Vietnamese in what a reader of the page meets: texts and spoken labels, without what is marked lang="vi"."""
    page = BeautifulSoup(body, "html.parser")
    texts = [json.dumps(json.loads(data.string), ensure_ascii=False) for data in page.select("[type$='ld+json']")]
    for quoted in page.select("[lang=vi], script, style"):
        quoted.decompose()
    texts += page.stripped_strings
    for name in ("aria-label", "title", "alt", "placeholder", "content"):
        texts += [element[name] for element in page.select(f"[{name}]")]
    return [text for text in texts if vietnamese_in(text)]


@pytest.mark.parametrize("path", PATHS)
def test_page__is_english_throughout(portal, client, path):
    response = client.get(path, headers={"host": "quangngai.localhost"})
    assert response.status_code in (200, 404)
    body = response.content.decode()
    assert '<html lang="en"' in body
    assert leaks(body) == []


def test_document__is_english_throughout(portal, client):
    page = DocumentRegisterPage.objects.get(slug="documents").get_children().get()
    body = client.get(page.get_url_parts()[2], headers={"host": "quangngai.localhost"}).content.decode()
    assert leaks(body) == []


def test_names_without_english__are_marked_as_vietnamese(portal, client):
    Issuer.objects.update(name_en="")
    cache.clear()
    body = client.get("/en/documents/", headers={"host": "quangngai.localhost"}).content.decode()
    assert '<span lang="vi">UBND tỉnh</span>' in body
    assert leaks(body) == []


def test_component_home__is_english_throughout(portal, client):
    response = client.get("/en/", headers={"host": "soxaydung.localhost"})
    assert response.status_code == 200
    assert leaks(response.content.decode()) == []


@pytest.mark.parametrize("path", ["/en/rss.xml", "/en/news/rss.xml"])
def test_feed__is_english(portal, client, path):
    response = client.get(path, headers={"host": "quangngai.localhost"})
    body = response.content.decode()
    assert response.status_code == 200
    assert "<language>en</language>" in body
    assert vietnamese_in(BeautifulSoup(body, "html.parser").get_text(" ")) == []


PUBLIC = [
    *["home/alternates.py", "home/context.py", "home/directory.py", "home/quick_links.py", "home/sitemaps.py"],
    *["home/structured.py", "home/templatetags/portal.py", "news/article.py", "news/feeds.py", "news/listing.py"],
    *["documents/feeds.py", "documents/finding.py", "documents/kinds.py", "documents/status.py", "news/links.py"],
    *["documents/document_screen.py", "search/forms.py", "search/views.py"],
    *["translation/notices.py", "qnportal/security.py"],
]


@pytest.mark.parametrize("path", PUBLIC)
def test_sentences_of_the_code__have_their_english(path):
    catalogue = {entry.msgid for entry in polib.pofile(ROOT / "locale/en/LC_MESSAGES/django.po") if entry.translated()}
    calls = [node for node in ast.walk(ast.parse((ROOT / path).read_text())) if isinstance(node, ast.Call)]
    said = {
        node.args[0].value
        for node in calls
        if isinstance(node.func, ast.Name)
        and node.func.id in {"_", "gettext", "gettext_lazy", "ngettext"}
        and isinstance(node.args[0], ast.Constant)
    }
    assert said - catalogue == set()


def test_section__lists_english_articles_only(portal, client):
    make_article(portal.section_en, "Nothing here", slug="nothing", live=False, locale=portal.english)
    body = client.get("/en/news/", headers={"host": "quangngai.localhost"}).content.decode()
    assert "A new bridge" in body
    assert "Khởi công" not in body
    assert "Nothing here" not in body


def test_switch__leads_to_the_nearest_page_that_exists(portal, client):
    def other(path, language):
        body = client.get(path, headers={"host": "quangngai.localhost"}).content.decode()
        return BeautifulSoup(body, "html.parser").select_one(f".topbar__links a[hreflang={language}]")["href"]

    untranslated = NewsPage.objects.get(pk=portal.article.pk)
    assert other(untranslated.get_url_parts()[2], "en").endswith("/en/news/")
    assert other("/en/news/bridge/", "vi").endswith("/thoi-su/")
    assert other("/en/about/", "vi").rstrip("/").endswith("quangngai.localhost:8000") or other("/en/about/", "vi") in (
        "/",
        "http://quangngai.localhost:8000/",
    )


def test_hreflang__both_ways_for_plain_pages(portal, client):
    about = StandardPage.objects.get(slug="about")
    vietnamese = portal.province.home_page.add_child(instance=StandardPage(title="Giới thiệu", slug="gioi-thieu"))
    StandardPage.objects.filter(pk=about.pk).update(translation_key=vietnamese.translation_key)
    for path in ("/gioi-thieu/", "/en/about/"):
        body = client.get(path, headers={"host": "quangngai.localhost"}).content.decode()
        links = {
            link["hreflang"]: link["href"]
            for link in BeautifulSoup(body, "html.parser").select("link[rel=alternate][hreflang]")
        }
        assert links == {
            "vi": "http://quangngai.localhost:8000/gioi-thieu/",
            "en": "http://quangngai.localhost:8000/en/about/",
        }, path
