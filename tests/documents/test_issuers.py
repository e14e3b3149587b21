"""Which body a name is: by its marks, through every door; found without them; listed in Vietnamese order."""

import io
import json
import tempfile
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import TestCase
from openpyxl import Workbook
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from documents.bodies import body_key, folded_body
from documents.citations import citations_in, documents_named
from documents.finding import RegisterForm
from documents.models import DocumentPage, Field, Issuer
from documents.opening import open_issuers
from importing import workbook
from importing.models import DocumentUpload
from organisations.models import Organisation
from tests.factories import make_moderated_portal, make_organisation

from .support import day, make_document, make_register

HA_GRAVE, HA_DOT = "Ủy ban nhân dân xã Sơn Hà", "Ủy ban nhân dân xã Sơn Hạ"
HOST, PROVINCE = {"host": "localhost"}, {"host": "quangngai.localhost"}
NUMBER = "13/QĐ-UBND"
# As a dictionary orders them.
ORDERED = ["Huyện Dương Hòa", "Huyện Đức Phổ", "Huyện Tư Nghĩa"]


class IssuerTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_moderated_portal()
        cls.register = make_register(cls.portal.building)
        cls.province = make_register(cls.portal.province)

    def assert_two(self):
        """Two documents of two bodies, each with its own words."""
        documents = DocumentPage.objects.order_by("abstract")
        self.assertEqual([page.abstract for page in documents], ["Việc khác", "Việc thứ nhất"])
        self.assertEqual([page.first_issuer.name for page in documents], [HA_DOT, HA_GRAVE])

    def plant(self):
        make_document(self.register, NUMBER, "2/11/2026", issuers=[HA_GRAVE], abstract="Việc thứ nhất")
        make_document(self.register, NUMBER, "2/11/2026", issuers=[HA_DOT], abstract="Việc khác")

    def test_import__two_bodies_have_two_documents(self):
        rows = [("1", "Việc thứ nhất", HA_GRAVE), ("2", "Việc khác", HA_DOT), ("3", "Việc khác", "UBND xã Sơn Hạ")]
        common = {"kind": "document", "number": NUMBER, "issued": "2026-11-02", "published": "2026-11-03"}
        lines = [json.dumps({"id": pk, "title": title, "issuer": name} | common) for pk, title, name in rows]
        path = Path(self.enterContext(tempfile.TemporaryDirectory())) / "nhap.jsonl"
        path.write_text("\n".join(lines), encoding="utf-8")
        call_command("import_content", str(path), site="soxaydung.localhost", stdout=io.StringIO())
        self.assert_two()

    def test_spreadsheet__two_bodies_have_two_documents(self):
        book, out = Workbook(), io.BytesIO()
        for row in (
            workbook.HEADINGS,
            [NUMBER, "Quyết định", "Việc thứ nhất", HA_GRAVE, "2/11/2026"],
            [NUMBER, "Quyết định", "Việc khác", HA_DOT, "2/11/2026"],
        ):
            book.active.append(row)
        book.save(out)
        self.client.force_login(self.portal.editor)
        data = {"organisation": self.portal.building.pk, "file": SimpleUploadedFile("a.xlsx", out.getvalue())}
        address = self.client.post("/admin/nhap-van-ban/", data, headers=HOST)["Location"]
        for _press in range(20):
            self.client.post(address, headers=HOST)
            if DocumentUpload.objects.latest("pk").is_over:
                break
        self.assert_two()

    def send(self, issuer):
        """The editor's form, for the other document."""
        values = {"number": NUMBER, "abstract": "Việc khác", "issued": "02/11/2026", "slug": "", "body-count": 0}
        formsets = {"document_issuers": inline_formset([{"issuer": Issuer.objects.named(issuer).pk}])}
        formsets |= {name: inline_formset([]) for name in ("files", "relations", "comments")}
        self.client.force_login(self.portal.editor)
        address = f"/admin/pages/add/documents/documentpage/{self.register.pk}/"
        return self.client.post(address, nested_form_data(values | formsets), headers=HOST)

    def test_form__same_number_of_another_body_is_no_double(self):
        make_document(self.register, NUMBER, "2/11/2026", issuers=[HA_GRAVE], abstract="Việc thứ nhất")
        self.assertContains(self.send("UBND xã Sơn Hà"), "Văn bản này đã có trong sổ")
        self.assertEqual(self.send(HA_DOT).status_code, 302)
        self.assert_two()

    def found(self, code, **parameters):
        response = self.client.get("/api/van-ban/", parameters, headers=PROVINCE)
        self.assertEqual(response.status_code, code)
        return [row["title"] for row in response.json().get("results", [])]

    def test_api__tells_two_bodies_apart(self):
        self.plant()
        self.assertEqual(self.found(200, issuer="UBND xã Sơn Hà"), ["Việc thứ nhất"])
        self.assertEqual(self.found(200, issuer="ubnd xã sơn hạ"), ["Việc khác"])

    def test_api__name_without_marks_finds_the_only_one(self):
        make_document(self.register, NUMBER, "2/11/2026", issuers=[HA_GRAVE], abstract="Việc thứ nhất")
        self.assertEqual(self.found(200, issuer="ubnd xa son ha"), ["Việc thứ nhất"])
        self.assertEqual(self.found(400, issuer="UBND xã Sơn Hạ"), [])
        Issuer.objects.named(HA_DOT)
        self.assertEqual(self.found(400, issuer="ubnd xa son ha"), [])

    def test_citation__names_the_document_of_the_body_it_says(self):
        self.plant()
        cited = citations_in(f"Quyết định số {NUMBER} ngày 02/11/2026 của UBND xã Sơn Hạ")
        self.assertEqual([page.abstract for page in documents_named(cited).values()], ["Việc khác"])

    def test_relation__acts_on_the_document_of_the_body_it_says(self):
        self.plant()
        target = {"target_issuer": "UBND xã Sơn Hạ"}
        make_document(self.register, "20/QĐ-UBND", "9/11/2026", [("replaces", NUMBER, target)], issuers=[HA_DOT])
        ends = dict(DocumentPage.objects.filter(number=NUMBER).values_list("abstract", "until_day"))
        self.assertEqual(ends, {"Việc thứ nhất": None, "Việc khác": day("9/11/2026")})

    def test_opening__each_site_has_a_body_of_its_own(self):
        communes = [
            make_organisation(code, name, Organisation.Kind.COMMUNE)
            for code, name in (("sonha", "Xã Sơn Hà"), ("sonha2", "Xã Sơn Hạ"))
        ]
        for commune in communes:
            open_issuers(commune, commune.home_page)
        self.assertEqual([Issuer.objects.of(commune).name for commune in communes], ["Xã Sơn Hà", "Xã Sơn Hạ"])
        own = Issuer.objects.own(communes)
        self.assertEqual([len(own[commune.pk]) for commune in communes], [1, 1])

    def test_operators_screen__takes_the_other_body_and_refuses_the_same(self):
        Issuer.objects.named(HA_GRAVE)
        self.client.force_login(self.portal.operator)
        address = "/admin/co-quan-ban-hanh/new/"
        self.assertEqual(self.client.post(address, {"name": HA_DOT, "order": 100}, headers=HOST).status_code, 302)
        again = self.client.post(address, {"name": "UBND xã Sơn Hà", "order": 100}, headers=HOST)
        self.assertContains(again, f"Cơ quan này đã có trong danh sách: {HA_GRAVE}.")
        self.assertEqual(Issuer.objects.filter(name_folded=folded_body(HA_GRAVE)).count(), 2)

    def test_order__is_vietnamese_in_the_register_form_and_on_the_operators_screens(self):
        for name in reversed(ORDERED):
            Issuer.objects.named(name)
        Field.objects.bulk_create(Field(name=name, slug=f"f-{n}") for n, name in enumerate(reversed(ORDERED)))
        form = RegisterForm({}, Issuer.objects.filter(name__in=ORDERED))
        for name in ("co_quan", "linh_vuc"):
            with self.subTest(field=name):
                self.assertEqual([label for _value, label in form.fields[name].choices][1:], ORDERED)
        self.client.force_login(self.portal.operator)
        for screen in ("co-quan-ban-hanh", "linh-vuc-van-ban"):
            for query, wanted in (("", ORDERED), ("?ordering=name", ORDERED), ("?ordering=-name", ORDERED[::-1])):
                with self.subTest(screen=screen, query=query):
                    text = self.client.get(f"/admin/{screen}/{query}", headers=HOST).content.decode()
                    self.assertEqual(sorted(ORDERED, key=text.index), wanted)


def test_key__keeps_marks_and_nothing_else():
    assert body_key(HA_GRAVE) != body_key(HA_DOT)
    assert body_key("UỶ BAN NHÂN DÂN  Xã Sơn Hà") == body_key("UBND xã Sơn Hà") == body_key(HA_GRAVE)
    assert folded_body(HA_GRAVE) == folded_body("ubnd xa son ha") == folded_body(HA_DOT)
