"""Bringing documents in: every field in its place, relations tied whichever end comes first, and never a double."""

import io
import json
import tempfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import TestCase

from documents.bodies import bodies_in, body_key
from documents.models import DocumentPage, Field, Issuer, Relation
from documents.status import Status, status_on
from tests.factories import make_organisation

from ..documents.support import UBND, day, make_document, make_register


def line(**fields):
    values = {
        "id": "1",
        "kind": "document",
        "number": "16/2017/QĐ-UBND",
        "document_type": "Quyết định",
        "title": "Ban hành Quy chế hoạt động của Cổng",
        "issuer": UBND,
        "issued": "2017-04-19",
        "published": "2017-04-20",
    }
    return json.dumps(values | fields)


class DocumentImportTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.organisation = make_organisation("soxaydung", "Sở Xây dựng")
        cls.register = make_register(cls.organisation)
        cls.field = Field.objects.create(name="Thông tin, truyền thông", slug="thong-tin")

    def setUp(self):
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))

    def take(self, *lines, failed=None, site="soxaydung.localhost", **options):
        path, out = self.folder / "nhap.jsonl", io.StringIO()
        path.write_text("\n".join(lines), encoding="utf-8")
        if failed:
            with pytest.raises(CommandError, match=f"^{failed} dòng không nhập được"):
                call_command("import_content", str(path), site=site, stdout=out, stderr=out, **options)
        else:
            call_command("import_content", str(path), site=site, stdout=out, stderr=out, **options)
        return out.getvalue()

    def document(self, number):
        return DocumentPage.objects.get(number=number)

    def test_every_field__finds_its_place(self):
        (self.folder / "qd16.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")
        self.take(
            line(
                issuer="UBND tỉnh và Bộ Tài chính",
                signer="KT. Nguyễn Văn A",
                effective="2017-05-01",
                expires="2099-01-01",
                category="thong tin, truyen thong",
                source="Công báo",
                body="<h2>Điều 1</h2><p>Phạm vi<script>x()</script></p>",
                attachments=["qd16.pdf"],
            )
        )
        document = DocumentPage.objects.get()
        assert (document.live, document.first_published_at.isoformat()) == (True, "2017-04-19T17:00:00+00:00")
        assert (document.title, document.kind) == ("Quyết định số 16/2017/QĐ-UBND", "quyet-dinh")
        assert [row.issuer.name for row in document.document_issuers.all()] == ["UBND tỉnh", "Bộ Tài chính"]
        assert (document.signing_form, document.signer) == ("KT.", "Nguyễn Văn A")
        assert (document.issued, document.effective, document.from_day) == (
            day("19/4/2017"),
            day("1/5/2017"),
            day("1/5/2017"),
        )
        assert (document.until_day, document.field, document.source) == (day("1/1/2099"), self.field, "Công báo")
        assert [block.block_type for block in document.body] == ["heading", "paragraph"]
        assert "x()" not in str(document.body)
        assert [row.role for row in document.files.all()] == ["signed"]
        assert document.get_latest_revision() == document.live_revision
        assert self.client.get(document.get_url(), headers={"host": "soxaydung.localhost"}).status_code == 200

    def test_again__changes_what_changed_and_never_doubles(self):
        self.take(line(relations=[{"kind": "replaces", "number": "1/2010/QĐ-UBND"}]))
        assert "không đổi 1" in self.take(line(relations=[{"kind": "replaces", "number": "1/2010/QĐ-UBND"}]))
        assert "sửa 1" in self.take(line(title="Quy chế mới"))
        document = DocumentPage.objects.get()
        assert document.abstract == "Quy chế mới"
        assert document.relations.count() == 1  # a line that says nothing of relations takes none away

    def test_held_already__is_taken_up_or_pointed_to(self):
        own = make_document(self.register, "016/2017/QÐ-UBND", "19/4/2017")
        other = make_register(make_organisation("soyte", "Sở Y tế"))
        foreign = make_document(other, "17/2017/QĐ-UBND", "19/4/2017", abstract="Nguyên văn")
        mapping = self.folder / "map.tsv"
        said = self.take(line(), line(id="2", number="17/2017/QĐ-UBND"), map=str(mapping))
        assert DocumentPage.objects.count() == 2
        assert self.document("16/2017/QĐ-UBND").pk == own.pk
        assert "đã có trong sổ của Sở Y tế" in said
        foreign.refresh_from_db()
        assert foreign.abstract == "Nguyên văn"
        assert foreign.full_url in mapping.read_text()

    def test_draft_of_another_organisation__stays_unknown(self):
        other = make_register(make_organisation("soyte", "Sở Y tế"))
        make_document(other, "16/2017/QĐ-UBND", "19/4/2017", live=False)
        assert "Sở Y tế" not in self.take(line())
        assert DocumentPage.objects.filter(publisher=self.organisation).count() == 1

    def test_relations__are_tied_now_or_when_the_other_comes(self):
        first = line(relations=[{"kind": "replaces", "number": "1/2010/QĐ-UBND", "date": "2017-05-01"}])
        amending = line(id="3", number="3/2011/QĐ-UBND", issued="2011-02-01")
        old = line(
            id="2",
            number="01/2010/QĐ-UBND",
            issued="2010-02-01",
            relations=[
                {"kind": "guides", "number": "3/2011/QĐ-UBND", "issuer": "UBND tỉnh Quảng Ngãi", "clause": "Đ2"}
            ],
        )
        self.take(first, old, amending)
        old = self.document("01/2010/QĐ-UBND")
        assert old.until_day == day("1/5/2017")
        assert status_on(old, day("1/5/2017")) == Status.EXPIRED
        assert set(Relation.objects.values_list("target__number", "clause")) == {
            ("01/2010/QĐ-UBND", ""),
            ("3/2011/QĐ-UBND", "Đ2"),
        }

    def test_province__brings_what_higher_bodies_do_to_each_other(self):
        make_register(make_organisation("quangngai", "Văn phòng UBND tỉnh", "province"))
        ministry = {"number": "2/2012/TT-BTC", "document_type": "Thông tư", "issuer": "Bộ Tài chính"}
        decree = {"number": "9/2019/NĐ-CP", "document_type": "Nghị định", "issuer": "Chính phủ"}
        beside = {"number": "8/2018/TT-BYT", "document_type": "Thông tư", "issuer": "Bộ Y tế"}
        self.take(
            line(id="1", issued="2012-01-01", **ministry),
            line(id="2", issued="2013-01-01", **beside),
            line(id="3", relations=[{"kind": "repeals", "number": "2/2012/TT-BTC"}], **decree),
            line(id="4", relations=[{"kind": "amends", "number": "8/2018/TT-BYT"}], number="3/2017/TT-BTC"),
            site="quangngai.localhost",
        )
        assert status_on(self.document("2/2012/TT-BTC"), day("1/1/2020")) == Status.EXPIRED
        assert status_on(self.document("8/2018/TT-BYT"), day("1/1/2020")) == Status.PARTLY
        assert set(Relation.objects.values_list("standing", flat=True)) == {"counts"}

    def test_future_or_no_date__is_a_draft_without_effect(self):
        old = make_document(self.register, "1/2010/QĐ-UBND", "1/2/2010")
        self.take(line(published=None, relations=[{"kind": "replaces", "number": "1/2010/QĐ-UBND"}]))
        assert not self.document("16/2017/QĐ-UBND").live
        old.refresh_from_db()
        assert old.until_day is None

    def test_odd_lines__are_marked_or_refused_with_the_reason(self):
        said = self.take(
            line(effective="2017-01-01"),
            line(id="2", number="Không số", document_type="Tờ lạ"),
            line(id="3", number="3/2017/QĐ-UBND", expires="2017-04-01"),
            line(id="4", number="", issuer=""),
            line(id="5", number="5/2017/QĐ-UBND", issued="19/4/2017"),
            line(id="6", number="6/2017/QĐ-UBND", title=" "),
            line(id="7", number="7/2017/QĐ-UBND", relations="x"),
            line(id="8", number="8/2017/QĐ-UBND", relations=[{"kind": "lạ", "number": "1/QĐ-UBND"}]),
            line(id="9", number="9/2017/QĐ-UBND", relations=[{"kind": "amends", "number": "9/2017/QĐ-UBND"}]),
            line(id="10", number="10/QĐ-UBND", issued=None, published=None),
            failed=5,
        )
        assert "dòng 1: lưu ý: có hiệu lực từ 01/01/2017, trước ngày ban hành" in said
        assert "“Không số” không theo thể thức" in said
        assert "không có loại văn bản “Tờ lạ”, ghi là Văn bản khác" in said
        reasons = {3: "không sau ngày có hiệu lực", 5: "“issued”: ngày", 6: "thiếu trích yếu"}
        for number, reason in (reasons | {7: "phải là danh sách", 10: "thiếu ngày ban hành"}).items():
            assert f"dòng {number}: " in said, number
            assert reason in said, number
        assert "không có loại quan hệ này" in said
        assert "bỏ quan hệ của văn bản với chính nó" in said
        assert "dòng 4: lưu ý: thiếu cơ quan ban hành, để bản nháp." in said
        assert DocumentPage.objects.filter(live=True).count() == 4
        assert not self.document("").live
        assert self.document("16/2017/QĐ-UBND").is_retroactive

    def test_site_without_register__says_so(self):
        make_organisation("soyte", "Sở Y tế")
        assert "chưa có sổ văn bản" in self.take(line(), site="soyte.localhost", failed=1)

    def test_taken_down__stays_down(self):
        self.take(line())
        DocumentPage.objects.get().unpublish()
        self.take(line(title="Trích yếu khác"))
        document = DocumentPage.objects.get()
        assert not document.live
        assert document.get_latest_revision_as_object().abstract == "Trích yếu khác"


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("Bộ Tài chính và Bộ Tư pháp", ["Bộ Tài chính", "Bộ Tư pháp"]),
        ("Bộ Văn hóa, Thể thao và Du lịch", ["Bộ Văn hóa, Thể thao và Du lịch"]),
        ("Bộ Tài nguyên và Môi trường và Bộ Nội vụ", ["Bộ Tài nguyên và Môi trường", "Bộ Nội vụ"]),
        ("Bộ Lao động - Thương binh và Xã hội; Bộ Y tế", ["Bộ Lao động - Thương binh và Xã hội", "Bộ Y tế"]),
        ("Bộ Tài chính, Bộ Tài chính", ["Bộ Tài chính"]),
    ],
)
def test_joint_names(text, bodies):
    assert bodies_in(text) == bodies


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("UBND tỉnh Quảng Ngãi", "Ủy ban nhân dân tỉnh Quảng Ngãi"),
        ("UBND tỉnh", "Uỷ ban Nhân dân tỉnh Quảng Ngãi"),
        ("Bộ Văn hóa, Thể thao và Du lịch", "Bộ Văn hoá - Thể thao và Du lịch"),
    ],
)
def test_one_body_has_one_key(one, other):
    assert body_key(one) == body_key(other)
    assert body_key("UBND huyện Ba Tơ") != body_key("UBND tỉnh")


@pytest.mark.django_db
def test_issuers_are_not_doubled_by_spelling():
    Issuer.objects.create(name="Bộ Công Thương")
    assert Issuer.objects.named("Bộ công thương").name == "Bộ Công Thương"
