"""What comes in is taken truthfully: the right letters, the right files, and no line costs another one anything."""

import io
import json
import tempfile
import unicodedata
from datetime import date
from pathlib import Path
from unittest.mock import patch

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import DataError
from django.test import TestCase
from openpyxl import Workbook
from wagtail.images.tests.utils import get_test_image_file_jpeg

from documents.models import DocumentPage
from home.lines import LineError
from home.media.models import PortalFile
from importing import workbook
from importing.articles import ArticleTaker
from importing.documents import DocumentTaker
from importing.models import DocumentUpload, ImportedItem
from news.models import NewsPage
from tests.factories import make_moderated_portal, make_section

from ..documents.support import UBND, make_register


def news(**fields):
    return json.dumps({"id": "1", "kind": "news", "title": "Khởi công cầu", "published": "2018-05-04"} | fields)


def document(**fields):
    values = {"id": "d", "kind": "document", "number": "1/QĐ-SXD", "title": "Về việc thử", "issuer": UBND}
    return json.dumps(values | {"issued": "2017-04-19", "published": "2017-04-20"} | fields)


class IncomingTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_moderated_portal()
        cls.section = NewsPage.objects.first() or make_section(cls.portal.building, "Tin nhập")
        cls.register = make_register(cls.portal.building)

    def setUp(self):
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.own = self.portal.building.home_page.get_site().hostname

    def take(self, *lines, failed=None, ends=b"\n"):
        path, out = self.folder / "nhap.jsonl", io.StringIO()
        path.write_bytes(ends.join(line.encode() if isinstance(line, str) else line for line in lines))
        options = {"site": self.own, "stdout": out, "stderr": out}
        if failed is None:
            call_command("import_content", str(path), **options)
        else:
            with pytest.raises(CommandError, match=f"^{failed} dòng không nhập được"):
                call_command("import_content", str(path), **options)
        return out.getvalue()

    def article(self, **fields):
        return NewsPage.objects.get(publisher=self.portal.building, **fields)

    def test_signs_nobody_sees__go_and_feeds_and_files_stand(self):
        self.take(news(title="Thử \x02 ký\u200b tự"), document(title="Về việc \x02 thử"))
        assert self.article().title == "Thử ký tự"
        assert DocumentPage.objects.get().abstract == "Về việc thử"
        # What was stored before it was looked at is printed without them.
        NewsPage.objects.update(lead="Sapo \x02 cũ")
        DocumentPage.objects.update(abstract="Trích yếu \x02 cũ")
        for address in ("/rss.xml", "/van-ban/rss.xml", "/van-ban/?dang=xlsx", "/van-ban/?dang=csv"):
            response = self.client.get(address, headers={"host": self.own})
            assert response.status_code == 200, address
            content = b"".join(response.streaming_content) if response.streaming else response.content
            assert b"rss" not in content[:200] or b"\x02" not in content, address

    def test_encodings_of_old__are_read_with_a_note(self):
        said = self.take(
            news(title="QuyÕt ®Þnh vÒ viÖc thö", body="<p>§éc lËp</p>"),
            news(id="2", title="Quyeát ñònh veà vieäc thöû", body="<p>Bài thử.</p>"),
            document(title="Quyªt ð¸nh v« vi®c thØ", signer="Nguy­n Vån An"),
            news(id="3", title="Nồng độ 50 µg/m³ ở «Ba» nơi¹"),
        )
        titles = set(NewsPage.objects.filter(publisher=self.portal.building).values_list("title", flat=True))
        assert titles == {"Quyết định về việc thử", "Nồng độ 50 µg/m³ ở «Ba» nơi¹"}
        assert "<p>Độc lập</p>" in str(self.article(slug="quyet-dinh-ve-viec-thu").body.raw_data[0])
        held = DocumentPage.objects.get()
        assert (held.abstract, held.signer, held.live) == ("Quyết định về việc thử", "Nguyễn Văn An", True)
        assert [word for word in ("TCVN3", "VNI", "VISCII") if f"viết bằng bảng mã cũ ({word})" not in said] == []

    def test_encodings_nobody_can_tell__are_drafts(self):
        said = self.take(news(title="baõo soá 9"))
        assert "không chắc đọc thế nào, để bản nháp" in said
        assert not self.article().live

    def test_files__are_found_by_the_same_letters_and_linked(self):
        name = unicodedata.normalize("NFD", "Ảnh lễ hội.jpg")
        (self.folder / name).write_bytes(get_test_image_file_jpeg().file.getvalue())
        (self.folder / "uploads").mkdir()
        for file in ("tep#5.pdf", "co gi moi?.pdf", "100%25.pdf", "uploads/tep.pdf"):
            (self.folder / file).write_bytes(b"%PDF-1.4\n" + file.encode() + b"\n%%EOF\n")
        body = '<p><a href="/uploads/tep.pdf">Tệp</a> <a href="/tin/1.html">tin</a></p><ul><li><img src="ảnh lễ hội.jpg"></li></ul>'
        names = ["tep#5.pdf", "co gi moi?.pdf", "100%25.pdf", "uploads\\tep.pdf"]
        said = self.take(news(image="Ảnh lễ hội.jpg", body=body, attachments=names))
        page = self.article()
        assert page.main_image.title == "Khởi công cầu"
        assert [block.block_type for block in page.body] == ["paragraph", "image", "files"]
        tied = PortalFile.objects.get(title="tep")
        assert f'<a linktype="document" id="{tied.pk}">Tệp</a> tin' in page.body.raw_data[0]["value"]
        assert len(page.body[2].value["items"]) == 4
        assert "mất liên kết tới “/tin/1.html”" in said
        assert "bỏ tệp" not in said

    def test_derived_values__have_room(self):
        self.take(document(number="1/" + "A" * 98), document(id="e", number="2/" + "Đ" * 98, signer="각" * 100))
        assert DocumentPage.objects.filter(live=True).count() == 2
        self.take(news(author="각" * 100))
        assert self.article().bylines.count() == 1

    def test_number_of_no_known_form__is_found_as_written(self):
        numbers = ["973520/2019/QĐ-UBND", "12345678/2019/QĐ-UBND", "Không số (bản 2)", "05-HD.TU/2011"]
        self.take(*(document(id=number, number=number) for number in numbers))
        for number in numbers:
            found = self.client.get("/van-ban/", {"so": number}, headers={"host": self.own})
            self.assertContains(found, number)

    def test_issuer_that_nobody_can_tell__is_a_draft_that_says_so(self):
        said = self.take(document(number="Không số", issuer=None))
        assert "thiếu cơ quan ban hành, để bản nháp" in said
        held = DocumentPage.objects.get()
        assert (held.live, held.first_issuer) == (False, None)

    def test_line_that_fails_for_whatever_reason__is_that_lines_error(self):
        original = ArticleTaker.take

        def take(taker, data, outcome):
            page = original(taker, data, outcome)
            if data["id"] == "2":
                raise DataError("value too long")
            return page

        with patch.object(ArticleTaker, "take", take):
            said = self.take(news(), news(id="2", title="Hai"), news(id="3", title="Ba"), failed=1)
        assert "dòng 2: không đưa vào được (DataError)" in said
        titles = set(NewsPage.objects.filter(publisher=self.portal.building).values_list("title", flat=True))
        assert titles == {"Khởi công cầu", "Ba"}

    def test_odd_values__are_each_one_lines_error(self):
        said = self.take(
            b"\xef\xbb\xbf" + news().encode(),
            news(title="Trùng"),
            '{"id": "n", "kind": "news", "title": "Số", "x": NaN}',
            '{"id": "h", "kind": "news", "title": ' + "9" * 5000 + "}",
            news(id="t", title=5),
            news(id="f", title=False),
            news(id="l", title=["a"]),
            news(id="b", body={"a": 1}),
            news(id="a", author=[1, 2]),
            news(id="a2", attachments={"a": 1}),
            news(id=1.5),
            news(id=True),
            news(id="k", kind=["news"]),
            news(id="s", source="http://[x", title="Nguồn lạ"),
            document(number=16),
            document(id="r", relations=[["replaces"]]),
            document(id="o", issuer={"a": 1}),
            news(id=7, title="Mã là số"),
            failed=15,
            ends=b"\r\n",
        )
        assert "dòng 2: “id” trùng với dòng 1." in said
        assert "dòng 3: “NaN” không phải là một số." in said
        assert "dòng 11: “id” phải là chữ hoặc số nguyên." in said
        titles = set(NewsPage.objects.filter(publisher=self.portal.building).values_list("title", flat=True))
        assert titles == {"Khởi công cầu", "Nguồn lạ", "Mã là số"}

    def test_draft_of_an_editor__is_left_and_never_published(self):
        self.take(news(), document())
        page, held = self.article(), DocumentPage.objects.get()
        page.title, held.abstract = "Bản đang sửa", "Trích yếu đang sửa"
        page.save_revision(user=self.portal.editor)
        held.save_revision(user=self.portal.editor)
        held.get_workflow().start(held, self.portal.editor)
        said = self.take(news(title="Bản từ nguồn"), document(title="Trích yếu từ nguồn"))
        assert "để nguyên 2" in said
        assert "bản sửa chưa duyệt của biên tập viên" in said
        assert "đang ở bước duyệt" in said
        page, held = self.article(), DocumentPage.objects.get()
        assert (page.title, page.live) == ("Khởi công cầu", True)
        assert page.get_latest_revision_as_object().title == "Bản đang sửa"
        assert held.abstract == "Về việc thử"
        assert held.workflow_in_progress
        page.get_latest_revision().publish()
        said = self.take(news(title="Bản từ nguồn"))
        assert "sửa 1" in said
        assert self.article().title == "Bản từ nguồn"
        assert ImportedItem.objects.count() == 2


def sheet(*rows):
    book = Workbook()
    book.active.append(workbook.HEADINGS)
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def row(number, issued="19/4/2017", title="Về việc thử"):
    return [number, "Quyết định", title, UBND, issued]


class SheetTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_moderated_portal()
        cls.register = make_register(cls.portal.building)

    def upload(self, content):
        self.client.force_login(self.portal.editor)
        data = {"organisation": self.portal.building.pk, "file": SimpleUploadedFile("bang.xlsx", content)}
        return self.client.post("/admin/nhap-van-ban/", data, headers={"host": "localhost"})

    def test_days__are_told_in_the_sentence_that_was_meant(self):
        for issued, reason in (
            (46346, "“46346” không phải ngày dạng"),
            ("20/11/26", "“20/11/26” không phải ngày dạng"),
        ):
            self.assertContains(self.upload(sheet(row("1/QĐ-SXD", issued))), reason)
        self.assertContains(self.upload(sheet(row("1/QĐ-SXD", "31/2/2018"))), "không có ngày 31/2/2018")
        checked = workbook.check(ContentFile(sheet(row("1/QĐ-SXD", date(2017, 4, 19))), name="a.xlsx"))
        assert checked.lines[0][1]["issued"] == "2017-04-19"

    def test_row_that_fails__is_told_and_the_rest_go_in(self):
        original = DocumentTaker.take

        def take(taker, data, outcome):
            page = original(taker, data, outcome)
            if data["number"] == "2/QĐ-SXD":
                raise DataError("value too long")
            return page

        numbers = ["1/" + "A" * 98, "2/QĐ-SXD", "3/QĐ-SXD"]
        address = self.upload(sheet(*map(row, numbers)))["Location"]
        with patch.object(DocumentTaker, "take", take):
            assert self.client.post(address, headers={"host": "localhost"}).status_code == 302
        page = self.client.get(address, headers={"host": "localhost"})
        self.assertContains(page, "không đưa vào được (DataError)")
        upload = DocumentUpload.objects.get()
        assert (upload.is_over, upload.counts) == (True, {"added": 2, "failed": 1})
        assert set(DocumentPage.objects.values_list("number", flat=True)) == {numbers[0], numbers[2]}

    def test_step_that_fails_after_the_page__is_that_rows_error_too(self):
        address = self.upload(sheet(row("1/QĐ-SXD"), row("2/QĐ-SXD")))["Location"]
        DocumentUpload.objects.update(submits=True)
        with patch("importing.uploading._submit", side_effect=[RuntimeError, None]):
            assert self.client.post(address, headers={"host": "localhost"}).status_code == 302
        upload = DocumentUpload.objects.get()
        assert (upload.is_over, upload.counts) == (True, {"failed": 1, "added": 1})
        assert DocumentPage.objects.get().number == "2/QĐ-SXD"


def test_reason_of_a_line__is_no_error_of_values():
    assert not issubclass(LineError, ValueError)
