"""Editors find pages, images and files however they type Vietnamese."""

import unicodedata

from django.core.files.base import ContentFile
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page

from home.media.models import PortalFile, PortalImage
from news.models import NewsPage
from tests.factories import make_article, make_organisation, make_section

SPELLINGS = [
    "Đường bộ",
    "đường bộ",
    "duong bo",
    "DUONG BO",
    "đuong bộ",
    "duo",
    unicodedata.normalize("NFD", "Đường bộ"),
]


class AdminSearchTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        organisation = make_organisation("soxaydung", "Sở Xây dựng")
        section = make_section(organisation)
        with cls.captureOnCommitCallbacks(execute=True):
            cls.page = make_article(section, "Mở rộng Đường bộ ven biển")
            make_article(section, "Tin khác hẳn")
            cls.image = PortalImage.objects.create(title="Đường bộ ven biển", file=get_test_image_file())
            cls.file = PortalFile.objects.create(title="Đường bộ ven biển", file=ContentFile(b"%PDF-1.4", "a.pdf"))

    def test_found__however_typed(self):
        for spelling in SPELLINGS:
            with self.subTest(spelling):
                self.assertEqual([p.pk for p in Page.objects.autocomplete(spelling)], [self.page.pk])
                self.assertEqual([p.pk for p in NewsPage.objects.autocomplete(spelling)], [self.page.pk])
                self.assertEqual([i.pk for i in PortalImage.objects.autocomplete(spelling)], [self.image.pk])
                self.assertEqual([f.pk for f in PortalFile.objects.autocomplete(spelling)], [self.file.pk])

    def test_whole_words__found_with_and_without_marks(self):
        for spelling in ("đường bộ", "duong bo"):
            self.assertEqual([p.pk for p in Page.objects.search(spelling)], [self.page.pk])

    def test_count__is_of_what_may_be_seen_each_time(self):
        other = Page.objects.exclude(pk=self.page.pk)
        found = [Page.objects.search("duong bo"), other.search("duong bo"), Page.objects.none().search("duong bo")]
        for results in found:
            results.facet("content_type_id")
        self.assertEqual([results.count() for results in found], [1, 0, 0])
        self.assertEqual(Page.objects.search("duong bo")[:0].count(), 0)

    def test_odd_queries__do_not_fail(self):
        for query in ("", '"', "30/QĐ-UBND", "a & | !", "\u0301"):
            list(Page.objects.autocomplete(query))
            list(Page.objects.search(query))

    def test_saving__never_averages_over_the_whole_index(self):
        with CaptureQueriesContext(connection) as queries, self.captureOnCommitCallbacks(execute=True):
            self.page.save()
        statements = [query["sql"] for query in queries]
        self.assertTrue(any("INSERT INTO" in sql and "indexentry" in sql for sql in statements))
        self.assertEqual([sql for sql in statements if "AVG(" in sql], [])
