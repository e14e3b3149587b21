"""The admin speaks Vietnamese throughout: what the packages lack, locale_wagtail has."""

import re
from html.parser import HTMLParser
from pathlib import Path

import django
import polib
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import SimpleTestCase, TestCase
from django.utils.translation import gettext, override

from tests.factories import make_article, make_moderated_portal, make_waiting_article

PLACEHOLDER = re.compile(r"%\(\w+\)[sdr]|%[sd]|\{\w*\}|</?\w+")
OURS = Path(settings.BASE_DIR, "locale_wagtail", "vi", "LC_MESSAGES")


def catalogues(language, domain):
    """Those of Django itself and of every installed app that is not ours."""
    apps_of_others = [Path(app.path) for app in apps.get_app_configs() if Path(app.path).parent != settings.BASE_DIR]
    for folder in (Path(django.__file__).parent / "conf", *apps_of_others):
        path = folder / "locale" / language / "LC_MESSAGES" / f"{domain}.po"
        if path.exists():
            yield path


def entries(path):
    return [entry for entry in polib.pofile(str(path)) if not entry.obsolete and entry.msgid]


def placeholders(text):
    """Without the name of the model, which Wagtail fills with None where it lists several."""
    return sorted(found for found in PLACEHOLDER.findall(text or "") if found != "%(model_name)s")


def key(entry):
    return entry.msgctxt, entry.msgid


class CatalogueTest(SimpleTestCase):
    def test_every_string__has_vietnamese(self):
        for domain in ("django", "djangojs"):
            wanted = {key(entry) for path in catalogues("en", domain) for entry in entries(path)}
            have = {key(entry) for path in catalogues("vi", domain) for entry in entries(path) if entry.translated()}
            have |= {key(entry) for entry in entries(OURS / f"{domain}.po")}
            self.assertGreater(len(wanted), 60)
            self.assertEqual(sorted(map(str, wanted - have)), [])

    def test_ours__keep_placeholders_tags_and_line_ends(self):
        for path in OURS.glob("*.po"):
            for entry in entries(path):
                text = entry.msgstr_plural[0] if entry.msgid_plural else entry.msgstr
                sources = [entry.msgid, entry.msgid_plural]
                self.assertTrue(text, entry.msgid)
                self.assertIn(placeholders(text), [placeholders(source) for source in sources], entry.msgid)
                self.assertEqual((text[0] == "\n", text[-1] == "\n"), (sources[0][0] == "\n", sources[0][-1] == "\n"))

    def test_ours__win_over_the_packages(self):
        with override("vi"):
            self.assertEqual(
                [gettext(text) for text in ("Publish", "Save Draft", "Collection")], ["Đăng", "Lưu nháp", "Kho tệp"]
            )


class VisibleText(HTMLParser):
    """Texts of an HTML page that a reader sees or hears."""

    def __init__(self):
        super().__init__()
        self.texts, self.hidden = set(), 0

    def handle_starttag(self, tag, attributes):
        self.hidden += tag in {"script", "style"}
        self.texts |= {value.strip() for name, value in attributes if name in {"aria-label", "title", "alt"} and value}

    def handle_endtag(self, tag):
        self.hidden -= tag in {"script", "style"}

    def handle_data(self, data):
        if not self.hidden:
            self.texts.add(" ".join(data.split()))


class ScreensTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_moderated_portal()
        cls.article = make_article(cls.portal.section, "Bài đang đăng", owner=cls.portal.editor)
        cls.waiting, _ = make_waiting_article(cls.portal, "Bài đang chờ")
        english = {entry.msgid for path in catalogues("en", "django") for entry in entries(path)}
        with override("vi"):
            cls.english = {text for text in english if gettext(text) != text and re.search("[a-z]{3}", text)}
        # What Python writes into counters that are not shown yet, and a language under its own name.
        cls.english -= {"None", "English"}

    def assert_vietnamese(self, user, addresses):
        self.client.force_login(user)
        for address in addresses:
            response = self.client.get(address, headers={"host": "localhost"})
            self.assertEqual(response.status_code, 200, address)
            reader = VisibleText()
            reader.feed(response.content.decode())
            self.assertEqual(reader.texts & self.english, set(), address)

    def test_editor__meets_no_english(self):
        page, section = self.article.pk, self.portal.section.pk
        self.assert_vietnamese(
            self.portal.editor,
            [
                "/admin/",
                f"/admin/pages/{section}/",
                f"/admin/pages/{page}/edit/",
                f"/admin/pages/{page}/history/",
                f"/admin/pages/{page}/usage/",
                f"/admin/pages/add/news/newspage/{section}/",
                "/admin/images/",
                "/admin/images/add/",
                "/admin/images/multiple/add/",
                "/admin/documents/",
                "/admin/documents/multiple/add/",
                "/admin/reports/aging-pages/",
                "/admin/account/",
                "/admin/tac-gia/",
                "/admin/pages/search/?q=b%C3%A0i",
            ],
        )

    def test_approver__meets_no_english(self):
        self.assert_vietnamese(self.portal.approver, ["/admin/cho-duyet/", f"/admin/pages/{self.waiting.pk}/edit/"])

    def test_operator__meets_no_english(self):
        addresses = ["reports/site-history", "redirects", "linh-vuc", "nguoi-dung", "collections", "cho-duyet"]
        self.assert_vietnamese(self.portal.operator, ["/admin/", *(f"/admin/{name}/" for name in addresses)])

    def test_superuser__meets_no_english(self):
        superuser = get_user_model().objects.create_superuser("goc", "goc@example.org", "x")
        addresses = ["workflows/list", "workflows/tasks/index", "sites", "locales", "reports/workflow_tasks"]
        self.assert_vietnamese(superuser, [f"/admin/{name}/" for name in addresses])
