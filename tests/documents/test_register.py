"""The register finds documents by any part of a number, by words without marks, by day and by status."""

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from documents.models import Issuer
from tests.factories import make_moderated_portal

from .support import day, make_document, make_register

PROVINCE, BUILDING = {"host": "quangngai.localhost"}, {"host": "soxaydung.localhost"}
SXD = "Sở Xây dựng"


class RegisterTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_moderated_portal()
        cls.register = make_register(cls.portal.province)
        cls.own = make_register(cls.portal.building)
        cls.old = make_document(
            cls.register,
            "16/2017/QĐ-UBND",
            "20/3/2017",
            abstract="Ban hành Quy định về quản lý đô thị",
            signer="Trần Ngọc Căng",
            effective=day("1/4/2017"),
        )
        cls.new = make_document(cls.register, "5/2018/QĐ-UBND", "1/2/2018", [("replaces", "16/2017/QĐ-UBND", {})])
        cls.letter = make_document(cls.own, "2134/SXD-QLN", "5/6/2018", issuers=[SXD], abstract="Về việc nhà ở xã hội")
        cls.draft = make_document(cls.own, "9/QĐ-SXD", "6/6/2018", issuers=[SXD], abstract="Còn kín", live=False)

    def found(self, query="", host=PROVINCE):
        response = self.client.get(f"/van-ban/{query}", headers=host)
        self.assertEqual(response.status_code, 200)
        return [document.number for document in response.context["documents"]]

    def test_province__shows_all_organisations_and_a_component_site_its_own(self):
        self.assertEqual(self.found(), ["2134/SXD-QLN", "5/2018/QĐ-UBND", "16/2017/QĐ-UBND"])
        self.assertEqual(self.found(host=BUILDING), ["2134/SXD-QLN"])

    def test_draft__is_nowhere(self):
        self.assertNotContains(self.client.get("/van-ban/?q=con+kin", headers=BUILDING), "Còn kín")
        self.assertEqual(self.client.get(f"/van-ban/{self.draft.slug}/", headers=BUILDING).status_code, 404)

    def test_number__whole_in_any_spelling_or_in_part(self):
        for typed in ("16/2017/QĐ-UBND", "016/2017/qd-ubnd", "16/2017", "qd-ubnd 16", "Số: 16/2017/QÐ-UBND"):
            with self.subTest(typed):
                response = self.client.get("/van-ban/", {"so": typed}, headers=PROVINCE)
                self.assertEqual([document.pk for document in response.context["documents"]], [self.old.pk])

    def test_words__with_and_without_marks_and_numbers_among_them(self):
        for typed in ("quản lý đô thị", "quan ly do thi", "16/2017/QĐ-UBND", "DO THI quy dinh"):
            with self.subTest(typed):
                response = self.client.get("/van-ban/", {"q": typed}, headers=PROVINCE)
                self.assertEqual([document.pk for document in response.context["documents"]], [self.old.pk])

    def test_filters__kind_issuer_signer_and_dates(self):
        issuer = Issuer.objects.get(name=SXD)
        self.assertEqual(self.found("?loai=cong-van"), ["2134/SXD-QLN"])
        self.assertEqual(self.found(f"?co-quan={issuer.pk}"), ["2134/SXD-QLN"])
        self.assertEqual(self.found("?nguoi-ky=Ngọc Căng"), ["16/2017/QĐ-UBND"])
        self.assertEqual(self.found("?tu=01/01/2018&den=2018-03-01"), ["5/2018/QĐ-UBND"])
        self.assertEqual(self.found("?sap-xep=cu")[0], "16/2017/QĐ-UBND")

    def test_status__on_the_day_asked_for(self):
        self.assertEqual(self.found("?tinh-trang=het-hieu-luc"), ["16/2017/QĐ-UBND"])
        self.assertEqual(self.found("?tinh-trang=con-hieu-luc&ngay=31/1/2018"), ["16/2017/QĐ-UBND"])
        self.assertEqual(self.found("?tinh-trang=chua-co-hieu-luc&ngay=25/3/2017")[-1], "16/2017/QĐ-UBND")
        page = self.client.get("/van-ban/?so=16/2017&ngay=25/3/2017", headers=PROVINCE)
        self.assertContains(page, "status--chua-co-hieu-luc")

    def test_nonsense__is_answered_in_a_sentence_and_kept(self):
        for query, words in (
            ({"tu": "hôm qua"}, "Ngày phải có dạng 31/12/2018."),
            ({"tu": "1/2/2018", "den": "1/1/2018"}, "Ngày cuối không thể trước ngày đầu."),
        ):
            page = self.client.get("/van-ban/", query, headers=PROVINCE)
            self.assertContains(page, words)
            self.assertContains(page, f'value="{query["tu"]}"')
        hostile = self.client.get("/van-ban/", {"q": "<script>alert(1)</script>%_'"}, headers=PROVINCE)
        self.assertNotContains(hostile, "<script>alert")

    def test_list__same_cost_for_10_and_20_documents(self):
        costs = []
        for start in (0, 8):
            for number in range(start + 1, start + 9):
                make_document(self.own, f"{number}/QĐ-SXD", "1/1/2016", issuers=[SXD])
            self.found("?sap-xep=cu")
            with CaptureQueriesContext(connection) as queries:
                self.found("?sap-xep=cu")
            costs.append(len(queries))
        self.assertEqual(*costs)
        self.assertLessEqual(costs[0], 16)
