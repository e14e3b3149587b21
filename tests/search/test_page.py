"""The search page and its JSON while there is no search engine: the database answers, and says so."""

from unittest import mock

from django.core.cache import cache
from django.db import connection
from django.test import TestCase, override_settings
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from home.models import StandardPage
from organisations.models import Organisation
from search.models import AskedWords
from tests.documents.support import make_document, make_register
from tests.factories import make_article, make_organisation, make_section

PROVINCE = {"host": "quangngai.localhost"}
ODD = [
    "",
    "   ",
    '"',
    "%",
    "_",
    "*:*",
    "../",
    "' OR 1=1 --",
    "<script>alert(1)</script>",
    "\\",
    "x" * 10_000,
    "\x00",
    "?!…",
]


class SearchPageTest(TestCase):
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
        return {hit["title"] for hit in response.context["hits"]}

    def test_results__with_and_without_marks(self):
        for question in ("Cổ Lũy", "co luy", "  CẦU   cổ "):
            with self.subTest(question=question):
                response = self.find(question)
                self.assertEqual(self.titles(response), {"Khởi công cầu Cổ Lũy"})
                self.assertContains(response, "Máy tìm kiếm đang bảo trì")

    def test_results__this_site_or_the_whole_province(self):
        both = {"Khởi công cầu Cổ Lũy", "Trạm y tế gần cầu Cổ Lũy"}
        self.assertEqual(self.titles(self.find("co luy", "quangngai.localhost")), both)
        self.assertEqual(self.titles(self.find("co luy", **{"pham-vi": "tinh"})), both)

    def test_results__documents_by_number(self):
        make_document(make_register(self.building), "16/2017/QĐ-UBND", "19/4/2017", abstract="Quy chế")
        for question in ("16/2017", "qđ 16", "quyet dinh so 16/2017", "016/2017/qd-ubnd", "quy che"):
            with self.subTest(question):
                self.assertEqual(self.titles(self.find(question)), {"Quyết định số 16/2017/QĐ-UBND: Quy chế"})

    def test_results__drafts_and_restricted_pages_are_not_found(self):
        make_article(self.section, "Bản nháp về cầu", live=False)
        closed = make_article(self.section, "Cầu nội bộ")
        PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
        cache.clear()
        self.assertEqual(self.titles(self.find("cau")), {"Khởi công cầu Cổ Lũy"})

    def test_results__standing_pages(self):
        self.province.home_page.add_child(instance=StandardPage(title="Giới thiệu tỉnh"))
        self.assertEqual(self.titles(self.find("gioi thieu", "quangngai.localhost")), {"Giới thiệu tỉnh"})

    def test_results__odd_questions_are_answered(self):
        for question in ODD:
            with self.subTest(question=question[:20]):
                for path in ("/tim-kiem/", "/api/tim-kiem/", "/api/goi-y/"):
                    response = self.client.get(path, {"q": question}, headers=PROVINCE)
                    self.assertEqual(response.status_code, 200)
                    if path == "/tim-kiem/":
                        self.assertNotContains(response, "<script>alert")

    def test_results__a_page_that_is_not_there_is_not_found(self):
        for number in ("0", "2", "-1", "x", "²", "9" * 50):
            with self.subTest(number=number):
                self.assertEqual(self.find("cau", trang=number).status_code, 404)

    def test_results__nonsense_in_the_other_fields_is_named(self):
        response = self.find("cau", tu="hôm qua")
        self.assertContains(response, "Ngày phải có dạng 31/12/2018.")
        self.assertEqual(self.find("cau", nam="9" * 30).status_code, 200)

    def test_results__ten_and_twenty_cost_the_same(self):
        costs = []
        for first in (0, 10):
            for index in range(first, first + 10):
                make_article(self.section, f"Tuyến đường {index}")
            self.find("tuyen duong")
            with CaptureQueriesContext(connection) as queries:
                self.assertEqual(len(self.titles(self.find("tuyen duong"))), 10)
            costs.append(len(queries))
        self.assertEqual(costs[0], costs[1])

    def test_api__answers_and_refuses_in_words(self):
        data = self.client.get("/api/tim-kiem/", {"q": "cau", "site": "soyte"}, headers=PROVINCE).json()
        self.assertEqual((data["total"], data["from_database"]), (1, True))
        row = data["results"][0]
        self.assertEqual((row["kind"], row["site"]), ("news", "soyte"))
        self.assertEqual(set(row), {"id", "title", "url", "kind", "site", "published", "highlight"})
        for wrong in (
            {"page": "-1"},
            {"page": "9" * 9},
            {"year": "9" * 30},
            {"locale": "xx"},
            {"site": "la"},
            {"status": "x"},
        ):
            response = self.client.get("/api/tim-kiem/", {"q": "cau"} | wrong, headers=PROVINCE)
            self.assertEqual(response.status_code, 400)
            self.assertEqual(set(response.json()["errors"]), set(wrong))

    def test_suggestions__are_titles_with_addresses(self):
        rows = self.client.get("/api/goi-y/", {"q": "khoi cong"}, headers=PROVINCE).json()
        self.assertEqual([row["title"] for row in rows], ["Khởi công cầu Cổ Lũy"])

    def test_too_many_questions__are_refused_with_a_sentence(self):
        with mock.patch("home.limits.time.time", return_value=1_000_000_000):
            for _turn in range(120):
                self.client.get("/tim-kiem/", headers=PROVINCE)
            response = self.client.get("/tim-kiem/", headers=PROVINCE)
        self.assertEqual((response.status_code, response.headers["Retry-After"]), (429, "60"))
        self.assertContains(response, "Bạn hỏi quá nhanh", status_code=429)

    @override_settings(PROXIES=1)
    def test_behind_a_proxy__each_reader_is_counted_alone_and_nobody_as_another(self):
        # All within one minute, however long the machine takes.
        with mock.patch("home.limits.time.time", return_value=1_000_000_000):
            for turn in range(121):
                forwarded = {"x-forwarded-for": f"10.0.0.{turn}, 203.0.113.7"}
                response = self.client.get("/tim-kiem/", headers=PROVINCE | forwarded)
            self.assertEqual(response.status_code, 429)
            other = self.client.get("/tim-kiem/", headers=PROVINCE | {"x-forwarded-for": "203.0.113.8"})
        self.assertEqual(other.status_code, 200)

    def test_what_was_asked__is_counted_without_who_asked(self):
        for question in ("Cầu", "cầu ", "0905 123 456", "ai@example.org", "không có gì"):
            self.find(question)
        rows = AskedWords.objects.order_by("words").values_list("words", "times", "found", "organisation__code")
        self.assertEqual(list(rows), [("cầu", 2, 1, "soxaydung"), ("không có gì", 1, 0, "soxaydung")])
