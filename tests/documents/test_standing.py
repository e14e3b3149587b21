"""A relation that the law does not let count waits for the word of those whose document it would change."""

import io
import json

from django.core.management import call_command
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from documents.models import DocumentPage, Relation, RelationAnswer
from documents.record import record_of, with_relations
from documents.status import Status, status_on
from organisations.models import Role
from tests.factories import make_moderated_portal, make_organisation, make_person

from .support import day, make_document, make_register

HOST = {"host": "quangngai.localhost"}
LIST = "/admin/quan-he-cho-xac-nhan/"


def status(document):
    return status_on(DocumentPage.objects.get(pk=document.pk), day("1/1/2026"))


class PendingTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_moderated_portal()
        cls.province, cls.building, cls.health = (
            make_register(one) for one in (cls.portal.province, cls.portal.building, cls.portal.health)
        )
        cls.law = make_document(cls.province, "91/2025/QH15", "1/7/2025", issuers=["Quốc hội"])
        cls.ours = make_document(cls.building, "5/QĐ-SXD", "1/3/2024", issuers=["Sở Xây dựng"])

    def act(self, target, issuer="Sở Y tế", register=None, verb="repeals"):
        made = make_document(
            register or self.health, "7/QĐ-SYT", "1/8/2025", [(verb, target.number, {})], issuers=[issuer]
        )
        return Relation.objects.get(page=made)

    def answer(self, who, relation, said="xac-nhan"):
        self.client.force_login(who)
        return self.client.post(f"{LIST}{relation.pk}/", {"tra-loi": said})

    def test_stranger__ends_no_law_by_whatever_name_it_signs(self):
        for issuer in ("Sở Y tế", "Quốc hội", "Chính phủ"):
            relation = self.act(self.law, issuer)
            self.assertEqual((relation.target_id, relation.standing), (self.law.pk, "pending"))
            self.assertEqual(relation.asks, self.portal.province)
            self.assertEqual(status(self.law), Status.IN_FORCE, issuer)

    def test_province__ends_whatever_it_publishes_the_end_of(self):
        relation = self.act(self.law, "Quốc hội", self.province)
        self.assertEqual((relation.standing, status(self.law)), ("counts", Status.EXPIRED))

    def test_own_document__ends_and_a_change_of_issuer_gives_it_back(self):
        made = make_document(
            self.building, "9/QĐ-SXD", "1/8/2025", [("replaces", "5/QĐ-SXD", {})], issuers=["Sở Xây dựng"]
        )
        self.assertEqual(status(self.ours), Status.EXPIRED)
        page = made.get_latest_revision_as_object()
        page.document_issuers = [type(row)(issuer=self.law.first_issuer) for row in page.document_issuers.all()]
        page.publisher = self.portal.health
        page.save_revision().publish()
        self.assertEqual(Relation.objects.get(page=made).standing, "pending")
        self.assertEqual(status(self.ours), Status.IN_FORCE)

    def test_pages__both_tell_that_it_waits_and_no_data_tells_it_as_a_fact(self):
        relation = self.act(self.ours)
        theirs = self.client.get(self.ours.get_url(), headers={"host": "soxaydung.localhost"})
        acting = self.client.get(relation.page.get_url(), headers={"host": "soyte.localhost"})
        self.assertContains(theirs, "Chờ hai đơn vị xác nhận")
        self.assertContains(theirs, relation.page.name)
        self.assertContains(acting, "Bãi bỏ (chờ xác nhận)")
        self.assertNotContains(theirs, "Hết hiệu lực toàn bộ")
        record = record_of(with_relations(DocumentPage.objects).get(pk=relation.page_id), timezone.localdate())
        self.assertEqual(record["relations"], [])
        found = self.client.get("/api/van-ban/", {"number": "7/QĐ-SYT"}, headers=HOST)
        self.assertEqual([one["relations"] for one in json.loads(found.content)["results"]], [[]])

    def test_list__both_organisations_and_the_province_see_it_and_no_other(self):
        relation = self.act(self.ours)
        other = make_person("nguoi-ngoai", make_organisation("sotuphap", "Sở Tư pháp"), Role.APPROVER)
        for who, count in ((self.portal.approver, 1), (self.portal.stranger, 1), (self.portal.board, 1), (other, 0)):
            self.client.force_login(who)
            self.assertContains(self.client.get(LIST), relation.page.name, count=count)

    def test_confirm__by_the_approver_of_the_target_once(self):
        relation = self.act(self.ours)
        self.assertRedirects(self.answer(self.portal.approver, relation), LIST)
        self.assertEqual(status(self.ours), Status.EXPIRED)
        given = RelationAnswer.objects.get()
        self.assertEqual(
            (given.by, given.organisation, given.agreed), (self.portal.approver, self.portal.building, True)
        )
        self.assertEqual(self.answer(self.portal.approver, relation).status_code, 404)
        self.assertEqual(RelationAnswer.objects.get().at, given.at)
        acting = DocumentPage.objects.get(pk=relation.page_id)
        acting.save_revision().publish()
        self.assertEqual(status(self.ours), Status.EXPIRED)

    def test_confirm__holds_for_those_words_alone(self):
        relation = self.act(self.ours, verb="amends")
        self.answer(self.portal.approver, relation)
        self.assertEqual(status(self.ours), Status.PARTLY)
        page = DocumentPage.objects.get(pk=relation.page_id).get_latest_revision_as_object()
        [row] = page.relations.all()
        row.kind = "repeals"
        page.relations = [row]
        page.save_revision().publish()
        self.assertEqual(status(self.ours), Status.IN_FORCE)

    def test_confirm__by_no_one_else(self):
        relation = self.act(self.ours)
        for who in (self.portal.stranger, self.portal.editor, self.portal.board, self.portal.secretary):
            self.assertNotEqual(self.answer(who, relation).status_code, 200)
            self.assertFalse(RelationAnswer.objects.exists(), who)
        self.assertEqual(status(self.ours), Status.IN_FORCE)

    def test_confirm__the_province_where_the_issuer_has_no_site(self):
        relation = self.act(self.law)
        self.answer(self.portal.approver, relation)
        self.assertFalse(RelationAnswer.objects.exists())
        self.answer(self.portal.secretary, relation)
        self.assertEqual(status(self.law), Status.EXPIRED)

    def test_refused__twice_is_once_and_may_be_taken_back(self):
        relation = self.act(self.ours)
        for _click in range(2):
            self.assertRedirects(self.answer(self.portal.approver, relation, "khong"), LIST)
        self.assertEqual(RelationAnswer.objects.get().agreed, False)
        theirs = self.client.get(self.ours.get_url(), headers={"host": "soxaydung.localhost"})
        self.assertNotContains(theirs, relation.page.name)
        self.answer(self.portal.approver, relation)
        self.assertEqual(status(self.ours), Status.EXPIRED)


class HiddenTest(TestCase):
    def setUp(self):
        self.portal = make_moderated_portal()
        self.register = make_register(self.portal.building)
        self.old = make_document(make_register(self.portal.province), "5/QĐ-SXD", "1/3/2024", issuers=["Sở Xây dựng"])

    def close(self):
        return PageViewRestriction.objects.create(page=self.portal.building.home_page, restriction_type="login")

    def act(self):
        return make_document(
            self.register, "9/QĐ-SXD", "1/8/2025", [("replaces", "5/QĐ-SXD", {})], issuers=["Sở Xây dựng"]
        )

    def test_hidden__acts_only_while_its_site_is_open(self):
        holding = self.close()
        acting = self.act()
        self.assertEqual(status(self.old), Status.IN_FORCE)
        page = self.client.get(self.old.get_url(), headers=HOST)
        self.assertNotContains(page, acting.name)
        holding.delete()
        self.assertEqual(status(self.old), Status.EXPIRED)
        self.close()
        self.assertEqual(status(self.old), Status.IN_FORCE)

    def test_check__mends_names_and_then_finds_nothing(self):
        acting = self.act()
        DocumentPage.objects.filter(pk=self.old.pk).update(until_day=None)
        Relation.objects.filter(page=acting).update(standing="pending")
        said = io.StringIO()
        call_command("check_registers", stdout=said)
        self.assertIn("Quyết định số 5/QĐ-SXD", said.getvalue())
        self.assertEqual(status(self.old), Status.EXPIRED)
        again = io.StringIO()
        call_command("check_registers", stdout=again)
        self.assertIn("sửa 0", again.getvalue())

    def test_check__costs_the_same_for_twice_as_many(self):
        def queries():
            with CaptureQueriesContext(connection) as captured:
                call_command("check_registers", stdout=io.StringIO())
            return len(captured)

        self.act()
        costs = [queries()]
        for number in range(20, 24):
            make_document(
                self.register, f"{number}/QĐ-SXD", "1/8/2025", [("amends", "5/QĐ-SXD", {})], issuers=["Sở Xây dựng"]
            )
        costs.append(queries())
        self.assertEqual(*costs)
