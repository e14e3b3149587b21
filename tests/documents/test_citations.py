"""Texts name documents: linked where number, day and body leave one, left alone where the reader would land on another."""

import pytest
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from documents.citations import citations_in, link_citations
from documents.models import Citation
from tests.factories import make_article, make_organisation, make_section

from .support import UBND, make_document, make_register

BINH_DINH = "Ủy ban nhân dân tỉnh Bình Định"
HOST = {"host": "soxaydung.localhost"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("theo Quyết định số 16/2017/QĐ-UBND ngày 19/4/2017 của UBND tỉnh", ["Quyết định số 16/2017/QĐ-UBND"]),
        (
            "Nghị định 43/2011/NĐ-CP; Thông tư số: 01/2018/TT-VPCP.",
            ["Nghị định 43/2011/NĐ-CP", "Thông tư số: 01/2018/TT-VPCP"],
        ),
        (
            "Thông tư liên tịch số 19/2012/TTLT-BTC-BKH&ĐT-BTTTT",
            ["Thông tư liên tịch số 19/2012/TTLT-BTC-BKH&ĐT-BTTTT"],
        ),
        ("(355/QĐ-UBND)", ["355/QĐ-UBND"]),
        ("Luật số 80/2015/QH13", ["Luật số 80/2015/QH13"]),
        ("ngày 19/4/2017, tỷ lệ 3/4, điểm 24/7 và/hoặc, km 12/QL1", []),
        ("https://example.org/16/2017/QĐ-UBND", []),
    ],
)
def test_citations_in(text, shown):
    assert [text[cited.start : cited.end] for cited in citations_in(text)] == shown


def test_many_slashes__take_no_time():
    assert len(citations_in("1/2017/QĐ-" * 20_000)) <= 1


class LinkTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.organisation = make_organisation("soxaydung", "Sở Xây dựng")
        cls.section = make_section(cls.organisation)
        cls.register = make_register(cls.organisation)
        cls.ruling = make_document(cls.register, "16/2017/QĐ-UBND", "19/4/2017", abstract='Quy chế "Cổng"')
        cls.pay = make_document(cls.register, "355/QĐ-UBND", "17/3/2014")

    def article(self, text, title="Tin"):
        page = make_article(self.section, title, body=[{"type": "paragraph", "value": f"<p>{text}</p>"}])
        with self.captureOnCommitCallbacks(execute=True):
            page.save_revision().publish()
        return page

    def shown(self, text):
        page = self.article(text)
        return self.client.get(page.get_url(), headers=HOST).content.decode()

    def assert_links(self, text, document, linked=True):
        found = f'href="/van-ban/{document.slug}/"' in self.shown(text)
        self.assertEqual(found, linked, text)

    def test_one_document_meant__is_linked(self):
        for text in (
            "Quyết định số 16/2017/QĐ-UBND ngày 19/4/2017 của UBND tỉnh về quy chế",
            "Quyết định 16/2017/QÐ-UBND",
            "<b>016/2017/QĐ-UBND</b> ngày 19 tháng 4 năm 2017 của Ủy ban nhân dân tỉnh Quảng Ngãi",
        ):
            self.assert_links(text, self.ruling)
        self.assert_links("Quyết định số 355/QĐ-UBND ngày 17/3/2014 của UBND tỉnh", self.pay)

    def test_another_may_be_meant__is_left_alone(self):
        self.assert_links("Quyết định số 16/2017/QĐ-UBND của UBND tỉnh Bình Định", self.ruling, linked=False)
        self.assert_links("Quyết định số 16/2017/QĐ-UBND ngày 20/4/2017", self.ruling, linked=False)
        self.assert_links("Quyết định số 355/QĐ-UBND", self.pay, linked=False)
        self.assert_links("Quyết định số 355/QĐ-UBND ngày 17/3/2015", self.pay, linked=False)
        make_document(self.register, "16/2017/QĐ-UBND", "19/4/2017", issuers=[BINH_DINH])
        self.assert_links("Quyết định số 16/2017/QĐ-UBND", self.ruling, linked=False)
        self.assert_links("Quyết định số 16/2017/QĐ-UBND của UBND tỉnh Quảng Ngãi", self.ruling)

    def test_draft_sample_and_taken_down__are_not_linked(self):
        draft = make_document(self.register, "17/2017/QĐ-UBND", "19/4/2017", live=False)
        sample = make_document(self.register, "18/2017/QĐ-UBND", "19/4/2017", is_sample=True)
        self.assert_links("17/2017/QĐ-UBND và 18/2017/QĐ-UBND", draft, linked=False)
        self.assert_links("17/2017/QĐ-UBND và 18/2017/QĐ-UBND", sample, linked=False)
        self.ruling.unpublish()
        self.assert_links("Quyết định số 16/2017/QĐ-UBND", self.ruling, linked=False)

    def test_links_headings_and_markup__stay_as_they_are(self):
        markup = '<h2>16/2017/QĐ-UBND</h2><p><a href="/x">16/2017/QĐ-UBND</a> &lt;b&gt; &amp; 16/2017/QĐ-UBND &lt;script&gt;</p>'
        linked = link_citations(markup, None, self.section)
        self.assertEqual(linked.count(self.ruling.get_url()), 1)
        self.assertIn('<h2>16/2017/QĐ-UBND</h2><p><a href="/x">16/2017/QĐ-UBND</a> &lt;b&gt; &amp; <a ', linked)
        self.assertTrue(linked.endswith("</a> &lt;script&gt;</p>"))
        self.assertIn("&quot;Cổng&quot;", linked)

    def test_document__lists_who_cites_it(self):
        self.article("Thực hiện Quyết định số 16/2017/QĐ-UBND của UBND tỉnh", "Người dẫn")
        self.article("Quyết định số 16/2017/QĐ-UBND của UBND tỉnh Bình Định", "Người khác")
        gone = self.article("Quyết định số 16/2017/QĐ-UBND", "Đã gỡ")
        with self.captureOnCommitCallbacks(execute=True):
            gone.unpublish()
        response = self.client.get(self.ruling.get_url(), headers=HOST)
        self.assertContains(response, "Người dẫn")
        self.assertNotContains(response, "Người khác")
        self.assertNotContains(response, "Đã gỡ")
        self.assertFalse(Citation.objects.filter(page=gone.pk).exists())

    def test_changed_text__cites_what_it_says_now(self):
        page = self.article("Quyết định số 16/2017/QĐ-UBND và 1/2010/QĐ-UBND")
        page.body = [{"type": "paragraph", "value": "<p>Nghị định 43/2011/NĐ-CP</p>"}]
        with self.captureOnCommitCallbacks(execute=True):
            page.save_revision().publish()
        self.assertEqual(list(Citation.objects.values_list("key", flat=True)), ["43/2011/NDCP"])

    def test_article__same_cost_with_10_and_20_citations(self):
        def cost(number):
            page = self.article(" ".join(f"{n}/2016/QĐ-UBND" for n in range(number)), f"Tin {number}")
            self.client.get(page.get_url(), headers=HOST)
            with CaptureQueriesContext(connection) as queries:
                self.client.get(page.get_url(), headers=HOST)
            return len(queries)

        for n in range(20):
            make_document(self.register, f"{n}/2016/QĐ-UBND", "1/1/2016", issuers=[UBND])
        self.assertEqual(cost(10), cost(20))
