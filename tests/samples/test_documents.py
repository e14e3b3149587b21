"""Sample documents: the stated share, every status, days that are what documents.effect reckons, and nothing like real law."""

import datetime

import pytest
from django.core.management import call_command
from django.test import TestCase
from django.utils import timezone
from wagtail.models import Page

from documents.effect import reckon
from documents.models import DocumentPage, Field
from documents.numbers import parse
from documents.status import DAYS, Status, status_on
from organisations.models import AnnualFigure, Organisation
from samples.document_maker import DocumentMaker
from tests.factories import make_organisation, make_section

from ..documents.support import make_document, make_register

MOMENT = datetime.datetime(2018, 3, 5, 8, 30, tzinfo=datetime.UTC)
OWN = {"id", "page_ptr", "path", "translation_key", "slug", "url_path", "index_entries", "last_published_at"}


@pytest.mark.usefixtures("few_pictures")
class DocumentGenerationTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.province = make_organisation("quangngai", "Văn phòng UBND tỉnh", Organisation.Kind.PROVINCE)
        cls.agency = make_organisation("soxaydung", "Sở Xây dựng")
        Field.objects.create(name="Giao thông", slug="giao-thong")
        for organisation, items in ((cls.province, 160), (cls.agency, 20)):
            AnnualFigure.objects.create(organisation=organisation, year=2018, items=items)
            make_section(organisation, "Tin tức")
            cls.register = make_register(organisation)

    def test_share_and_total__are_met_and_a_second_run_adds_nothing(self):
        for _run in range(2):
            call_command("generate_content", year=2018, verbosity=0)
            counts = [DocumentPage.objects.of(o).count() for o in (self.province, self.agency)]
            assert counts == [88, 11]
        assert Page.objects.filter(depth__gt=4, live=True).exclude(numchild__gt=0).count() >= 180
        assert Page.find_problems() == ([], [], [], [], [])

    def test_every_status__occurs_and_every_day_is_what_is_reckoned(self):
        call_command("generate_content", year=2018, verbosity=0)
        documents = list(DocumentPage.objects.all())
        today = timezone.localdate()
        assert {status_on(document, today) for document in documents} == set(Status)
        for document in documents:
            effect = reckon(document)
            stored = {name: getattr(document, name) for name in DAYS}
            assert stored == {name: getattr(effect, name) for name in DAYS}, document.title

    def test_documents__are_complete_numbered_once_and_marked(self):
        call_command("generate_content", year=2018, verbosity=0)
        for document in DocumentPage.objects.all():
            document.full_clean()
            assert document.is_sample
            assert document.abstract.startswith("Văn bản mẫu: ")
            assert parse(document.number) is not None
            assert timezone.localtime(document.first_published_at).year == 2018
        numbers = DocumentPage.objects.values_list("publisher", "number")
        assert len(set(numbers)) == len(numbers)
        response = self.client.get(DocumentPage.objects.first().get_url(), headers={"host": "quangngai.localhost"})
        self.assertContains(response, "không có giá trị pháp lý")

    def test_bulk__writes_what_the_orm_writes(self):
        register = make_register(make_organisation("soyte", "Sở Y tế"))
        organisation = Organisation.objects.get(code="soyte")
        DocumentMaker(2018, 1).make(organisation, [MOMENT], __import__("random").Random(1), lambda number: None)
        bulk = DocumentPage.objects.get(publisher=organisation)
        other = make_document(
            register,
            bulk.number,
            f"{bulk.issued:%d/%m/%Y}",
            issuers=[bulk.first_issuer.name],
            **{name: getattr(bulk, name) for name in ("kind", "abstract", "field", "signer", "signing_form", "body")},
            effective=bulk.effective,
            is_sample=True,
            first_published_at=MOMENT,
        )
        skip = OWN | {"live_revision", "latest_revision", "latest_revision_created_at", "body", "draft_title"}
        fields = [field for field in DocumentPage._meta.concrete_fields if field.name not in skip]
        rows = [[(field.name, field.value_to_string(page)) for field in fields] for page in (bulk, other)]
        assert rows[0] == rows[1]
        assert [row.issuer for row in bulk.document_issuers.all()] == [bulk.first_issuer]

    def test_samples__never_act_on_real_documents(self):
        real = make_document(self.register, "1/QĐ-UBND", "2/1/2018")
        sample = make_document(self.register, "2/QĐ-UBND", "3/1/2018", [("replaces", "1/QĐ-UBND", {})], is_sample=True)
        real.refresh_from_db()
        assert real.until_day is None
        assert sample.relations.get().target is None
