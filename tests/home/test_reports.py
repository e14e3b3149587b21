"""Reports on organisations: the same table on the screen, as CSV and as XLSX, and in each only what the person may see."""

import csv
import datetime
import io

from bs4 import BeautifulSoup
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from documents.models import DocumentPage, PublishingDeadline
from organisations.models import Role
from search.models import AskedWords
from tests.documents.support import day, make_document, make_register
from tests.factories import make_moderated_portal, make_organisation, make_person

HOST = {"host": "localhost"}
DUTIES, ASKED = "/admin/thoi-han-dang-van-ban/", "/admin/ban-doc-tim-gi/"
SITES, COVERAGE = "/admin/cac-trang/", "/admin/bien-dich/bao-phu/"
HEADINGS = {
    DUTIES: "Đơn vị|Đã đăng|Đúng hạn|Muộn|Chưa đăng, đã quá hạn|Trung vị (ngày làm việc)|Lâu nhất",
    ASKED: "Từ|Số lần|Kết quả lần cuối|Đơn vị",
    SITES: "Đơn vị|Trạng thái|Tin cuối|Tháng này|Chờ duyệt|Mục bắt buộc còn thiếu|Người",
    COVERAGE: "Đơn vị|Tên|Chức năng|Cơ cấu tổ chức|Liên hệ",
}
MONTH = datetime.date(2026, 10, 1)


class ReportsTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_moderated_portal()
        PublishingDeadline.objects.create(valid_from=day("1/10/2011"), own_days=2, other_days=10, basis="NĐ 43")
        for number, organisation in enumerate((cls.portal.building, cls.portal.health), start=1):
            document = make_document(make_register(organisation), f"{number}/QĐ", "5/3/2018", issuers=["Sở Xây dựng"])
            moment = datetime.datetime(2018, 4, 9, tzinfo=datetime.UTC)
            DocumentPage.objects.filter(pk=document.pk).update(first_published_at=moment)
            words = f"=tìm {organisation.code}"
            AskedWords.objects.create(organisation=organisation, month=MONTH, words=words, times=number)

    def lines(self, address, user, form="csv", **query):
        """The rows of the file, its headings first."""
        self.client.force_login(user)
        response = self.client.get(address, query | {"export": form}, headers=HOST)
        self.assertEqual(response.status_code, 200)
        self.assertIn("attachment", response.headers["Content-Disposition"])
        content = b"".join(response.streaming_content)
        if form == "csv":
            return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
        rows = load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
        return [[str(value) if value is not None else "" for value in row] for row in rows]

    def table(self, address, user, **query):
        self.client.force_login(user)
        body = self.client.get(address, query, headers=HOST).content.decode()
        tables = BeautifulSoup(body, "html.parser").select("table.listing")
        rows = tables[-1].select("tr") if tables else []
        return [[" ".join(cell.text.split()) for cell in row.select("th, td")] for row in rows]

    def test_files__have_the_headings_of_the_screen(self):
        query = {DUTIES: {"nam": "2018"}}
        for address, headings in HEADINGS.items():
            with self.subTest(address):
                expected = headings.split("|")
                for form in ("csv", "xlsx"):
                    self.assertEqual(
                        self.lines(address, self.portal.operator, form, **query.get(address, {}))[0], expected
                    )
                shown = self.table(address, self.portal.operator, **query.get(address, {}))[0]
                self.assertEqual([heading.split(" Sắp")[0] for heading in shown], expected)

    def test_files__hold_nothing_of_another_organisation(self):
        for form in ("csv", "xlsx"):
            for query in ({}, {"don-vi": "soyte"}, {"don-vi": "khong-co"}):
                with self.subTest(form, query=query):
                    duties = self.lines(DUTIES, self.portal.editor, form, nam="2018", **query)
                    self.assertEqual([line[0] for line in duties[1:]], ["Sở Xây dựng"])
                    asked = self.lines(ASKED, self.portal.editor, form, **query)
                    self.assertEqual([line[0].lstrip("'") for line in asked[1:]], ["=tìm soxaydung"])
        self.assertEqual(len(self.lines(DUTIES, self.portal.operator, nam="2018")), 3)
        self.assertEqual(len(self.lines(ASKED, self.portal.operator)), 3)
        self.assertEqual(len(self.lines(ASKED, self.portal.operator, **{"don-vi": "soyte"})), 2)

    def test_reports__are_closed_in_every_form(self):
        refused = {SITES: self.portal.editor, COVERAGE: self.portal.editor}
        nobody = make_person("chua-co-vai-tro", self.portal.building, Role.EDITOR)
        nobody.memberships.update(is_active=False)
        for address, person in (refused | {DUTIES: nobody, ASKED: nobody}).items():
            self.client.force_login(person)
            for end in ("", "?export=csv", "?export=xlsx", "bang/", "bang/?export=csv"):
                with self.subTest(address + end):
                    self.assertEqual(self.client.get(address + end, headers=HOST).status_code, 302)

    def test_words_like_a_formula__are_text_in_both_files(self):
        self.assertEqual(self.lines(ASKED, self.portal.editor)[1][0], "'=tìm soxaydung")
        self.client.force_login(self.portal.editor)
        response = self.client.get(ASKED, {"export": "xlsx"}, headers=HOST)
        cell = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active["A2"]
        self.assertEqual((cell.value, cell.data_type), ("=tìm soxaydung", "s"))

    def test_sorting__goes_by_what_a_column_says(self):
        up = [line[0] for line in self.lines(ASKED, self.portal.operator, ordering="times")[1:]]
        down = [line[0] for line in self.lines(ASKED, self.portal.operator, ordering="-times")[1:]]
        self.assertEqual(up, down[::-1])
        self.assertEqual(down[0], "'=tìm soyte")
        kinds = [line[0] for line in self.lines(SITES, self.portal.operator, loai="province")[1:]]
        self.assertEqual(len(kinds), 1)

    def test_choices__are_the_own_organisations_only(self):
        self.client.force_login(self.portal.editor)
        self.assertNotContains(self.client.get(ASKED, headers=HOST), "Sở Y tế")
        self.client.force_login(self.portal.operator)
        self.assertContains(self.client.get(f"{ASKED}bang/?_w_filter_fragment=1", headers=HOST), "Sở Y tế")

    def test_report__costs_the_same_for_10_and_20_organisations(self):
        def costs():
            found = []
            for address in HEADINGS:
                for query in ({}, {"export": "xlsx"}):
                    with CaptureQueriesContext(connection) as queries:
                        response = self.client.get(address, query | {"nam": "2018"}, headers=HOST)
                        b"".join(response.streaming_content) if response.streaming else response.content
                    found.append(len(queries))
            return found

        def grow(numbers):
            for number in numbers:
                organisation = make_organisation(f"xa-{number}", f"Xã {number}", "commune")
                AskedWords.objects.create(organisation=organisation, month=MONTH, words=f"từ {number}", times=1)

        self.client.force_login(self.portal.operator)
        grow(range(10))
        costs()
        ten = costs()
        grow(range(10, 20))
        costs()
        self.assertEqual(costs(), ten)
