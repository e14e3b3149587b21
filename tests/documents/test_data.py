"""The register as data: the API, exports, feed and open data show what is public, and nothing else."""

import csv
import gzip
import io
import json
from xml.etree import ElementTree

from django.core.management import CommandError, call_command
from django.db import connection
from django.test import TestCase, override_settings
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from documents import exports
from documents.models import Field
from tests.factories import make_moderated_portal

from .support import day, make_document, make_register

PROVINCE, BUILDING = {"host": "quangngai.localhost"}, {"host": "soxaydung.localhost"}
SXD = "Sở Xây dựng"


class DocumentDataTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_moderated_portal()
        cls.register = make_register(cls.portal.province)
        cls.own = make_register(cls.portal.building)
        cls.field = Field.objects.create(name="Xây dựng, đô thị", slug="xay-dung")
        cls.old = make_document(
            cls.register, "16/2017/QĐ-UBND", "20/3/2017", abstract="Quản lý đô thị", effective=day("1/4/2017")
        )
        cls.new = make_document(
            cls.register,
            "5/2018/QĐ-UBND",
            "1/2/2018",
            [("replaces", "16/2017/QĐ-UBND", {}), ("based_on", "43/2011/NĐ-CP", {"target_url": "https://vbpl.vn/1"})],
            field=cls.field,
        )
        cls.letter = make_document(cls.own, "2134/SXD-QLN", "5/6/2018", issuers=[SXD], abstract="=1+1 nhà ở")
        cls.draft = make_document(cls.own, "9/QĐ-SXD", "6/6/2018", issuers=[SXD], abstract="Còn kín", live=False)

    def api(self, code=200, headers=PROVINCE, **parameters):
        response = self.client.get("/api/van-ban/", parameters, headers=headers)
        self.assertEqual(response.status_code, code)
        return response.json()

    def numbers(self, **parameters):
        return [row["number"] for row in self.api(**parameters)["results"]]

    def test_api__gives_every_field(self):
        data = self.api(number="5/2018", on="2018-03-01")
        self.assertEqual((data["total"], data["pages"], data["on"]), (1, 1, "2018-03-01"))
        row = data["results"][0]
        self.assertEqual(row["document_type"], "Quyết định")
        self.assertEqual(row["issuers"], ["Ủy ban nhân dân tỉnh Quảng Ngãi"])
        self.assertEqual((row["issued"], row["effective"], row["expires"]), ("2018-02-01", "2018-02-01", None))
        self.assertEqual(
            (row["status"], row["status_code"], row["site"]), ("Còn hiệu lực", "con-hieu-luc", PROVINCE["host"])
        )
        self.assertEqual(row["url"], self.new.full_url)
        self.assertEqual(
            [(relation["kind"], relation["number"], relation["url"]) for relation in row["relations"]],
            [("replaces", "16/2017/QĐ-UBND", self.old.full_url), ("based_on", "43/2011/NĐ-CP", "https://vbpl.vn/1")],
        )

    def test_api__understands_names_codes_and_spellings(self):
        both = ["5/2018/QĐ-UBND", "16/2017/QĐ-UBND"]
        self.assertEqual(self.numbers(type="Quyết định"), both)
        self.assertEqual(self.numbers(type="qđ"), both)
        self.assertEqual(self.numbers(issuer="UBND tỉnh Quảng Ngãi"), both)
        self.assertEqual(self.numbers(field="xây dựng, đô thị"), both[:1])
        self.assertEqual(self.numbers(status="Hết hiệu lực toàn bộ"), both[1:])
        self.assertEqual(
            self.numbers(status="con-hieu-luc", on="2018-01-31", type="QĐ", issued_to="2018-01-31"), both[1:]
        )
        self.assertEqual(self.numbers(q="do thi"), both[1:])
        self.assertEqual(self.numbers(issued_from="2018-06-01"), ["2134/SXD-QLN"])

    def test_api__says_what_it_does_not_understand(self):
        errors = self.api(400, type="lạ", status="xong", on="hôm qua", page="0")["errors"]
        self.assertEqual(set(errors), {"type", "status", "on", "page"})
        self.assertIn("Không có giá trị “lạ”", errors["type"])
        self.assertEqual(self.api(page="99")["results"], [])

    def test_api__another_site_answers_for_itself_and_drafts_are_nowhere(self):
        self.assertEqual(self.numbers(headers=BUILDING), ["2134/SXD-QLN"])
        self.assertNotIn("9/QĐ-SXD", self.numbers())

    def test_api__costs_the_same_for_ten_and_twenty(self):
        def queries():
            with CaptureQueriesContext(connection) as context:
                self.api(type="KH")
            return len(context)

        for number in range(10):
            make_document(self.own, f"{number}/KH-SXD", "1/3/2018", [("based_on", "5/2018/QĐ-UBND", {})], issuers=[SXD])
        self.api(type="KH")
        ten = queries()
        for number in range(10, 20):
            make_document(self.own, f"{number}/KH-SXD", "1/3/2018", [("based_on", "5/2018/QĐ-UBND", {})], issuers=[SXD])
        self.assertEqual(queries(), ten)

    def test_openapi__describes_the_api(self):
        paths = self.client.get("/api/openapi.json", headers=PROVINCE).json()["paths"]
        names = {parameter["name"] for parameter in paths["/api/van-ban/"]["get"]["parameters"]}
        self.assertEqual(
            names, {"q", "number", "type", "issuer", "field", "status", "on", "issued_from", "issued_to", "page"}
        )

    def export(self, query, headers=PROVINCE):
        response = self.client.get(f"/van-ban/?{query}", headers=headers)
        self.assertEqual(response.status_code, 200)
        return response

    def test_csv__holds_what_was_asked_for_and_runs_no_formula(self):
        response = self.export("dang=csv&tu=01/06/2018")
        rows = list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))
        self.assertEqual(rows[0][:3], ["Số, ký hiệu", "Loại văn bản", "Trích yếu"])
        self.assertEqual(rows[1][:6], ["2134/SXD-QLN", "Công văn", "'=1+1 nhà ở", SXD, "", "05/06/2018"])
        self.assertEqual(len(rows), 2)
        self.assertIn("attachment", response.headers["Content-Disposition"])

    def test_workbook_and_json__hold_the_same(self):
        sheet = load_workbook(io.BytesIO(self.export("dang=xlsx").content)).active
        numbers = [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)]
        self.assertEqual(numbers, ["2134/SXD-QLN", "5/2018/QĐ-UBND", "16/2017/QĐ-UBND"])
        self.assertEqual({cell.data_type for cell in sheet["C"]}, {"s"})
        self.assertEqual([row["number"] for row in json.loads(self.export("dang=json").content)["results"]], numbers)

    def test_export__too_long_or_unknown_is_the_page_with_the_reason(self):
        self.addCleanup(setattr, exports, "MOST_ROWS", exports.MOST_ROWS)
        exports.MOST_ROWS = 2
        self.assertContains(self.export("dang=csv"), "Chỉ tải được tối đa 2 văn bản một lần")
        self.assertContains(self.export("dang=exe"), "<h1>Văn bản</h1>")

    def test_feed__has_the_newest_and_no_draft(self):
        text = self.client.get("/van-ban/rss.xml", headers=PROVINCE).content.decode()
        titles = [item.findtext("title") for item in ElementTree.fromstring(text).iter("item")]
        self.assertEqual(len(titles), 3)
        self.assertEqual(titles[0], "Công văn số 2134/SXD-QLN: =1+1 nhà ở")
        self.assertNotIn("Còn kín", text)

    def test_shared_fields__show_the_provinces_documents_without_copies(self):
        self.own.shared_fields = [self.field]
        self.own.save()
        response = self.client.get("/van-ban/", headers=BUILDING)
        self.assertContains(response, self.new.full_url)
        self.assertNotContains(response, "16/2017/QĐ-UBND")

    def test_open_data__is_written_whole_and_marks_no_sample_as_law(self):
        make_document(self.register, "8/QĐ-UBND", "1/2/2018", is_sample=True)
        root = self.enterContext(__import__("tempfile").TemporaryDirectory())
        with override_settings(OPEN_DATA_ROOT=root):
            self.assertContains(self.client.get("/du-lieu-mo/", headers=PROVINCE), "Chưa có tệp nào")
            call_command("dump_documents", stdout=io.StringIO())
            self.assertContains(self.client.get("/du-lieu-mo/", headers=PROVINCE), "van-ban.rdf.gz")
            files = {}
            for name in ("van-ban.csv.gz", "van-ban.jsonl.gz", "van-ban.rdf.gz"):
                response = self.client.get(f"/du-lieu-mo/{name}", headers=PROVINCE)
                files[name] = gzip.decompress(b"".join(response.streaming_content)).decode()
            self.assertEqual(self.client.get("/du-lieu-mo/khac.gz", headers=PROVINCE).status_code, 404)
        self.assertEqual(len(files["van-ban.jsonl.gz"].splitlines()), 3)
        self.assertNotIn("Còn kín", "".join(files.values()))
        described = ElementTree.fromstring(files["van-ban.rdf.gz"])
        dc, terms = "{http://purl.org/dc/elements/1.1/}", "{http://purl.org/dc/terms/}"
        self.assertEqual(
            {node.text for node in described.iter(f"{dc}creator")}, {"Ủy ban nhân dân tỉnh Quảng Ngãi", SXD}
        )
        self.assertEqual([node.text for node in described.iter(f"{terms}replaces")], ["16/2017/QĐ-UBND"])

    def test_open_data__unwritable_folder_is_one_sentence(self):
        with (
            override_settings(OPEN_DATA_ROOT="/proc/khong/duoc"),
            self.assertRaisesMessage(CommandError, "Không ghi được"),
        ):
            call_command("dump_documents", stdout=io.StringIO())
