"""What the page of a document shows, on screen, on paper and to machines."""

import json
import re

from django.core.files.base import ContentFile
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from documents.models import DocumentFile, DocumentPage
from home.media.models import FileText, PortalFile
from tests.factories import make_moderated_portal

from .support import UBND, day, make_document, make_register

HOST = {"host": "soxaydung.localhost"}


class DocumentPageTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_moderated_portal()
        cls.register = make_register(cls.portal.building)
        cls.old = make_document(cls.register, "16/2017/QĐ-UBND", "20/3/2017", abstract='Quy chế "Cổng" <b>')
        cls.new = make_document(
            cls.register,
            "5/2018/QĐ-UBND",
            "1/2/2018",
            [("replaces", "16/2017/QĐ-UBND", {}), ("amends", "1/2015/QĐ-UBND", {"clause": "Điều 3"})],
        )

    def get(self, document, query=""):
        return self.client.get(f"{document.get_url()}{query}", headers=HOST)

    def test_both_sides__tell_of_the_relation_and_the_history(self):
        page = self.get(self.old)
        self.assertContains(page, "Bị thay thế bởi")
        self.assertContains(page, "Hết hiệu lực toàn bộ")
        self.assertContains(page, f'href="/van-ban/{self.new.slug}/"')
        self.assertEqual(
            [(str(event.what), event.day) for event in page.context["history"]],
            [
                ("Được ban hành", day("20/3/2017")),
                ("Có hiệu lực", day("20/3/2017")),
                ("Bị thay thế", day("1/2/2018")),
                ("Hết hiệu lực toàn bộ", day("1/2/2018")),
            ],
        )
        self.assertContains(self.get(self.new), "1/2015/QĐ-UBND (Điều 3)")
        self.assertContains(self.get(self.old, "?ngay=2017-12-31"), "Còn hiệu lực")
        self.assertEqual(self.get(self.old, "?ngay=nonsense").status_code, 200)

    def test_machines__read_what_people_read(self):
        page = self.get(self.old).content.decode()
        data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)[1])[
            "@graph"
        ][0]
        self.assertEqual((data["@type"], data["legislationIdentifier"]), ("Legislation", "16/2017/QĐ-UBND"))
        self.assertEqual(data["legislationLegalForce"], "https://schema.org/NotInForce")
        self.assertEqual(data["description"], 'Quy chế "Cổng" <b>')
        self.assertIn(f'<meta name="DC.creator" content="{UBND}">', page)
        self.assertIn('content="Quy chế &quot;Cổng&quot; &lt;b&gt;"', page)

    def test_paper__has_text_status_and_address(self):
        page = self.get(self.old, "?in")
        self.assertTemplateUsed(page, "documents/document_page_print.html")
        self.assertContains(page, "Hết hiệu lực toàn bộ")
        self.assertContains(page, self.old.get_full_url())

    def test_file__with_size_pages_and_a_preview_that_is_escaped(self):
        file = PortalFile.objects.create(
            title="Bản ký", file=ContentFile(b"%PDF-1.4", "qd.pdf"), collection=self.portal.building.collection
        )
        FileText.objects.create(file=file, file_hash="x", pages=["Điều 1 <script>"], page_count=12)
        self.new.files = [DocumentFile(file=file)]
        self.new.save_revision().publish()
        page = self.get(self.new)
        self.assertContains(page, "12 trang")
        self.assertContains(page, "Điều 1 &lt;script&gt;")
        file_page = self.client.get(file.url, headers=HOST)
        self.assertEqual(file_page.status_code, 200)
        DocumentPage.objects.get(pk=self.new.pk).unpublish()
        self.assertEqual(self.client.get(file.url, headers=HOST).status_code, 404)

    def test_problem_of_a_file__stands_in_the_editors_form(self):
        file = PortalFile.objects.create(
            title="Bản quét", file=ContentFile(b"%PDF-1.4", "qd.pdf"), collection=self.portal.building.collection
        )
        FileText.objects.create(file=file, file_hash="x", problem="password")
        self.new.files = [DocumentFile(file=file)]
        self.new.save_revision()
        self.client.force_login(self.portal.editor)
        form = self.client.get(f"/admin/pages/{self.new.pk}/edit/", headers={"host": "localhost"})
        self.assertContains(form, "Tệp có mật khẩu")

    def test_page__same_cost_with_10_and_20_relations(self):
        def cost():
            self.get(self.old)
            with CaptureQueriesContext(connection) as queries:
                self.get(self.old)
            return len(queries)

        for number in range(10):
            make_document(self.register, f"{number}/QĐ-SXD", "1/3/2018", [("based_on", "16/2017/QĐ-UBND", {})])
        ten = cost()
        for number in range(10, 20):
            make_document(self.register, f"{number}/QĐ-SXD", "1/3/2018", [("based_on", "16/2017/QĐ-UBND", {})])
        self.assertEqual(cost(), ten)
