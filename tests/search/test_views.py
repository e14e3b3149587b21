"""The public finds what it may read, typed as people type."""

from django.core.cache import cache
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from commune_sites.models import Organisation
from home.models import StandardPage
from tests.factories import make_article, make_organisation, make_section


class SearchTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.province = make_organisation("quangngai", "Văn phòng UBND tỉnh", Organisation.Kind.PROVINCE)
        cls.building, cls.health = make_organisation("soxaydung", "Sở Xây dựng"), make_organisation("soyte", "Sở Y tế")
        cls.section = make_section(cls.building)
        make_article(cls.section, "Khởi công cầu Cổ Lũy")
        make_article(make_section(cls.health), "Trạm y tế gần cầu Cổ Lũy")

    def find(self, question, host="soxaydung.localhost", **data):
        return self.client.get("/tim-kiem/", {"q": question} | data, headers={"host": host})

    def titles(self, response):
        return {article.title for article in response.context["articles"]}

    def test_results__with_and_without_marks(self):
        for question in ("Cổ Lũy", "co luy", "  CẦU   cổ "):
            with self.subTest(question=question):
                self.assertEqual(self.titles(self.find(question)), {"Khởi công cầu Cổ Lũy"})

    def test_results__the_province_finds_articles_of_all(self):
        found = self.titles(self.find("co luy", "quangngai.localhost"))
        self.assertEqual(found, {"Khởi công cầu Cổ Lũy", "Trạm y tế gần cầu Cổ Lũy"})

    def test_results__drafts_and_restricted_pages_are_not_found(self):
        make_article(self.section, "Bản nháp về cầu", live=False)
        closed = make_article(self.section, "Cầu nội bộ")
        PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
        cache.clear()
        self.assertEqual(self.titles(self.find("cau")), {"Khởi công cầu Cổ Lũy"})

    def test_results__standing_pages_of_the_own_site_only(self):
        for organisation in (self.building, self.health):
            organisation.home_page.add_child(instance=StandardPage(title=f"Giới thiệu {organisation.name}"))
        self.assertEqual([page.title for page in self.find("gioi thieu").context["pages"]], ["Giới thiệu Sở Xây dựng"])

    def test_results__odd_questions_are_answered(self):
        for question in ("", "   ", '"', "%", "_", "<script>alert(1)</script>", "\\", "x" * 5000, "\x00"):
            with self.subTest(question=question):
                response = self.find(question)
                self.assertEqual(response.status_code, 200)
                self.assertNotContains(response, "<script>alert")

    def test_results__a_page_that_is_not_there_is_not_found(self):
        for number in ("0", "2", "-1", "x", "²", "9" * 50):
            with self.subTest(number=number):
                self.assertEqual(self.find("cau", trang=number).status_code, 404)

    def test_results__ten_and_twenty_cost_the_same(self):
        costs = []
        for first in (0, 10):
            for index in range(first, first + 10):
                make_article(self.section, f"Tuyến đường {index}")
            self.find("tuyen duong")
            with CaptureQueriesContext(connection) as queries:
                self.assertEqual(len(self.titles(self.find("tuyen duong"))), first + 10)
            costs.append(len(queries))
        self.assertEqual(costs[0], costs[1])
