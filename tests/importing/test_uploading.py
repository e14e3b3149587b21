"""The spreadsheet upload: refused whole with the lines and reasons, or taken in by parts, once, in the uploader's own site only."""

import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase
from openpyxl import Workbook, load_workbook

from documents.models import DocumentPage
from home import batch, packages, tables
from importing import workbook
from importing.models import DocumentUpload
from tests.factories import make_moderated_portal

from ..documents.support import UBND, make_document, make_register

HOST = {"host": "localhost"}
ROW = ["16/2017/QĐ-UBND", "Quyết định", "Quy chế hoạt động của Cổng", "UBND tỉnh", "19/4/2017"]


def book_of(*rows, headings=workbook.HEADINGS, change=None):
    book = Workbook()
    sheet = book.active
    for row in ([headings] if headings else []) + list(rows):
        sheet.append(row)
    if change:
        change(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


class UploadTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_moderated_portal()
        cls.register = make_register(cls.portal.building)
        cls.foreign = make_register(cls.portal.health)

    def setUp(self):
        self.client.force_login(self.portal.editor)

    def upload(self, content, name="bang.xlsx", **fields):
        file = SimpleUploadedFile(name, content)
        data = {"organisation": self.portal.building.pk, "file": file} | fields
        return self.client.post("/admin/nhap-van-ban/", data, headers=HOST)

    def take(self, content, **fields):
        """Upload and press the button until all is in."""
        response = self.upload(content, **fields)
        self.assertEqual(response.status_code, 302, response.content[:300])
        for _press in range(20):
            self.client.post(response["Location"], headers=HOST)
            if DocumentUpload.objects.latest("pk").is_over:
                return self.client.get(response["Location"], headers=HOST)
        raise AssertionError("The upload does not end.")

    def assert_refused(self, content, *words, **fields):
        response = self.upload(content, **fields)
        for word in words:
            self.assertContains(response, word)
        self.assertFalse(DocumentUpload.objects.exists())
        self.assertFalse(DocumentPage.objects.exists())

    def test_rows__become_drafts_in_the_editors_name(self):
        row = [*ROW, "1/5/2017", "", "", "Trần Ngọc Căng", "1/2010/QĐ-UBND; 2/2011/QĐ-UBND"]
        page = self.take(book_of(row, [None, "Kế hoạch", "Kế hoạch năm", "Sở Xây dựng", "2018-02-01"]))
        self.assertContains(page, "Thêm mới: 2")
        document = DocumentPage.objects.get(number="16/2017/QĐ-UBND")
        self.assertEqual((document.live, document.owner), (False, self.portal.editor))
        self.assertEqual(document.get_latest_revision().user, self.portal.editor)
        self.assertEqual(document.document_issuers.get().issuer.name_folded, "uy ban nhan dan tinh quang ngai")
        self.assertEqual(
            list(document.relations.values_list("kind", "target_number")),
            [("replaces", "1/2010/QĐ-UBND"), ("replaces", "2/2011/QĐ-UBND")],
        )
        self.assertEqual(DocumentPage.objects.get(number="").kind, "ke-hoach")

    def test_again__changes_only_what_changed(self):
        self.take(book_of(ROW, ["2/QĐ-SXD", "", "Hai", "Sở Xây dựng", "2/1/2018"]))
        page = self.take(
            book_of([*ROW[:2], "Trích yếu sửa", *ROW[3:]], ["2/QĐ-SXD", "", "Hai", "Sở Xây dựng", "2/1/2018"])
        )
        self.assertContains(page, "Cập nhật: 1")
        self.assertContains(page, "Không đổi: 1")
        self.assertEqual(DocumentPage.objects.count(), 2)
        draft = DocumentPage.objects.get(number=ROW[0]).get_latest_revision_as_object()
        self.assertEqual(draft.abstract, "Trích yếu sửa")

    def test_submits__hands_each_in_and_leaves_what_waits(self):
        self.take(book_of(ROW), submits="on")
        document = DocumentPage.objects.get()
        self.assertTrue(document.workflow_in_progress)
        self.assertEqual(document.current_workflow_state.requested_by, self.portal.editor)
        self.client.force_login(self.portal.editor)
        page = self.take(book_of([*ROW[:2], "Sửa khi đang chờ", *ROW[3:]]))
        self.assertContains(page, "đang chờ duyệt hoặc bị khóa")
        self.assertEqual(DocumentPage.objects.get().get_latest_revision_as_object().abstract, ROW[2])

    def test_stopped__goes_on_where_it_was(self):
        self.addCleanup(setattr, batch, "SECONDS_A_STEP", batch.SECONDS_A_STEP)
        batch.SECONDS_A_STEP = 0.000001
        response = self.upload(book_of(ROW, ["2/QĐ-SXD", "", "Hai", "Sở Xây dựng", "2/1/2018"]))
        self.client.post(response["Location"], headers=HOST)
        upload = DocumentUpload.objects.get()
        self.assertLessEqual(upload.done, 1)
        self.assertContains(self.client.get(response["Location"], headers=HOST), f"Đã đưa vào {upload.done} / 2 dòng")
        batch.SECONDS_A_STEP = 5
        self.client.post(response["Location"], headers=HOST)
        self.assertEqual(DocumentPage.objects.count(), 2)

    def test_lines__every_mistake_is_named_and_nothing_is_taken(self):
        self.assert_refused(
            book_of(
                ROW,
                ["3/QĐ-SXD", "", "", "Sở Xây dựng", "2/1/2018"],
                ["4/QĐ-SXD", "", "Bốn", "Sở Xây dựng", "31/2/2018"],
                ["5/QĐ-SXD", "", "Năm", "Sở Xây dựng", "2/1/2018", "", "1/1/2018"],
                ["6/QĐ-SXD", "", "QuyÕt ®Þnh vÒ c¸n bé", "Sở Xây dựng", "2/1/2018"],
                ["7/QĐ-SXD", "", "=1+1", "Sở Xây dựng", "2/1/2018"],
                ["016/2017/QÐ-UBND", "Quyết định", "Trùng", "UBND tỉnh", "19/04/2017"],
            ),
            "6 dòng có lỗi, chưa dòng nào được đưa vào",
            "thiếu trích yếu",
            "không có ngày 31/2/2018",
            "không sau ngày có hiệu lực",
            "bảng mã cũ",
            "là công thức",
            "trùng số, cơ quan và ngày với dòng 2",
        )

    def test_files__that_are_no_such_workbook_are_refused_in_a_sentence(self):
        self.assert_refused(b"", "Tệp rỗng")
        self.assert_refused("Số;Trích yếu".encode(), "không phải là bảng tính XLSX")
        self.assert_refused(book_of(ROW)[:-200], "XLSX")
        self.assert_refused(book_of(), "không có dòng văn bản nào")
        self.assert_refused(book_of(ROW, headings=["A", "B"]), "Thiếu cột “Trích yếu *”")
        self.assert_refused(book_of(ROW, change=lambda sheet: sheet.merge_cells("A3:B4")), "Bảng có ô gộp (A3:B4)")
        self.assert_refused(book_of(*[ROW] * (tables.MOST_ROWS + 5)), "Bảng dài hơn 5000 dòng")
        with zipfile.ZipFile(out := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as bomb:
            bomb.writestr("xl/worksheets/sheet1.xml", b" " * (packages.MOST_UNPACKED + 1))
        self.assert_refused(out.getvalue(), "giải nén ra quá lớn")
        with zipfile.ZipFile(out := io.BytesIO(), "w") as hostile:
            hostile.writestr("xl/worksheets/sheet1.xml", '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')
        self.assert_refused(out.getvalue(), "XLSX")

    def test_template__is_taken_back_when_filled_in(self):
        content = self.client.get("/admin/nhap-van-ban/mau.xlsx", headers=HOST).content
        book = load_workbook(io.BytesIO(content))
        for column, value in enumerate(ROW, start=1):
            book[workbook.SHEET].cell(2, column, value)
        out = io.BytesIO()
        book.save(out)
        self.take(out.getvalue())
        self.assertEqual(DocumentPage.objects.get().number, ROW[0])

    def test_stranger__may_not_upload_there_nor_see_nor_go_on(self):
        response = self.upload(book_of(ROW), organisation=self.portal.health.pk)
        self.assertEqual(response.status_code, 200)
        self.assertFalse(DocumentUpload.objects.exists())
        location = self.upload(book_of(ROW))["Location"]
        for person, status in ((self.portal.stranger, 404), (self.portal.approver, 404)):
            self.client.force_login(person)
            self.assertEqual(self.client.get(location, headers=HOST).status_code, status)
            self.assertEqual(self.client.post(location, headers=HOST).status_code, status)
        self.assertFalse(DocumentPage.objects.exists())

    def test_held_by_another__is_pointed_to_and_not_changed(self):
        held = make_document(self.foreign, "16/2017/QĐ-UBND", "19/4/2017", issuers=[UBND], abstract="Nguyên văn")
        page = self.take(book_of(ROW))
        self.assertContains(page, "Không đổi: 1")
        held.refresh_from_db()
        self.assertEqual(held.get_latest_revision_as_object().abstract, "Nguyên văn")
        self.assertEqual(DocumentPage.objects.count(), 1)


class CheckNumberTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_moderated_portal()
        cls.foreign = make_register(cls.portal.health)
        cls.live = make_document(cls.foreign, "16/2017/QĐ-UBND", "19/4/2017", issuers=[UBND])
        cls.draft = make_document(cls.foreign, "17/2017/QĐ-UBND", "19/4/2017", issuers=[UBND], live=False)

    def ask(self, **query):
        self.client.force_login(self.portal.editor)
        return self.client.get("/admin/kiem-tra-so-van-ban/", query, headers=HOST).json()

    def test_number__says_kind_body_and_double(self):
        answer = self.ask(number="016/2017/qđ-ubnd")
        self.assertEqual((answer["number"], answer["kind"]), ("016/2017/QĐ-UBND", "quyet-dinh"))
        self.assertEqual(answer["issuer"], self.live.first_issuer_id)
        self.assertEqual(answer["hint"], f"Quyết định, năm 2017, {UBND}")
        self.assertIn("Có thể trùng với Quyết định số 16/2017/QĐ-UBND ngày 19/04/2017", answer["double"])
        self.assertNotIn("double", self.ask(number="16/2017/QĐ-UBND", issued="20/04/2017"))
        self.assertNotIn("double", self.ask(number="16/2017/QĐ-UBND", page=self.live.pk))

    def test_nonsense__is_kept_and_said(self):
        self.assertIn("không theo thể thức", self.ask(number="vô nghĩa")["hint"])
        self.assertEqual(self.ask(number="")["hint"], "")

    def test_draft_of_another_organisation__stays_unknown(self):
        self.assertNotIn("double", self.ask(number="17/2017/QĐ-UBND"))
