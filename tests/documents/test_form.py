"""The editor's form of a document fills in what the number says and refuses what contradicts itself."""

from django.test import TestCase
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from documents.models import DocumentPage
from tests.factories import make_moderated_portal

from .support import UBND, issuer_named, make_document, make_register

HOST = {"host": "localhost"}


class DocumentFormTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_moderated_portal()
        cls.register = make_register(cls.portal.building)
        cls.foreign = make_register(cls.portal.health)
        cls.issuer = issuer_named(UBND)

    def send(self, relations=(), user=None, register=None, **fields):
        self.client.force_login(user or self.portal.editor)
        values = {"number": "16/2017/QĐ-UBND", "abstract": "Về quản lý đô thị", "issued": "20/03/2017", "slug": ""}
        data = nested_form_data(
            values
            | fields
            | {
                "document_issuers": inline_formset([{"issuer": self.issuer.pk}]),
                "files": inline_formset([]),
                "relations": inline_formset(list(relations)),
                "comments": inline_formset([]),
            }
        )
        data |= {"body-count": 0}
        register = register or self.register
        return self.client.post(f"/admin/pages/add/documents/documentpage/{register.pk}/", data, headers=HOST)

    def assert_refused(self, response, words):
        self.assertContains(response, words)
        self.assertContains(response, "Về quản lý đô thị")
        self.assertFalse(DocumentPage.objects.filter(abstract="Về quản lý đô thị").exists())

    def test_number__says_the_kind_and_gives_title_and_address(self):
        response = self.send(number="Số: 016/2017/qđ-ubnd")
        document = DocumentPage.objects.get()
        self.assertEqual(response.status_code, 302)
        self.assertEqual((document.kind, document.number), ("quyet-dinh", "016/2017/QĐ-UBND"))
        self.assertEqual(document.draft_title, "Quyết định số 016/2017/QĐ-UBND")
        self.assertEqual(document.publisher, self.portal.building)

    def test_number__comes_again_every_year_at_an_address_of_its_own(self):
        self.send(number="355/QĐ-UBND")
        self.assertEqual(self.send(number="355/QĐ-UBND", issued="21/03/2018").status_code, 302)
        slugs = DocumentPage.objects.order_by("issued").values_list("slug", flat=True)
        self.assertEqual(list(slugs), ["quyet-dinh-so-355-qd-ubnd", "quyet-dinh-so-355-qd-ubnd-2"])

    def test_no_number_yet__needs_a_kind(self):
        self.assert_refused(self.send(number=""), "Hãy chọn loại văn bản")
        self.assertEqual(self.send(number="", kind="ke-hoach").status_code, 302)

    def test_days__that_contradict_each_other(self):
        self.assert_refused(self.send(effective="19/03/2017"), "trước ngày ban hành")
        self.assert_refused(self.send(expires="20/03/2017"), "phải sau ngày có hiệu lực")
        self.assert_refused(self.send(issued="31/02/2017"), "ngày hợp lệ")
        self.assertEqual(self.send(effective="19/03/2017", is_retroactive="on").status_code, 302)

    def test_override__needs_a_reason(self):
        self.assert_refused(self.send(status_override="het-hieu-luc"), "Hãy ghi lý do ấn định")

    def test_double__is_caught_in_every_spelling(self):
        make_document(self.foreign, "16/2017/QĐ-UBND", "20/3/2017")
        for number in ("16/2017/QĐ-UBND", "016/2017/QÐ-UBND", "16 / 2017 / qđ – ubnd"):
            with self.subTest(number):
                self.assert_refused(self.send(number=number), "đã có trong sổ của Sở Y tế")
        self.assertEqual(self.send(issued="21/03/2017").status_code, 302)

    def test_double__draft_of_another_organisation_stays_unknown(self):
        make_document(self.foreign, "16/2017/QĐ-UBND", "20/3/2017", live=False)
        self.assertEqual(self.send().status_code, 302)

    def test_relation__to_itself_or_to_nothing(self):
        itself = {"kind": "replaces", "target_number": "016/2017/QĐ-UBND"}
        self.assert_refused(self.send([itself]), "không thể có quan hệ với chính nó")
        self.assert_refused(self.send([{"kind": "amends"}]), "phải có số, ký hiệu hoặc địa chỉ")

    def test_stranger__may_not_write_here(self):
        response = self.send(user=self.portal.stranger)
        self.assertEqual(response.status_code, 404)
        self.assertFalse(DocumentPage.objects.exists())

    def test_circle__of_replacements(self):
        first = make_document(self.register, "1/2017/QĐ-UBND", "1/1/2017")
        make_document(self.register, "2/2017/QĐ-UBND", "1/2/2017", [("replaces", "1/2017/QĐ-UBND", {})])
        self.client.force_login(self.portal.editor)
        data = nested_form_data(
            {
                "number": first.number,
                "kind": first.kind,
                "abstract": first.abstract,
                "issued": "01/01/2017",
                "slug": first.slug,
                "document_issuers": inline_formset(
                    [{"id": first.document_issuers.get().pk, "issuer": self.issuer.pk}], initial=1
                ),
                "files": inline_formset([]),
                "relations": inline_formset([{"kind": "replaces", "target_number": "2/2017/QĐ-UBND"}]),
                "comments": inline_formset([]),
            }
        )
        response = self.client.post(f"/admin/pages/{first.pk}/edit/", data | {"body-count": 0}, headers=HOST)
        self.assertContains(response, "đã thay thế văn bản này")
