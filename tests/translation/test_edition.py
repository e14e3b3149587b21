"""The English edition that `load_english` gives: its terms, its names, its pages, and that it is wholly English."""

import csv
import io
import json
import re

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.test import TestCase
from django.urls import reverse
from wagtail.models import Page

from home.models import OrganisationProfilePage
from organisations.models import Organisation
from tests.factories import make_person
from translation import coverage, edition, glossary
from translation.models import Term

from .test_english_pages import leaks, vietnamese_in

ENTRIES = json.loads(edition.PAGES.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def terms():
    with glossary.FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_glossary__is_large_and_consistent(terms):
    assert len(terms) >= 150
    assert len({row["vi"] for row in terms}) == len(terms)
    for row in terms:
        assert row["vi"].strip()
        assert vietnamese_in(row["en"]) == [], row
        for wrong in filter(None, row["wrong"].split("|")):
            found = re.search(rf"(?<!\w){re.escape(wrong.strip().casefold())}(?!\w)", row["en"].casefold())
            assert not found, f"{row['vi']}: {wrong} stands in the right rendering"


def test_pages__are_enough_and_in_order():
    assert len(ENTRIES) >= 30
    seen = {""}
    for entry in ENTRIES:
        above = entry["path"].rpartition("/")[0]
        assert above in seen, entry["path"]
        seen.add(entry["path"])
    assert len(seen) == len(ENTRIES) + 1


def test_every_page__is_english():
    for entry in ENTRIES:
        text = BeautifulSoup(entry["body"], "html.parser").get_text(" ")
        assert vietnamese_in(f"{entry['title']} {entry['lead']} {text}") == [], entry["path"]


class LoadedTest(TestCase):
    """Loading takes seconds: once for all tests of the class."""

    @classmethod
    def setUpTestData(cls):
        call_command("load_portal", stdout=io.StringIO())
        call_command("load_english", stdout=io.StringIO())

    def test_again__changes_nothing(self):
        before = (Page.objects.count(), Term.objects.count())
        Term.objects.filter(vi="Quốc hội").update(en="Parliament")
        out = io.StringIO()
        call_command("load_english", stdout=out)
        self.assertIn("0 tên, 0 thuật ngữ, 0 trang", out.getvalue())
        self.assertEqual((Page.objects.count(), Term.objects.count()), before)
        self.assertEqual(Term.objects.get(vi="Quốc hội").en, "Parliament")

    def test_organisations__all_are_named_and_the_agencies_described(self):
        self.assertFalse(Organisation.objects.filter(name_en="").exists())
        complete = {one.organisation.code for one in coverage.rows() if one.is_complete}
        agencies = set(Organisation.objects.filter(kind="agency").values_list("code", flat=True))
        self.assertLessEqual(agencies, complete)

    def test_pages__answer_in_english(self):
        paths = [
            "",
            "about/",
            "about/administrative-units/",
            "organisations/soxaydung/",
            "news/",
            "notices/",
            "contact/",
        ]
        for path in paths:
            with self.subTest(path):
                response = self.client.get(f"/en/{path}", headers={"host": "localhost"})
                self.assertEqual(response.status_code, 200)
                self.assertEqual(leaks(response.content.decode()), [])

    def test_coverage__tells_who_lacks_what(self):
        OrganisationProfilePage.objects.get(about__code="soyte").unpublish()
        province = Organisation.objects.get(code="quangngai")
        self.client.force_login(make_person("bien-dich", province, "translator"))
        body = self.client.get(reverse("translation:coverage"), headers={"host": "localhost"}).content.decode()
        row = next(row for row in BeautifulSoup(body, "html.parser").select("tbody tr") if "Sở Y tế" in row.text)
        self.assertEqual(row.text.count("thiếu"), 3)
