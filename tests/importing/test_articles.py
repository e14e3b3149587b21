"""Bringing articles in: what is taken, what is refused with which words, and that twice is once."""

import gzip
import io
import json
import tempfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import TestCase
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file_jpeg
from wagtail.models import Page

from importing.models import ImportedItem
from news.models import Category, NewsPage
from tests.factories import make_organisation, make_section

REPORT = Path(__file__).resolve().parents[2] / "samples" / "data" / "bao-cao-cong-2018.jsonl"


def line(**fields):
    return json.dumps({"id": "1", "kind": "news", "title": "Khởi công cầu", "published": "2018-05-04"} | fields)


class ImportTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.organisation = make_organisation("soxaydung", "Sở Xây dựng")
        cls.section = make_section(cls.organisation)
        cls.category = Category.objects.create(name="Giao thông", slug="giao-thong")

    def setUp(self):
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))

    def take(self, *lines, failed=None, **options):
        """Import the lines (text or bytes); gives what was said."""
        path = self.folder / "nhap.jsonl"
        path.write_bytes(b"\n".join(part.encode() if isinstance(part, str) else part for part in lines))
        return self.run_on(path, failed, **options)

    def run_on(self, path, failed=None, site="soxaydung.localhost", **options):
        out = io.StringIO()
        if failed is None:
            call_command("import_content", str(path), site=site, stdout=out, stderr=out, **options)
        else:
            with pytest.raises(CommandError, match=f"^{failed} dòng không nhập được"):
                call_command("import_content", str(path), site=site, stdout=out, stderr=out, **options)
        return out.getvalue()

    def test_past__is_live_with_its_date_and_history(self):
        said = self.take(line(lead="Sapo.", body="Một.\n\nHai.", category="giao thong", author=["An", "Bình", "Chi"]))
        page = NewsPage.objects.get()
        assert page.live
        assert page.published_at.isoformat() == "2018-05-03T17:00:00+00:00"
        assert page.first_published_at == page.published_at
        assert [(b.block_type, b.value.source) for b in page.body] == [
            ("paragraph", "<p>Một.</p>"),
            ("paragraph", "<p>Hai.</p>"),
        ]
        assert page.category == self.category
        shares = [(b.contributor.pen_name, b.contributor.organisation, b.share) for b in page.bylines.all()]
        assert shares == [
            ("An", self.organisation, 34),
            ("Bình", self.organisation, 33),
            ("Chi", self.organisation, 33),
        ]
        assert page.get_latest_revision() is not None
        assert "thêm 1, sửa 0, không đổi 0" in said
        assert self.client.get(page.get_url(), headers={"host": "soxaydung.localhost"}).status_code == 200

    def test_future_or_no_date__is_a_draft(self):
        self.take(line(published="2099-01-01"), line(id="2", title="Không ngày", published=None))
        assert list(NewsPage.objects.values_list("live", "published_at")) == [(False, None), (False, None)]

    def test_again__changes_what_changed_and_never_doubles(self):
        self.take(line(), line(id="2", title="Tin khác"))
        said = self.take(line(title="Khởi công cầu mới", published="2018-05-05"), line(id="2", title="Tin khác"))
        assert "thêm 0, sửa 1, không đổi 1" in said
        pages = {page.title: page for page in NewsPage.objects.all()}
        assert set(pages) == {"Khởi công cầu mới", "Tin khác"}
        assert pages["Khởi công cầu mới"].published_at.isoformat() == "2018-05-04T17:00:00+00:00"
        assert ImportedItem.objects.count() == 2
        assert Page.find_problems() == ([], [], [], [], [])

    def test_taken_down_here__stays_down_when_the_source_changes(self):
        self.take(line())
        NewsPage.objects.get().unpublish()
        self.take(line(title="Bản sửa"))
        page = NewsPage.objects.get()
        assert not page.live
        assert page.get_latest_revision_as_object().title == "Bản sửa"

    def test_same_id_of_two_sites__is_two_articles(self):
        other = make_organisation("soyte", "Sở Y tế")
        make_section(other)
        self.take(line())
        self.take(line(), site="SOYTE.localhost")
        assert NewsPage.objects.count() == 2

    def test_bad_lines__are_named_and_the_rest_go_in(self):
        said = self.take(
            line(id="tot"),
            line(id="dứt")[:40],
            "[1, 2]",
            line(id=""),
            line(id="t", title="  "),
            line(id="n", published="31/12/2018"),
            line(id="d", title="x" * 1200),
            line(id="e", title="🎉🎉"),
            b'{"id": "u", "kind": "news", "title": "\xff"}',
            line(id="v", kind="podcast"),
            line(id="l", body=5),
            '{"id": "s", "kind": "news", "title": "\\ud800 a"}',
            "[" * 100_000,
            line(id="y", published="0001-01-01"),
            line(id="cuối", title="Tin cuối"),
            failed=13,
        )
        reasons = {2: "cắt dở", 3: "không phải là một đối tượng", 4: "thiếu “id”", 5: "thiếu “title”", 6: "ngày đăng"}
        reasons |= {7: "tít dài 1200 ký tự", 8: "chỉ gồm biểu tượng", 9: "UTF-8", 10: "“podcast” hiện chưa nhận"}
        reasons |= {11: "“body” phải là chữ", 12: "Unicode", 13: "JSON", 14: "ngày đăng"}
        told = dict(part.split(": ", 1) for part in said.splitlines() if part.startswith("dòng "))
        assert set(told) == {f"dòng {number}" for number in reasons}
        for number, reason in reasons.items():
            assert reason in told[f"dòng {number}"], number
        assert set(NewsPage.objects.values_list("title", flat=True)) == {"Khởi công cầu", "Tin cuối"}

    def test_long_title__is_cut_and_stands_whole_in_the_text(self):
        title = "Thủ tục cấp giấy phép " * 15
        assert "cắt còn 255" in self.take(line(title=title))
        page = NewsPage.objects.get()
        assert len(page.title) <= 255
        assert title.strip() in page.body[0].value.source

    def test_unknown_site__does_nothing(self):
        for site in ("khongco.localhost", "", "localhost:8000"):
            path = self.folder / "a.jsonl"
            path.write_text(line())
            with pytest.raises(CommandError, match="Không có trang nào"):
                call_command("import_content", str(path), site=site)
        assert not NewsPage.objects.exists()

    def test_missing_file__is_one_sentence(self):
        with pytest.raises(CommandError, match="Không có tệp"):
            call_command("import_content", str(self.folder / "khong.jsonl"), site="soxaydung.localhost")

    def test_gzip__is_read_and_a_cut_one_is_named(self):
        packed = gzip.compress("\n".join(line(id=str(n), title=f"Tin {n}") for n in range(3)).encode())
        whole, cut = self.folder / "a.jsonl.gz", self.folder / "b.jsonl.gz"
        whole.write_bytes(packed)
        cut.write_bytes(packed[:-12])
        self.run_on(whole)
        assert NewsPage.objects.count() == 3
        assert "tệp nén bị hỏng" in self.run_on(cut, failed=1)

    def test_map__names_old_id_and_new_address(self):
        target = self.folder / "map.tsv"
        self.take(line(id="cu/1"), map=str(target))
        address = NewsPage.objects.get().full_url
        assert target.read_text() == f"cu/1\t{address}\n"
        with pytest.raises(CommandError, match="Không ghi được"):
            call_command("import_content", str(self.folder / "nhap.jsonl"), site="soxaydung.localhost", map="/khong/co")

    def test_unknown_category__is_noted_and_the_item_goes_in(self):
        said = self.take(line(category="Chuyện lạ"))
        assert "dòng 1: lưu ý: không có lĩnh vực “Chuyện lạ”" in said
        assert NewsPage.objects.get().category is None

    def test_images__come_from_the_folder_only_and_once(self):
        (self.folder / "anh").mkdir()
        (self.folder / "anh" / "cầu.jpg").write_bytes(get_test_image_file_jpeg().file.getvalue())
        (self.folder / "gia.jpg").write_bytes(b"MZ khong phai anh")
        outside = self.folder.parent / f"{self.folder.name}-ngoai.jpg"
        outside.write_bytes(get_test_image_file_jpeg().file.getvalue())
        self.addCleanup(outside.unlink)
        names = ["anh/c%E1%BA%A7u.jpg", "gia.jpg", f"../{outside.name}", "https://example.org/a.jpg", str(outside)]
        body = "".join(f'<p>Đoạn</p><img src="{name}" alt="Cầu">' for name in names)
        said = self.take(line(body=body, image="anh/cầu.jpg"))
        assert said.count("lưu ý: bỏ ảnh") == 4, said
        image = get_image_model().objects.get()
        page = NewsPage.objects.get()
        assert image.collection == self.organisation.collection
        assert page.main_image == image
        assert [block.value["image"] for block in page.body if block.block_type == "image"] == [image]

    def test_attachments__are_judged_as_uploads_are(self):
        (self.folder / "a.pdf").write_bytes(b"%PDF-1.4\n" + b"x" * 40)
        (self.folder / "b.pdf").write_bytes(b"MZ" + b"x" * 40)
        said = self.take(line(attachments=["a.pdf", "b.pdf", "c.pdf"]))
        block = NewsPage.objects.get().body[0]
        assert (block.block_type, [file.title for file in block.value["items"]]) == ("files", ["a"])
        assert said.count("lưu ý: bỏ tệp") == 2

    def test_report_of_2018__stands_with_its_tables(self):
        self.run_on(REPORT)
        page = NewsPage.objects.get()
        tables = [block.value for block in page.body if block.block_type == "table"]
        assert [table["table"]["data"][-1] for table in tables] == [
            ["", "Tổng cộng", "87.844"],
            ["", "Tổng cộng", "951"],
        ]
        assert [len(table["table"]["data"]) for table in tables] == [39, 39]
        response = self.client.get(page.get_url(), headers={"host": "soxaydung.localhost"})
        self.assertContains(response, "T.p Quảng Ngãi")
        self.assertContains(response, "Không báo cáo", count=6)
        assert "không đổi 1" in self.run_on(REPORT)
