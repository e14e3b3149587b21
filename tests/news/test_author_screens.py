"""Authors are kept by their organisation, subjects by the operators."""

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from news.models import Byline, Category, Contributor
from organisations.models import Membership, Role
from tests.factories import make_article, make_moderated_portal, make_person

HOST = {"host": "localhost"}


class AuthorScreensTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_moderated_portal()
        cls.editor = make_person("bien-tap-xd", cls.portal.building, Role.EDITOR)
        cls.manager = make_person("quan-tri-xd", cls.portal.building, Role.MANAGER)
        cls.stranger = make_person("bien-tap-yt", cls.portal.health, Role.EDITOR)
        cls.own = Contributor.objects.create(organisation=cls.portal.building, pen_name="Trà Giang")
        cls.foreign = Contributor.objects.create(organisation=cls.portal.health, pen_name="Thiên Ấn")

    def sign_in(self, user):
        self.client.force_login(user)

    def post(self, address, **data):
        return self.client.post(address, data, headers=HOST)

    def test_list__shows_own_authors_found_without_marks(self):
        self.sign_in(self.editor)
        self.assertContains(self.client.get("/admin/tac-gia/?q=tra+giang", headers=HOST), "Trà Giang")
        self.assertNotContains(self.client.get("/admin/tac-gia/", headers=HOST), "Thiên Ấn")

    def test_add__needs_no_choice_where_one_organisation_is_possible(self):
        self.sign_in(self.editor)
        organisation = self.portal.building
        self.assertContains(self.client.get("/admin/tac-gia/new/", headers=HOST), "selected>Sở Xây dựng")
        self.post("/admin/tac-gia/new/", organisation=organisation.pk, pen_name="Sông Vệ")
        self.assertTrue(Contributor.objects.filter(organisation=organisation, pen_name="Sông Vệ").exists())

    def test_add__refuses_another_organisation_and_its_people(self):
        self.sign_in(self.editor)
        there = self.post("/admin/tac-gia/new/", organisation=self.portal.health.pk, pen_name="Lén")
        theirs = self.post(
            "/admin/tac-gia/new/", organisation=self.portal.building.pk, pen_name="Lén", user=self.stranger.pk
        )
        self.assertEqual((there.status_code, theirs.status_code), (200, 200))
        self.assertContains(theirs, 'value="Lén"')
        self.assertFalse(Contributor.objects.filter(pen_name="Lén").exists())

    def test_add__refuses_the_same_pen_name_twice_in_a_sentence(self):
        self.sign_in(self.editor)
        response = self.post("/admin/tac-gia/new/", organisation=self.portal.building.pk, pen_name="Trà Giang")
        self.assertContains(response, "đã tồn tại")

    def test_add__account_belongs_to_the_organisation_chosen(self):
        Membership.objects.create(user=self.editor, organisation=self.portal.health, role=Role.EDITOR)
        self.sign_in(self.editor)
        data = {"organisation": self.portal.building.pk, "pen_name": "Nhầm chỗ", "user": self.stranger.pk}
        self.assertContains(self.post("/admin/tac-gia/new/", **data), "không thuộc đơn vị đã chọn")

    def test_edit__keeps_the_organisation(self):
        Membership.objects.create(user=self.editor, organisation=self.portal.health, role=Role.EDITOR)
        self.sign_in(self.editor)
        data = {"organisation": self.portal.health.pk, "pen_name": "Trà Giang mới"}
        self.post(f"/admin/tac-gia/edit/{self.own.pk}/", **data)
        self.own.refresh_from_db()
        self.assertEqual((self.own.organisation, self.own.pen_name), (self.portal.building, "Trà Giang mới"))

    def test_edit_and_delete__of_another_organisation_are_not_there(self):
        self.sign_in(self.manager)
        for action in ("edit", "delete", "history", "usage"):
            address = f"/admin/tac-gia/{action}/{self.foreign.pk}/"
            self.assertEqual(self.client.get(address, headers=HOST).status_code, 404, address)
            self.assertEqual(self.post(address, pen_name="Chiếm").status_code, 404, address)
        self.foreign.refresh_from_db()
        self.assertEqual(self.foreign.pen_name, "Thiên Ấn")

    def test_delete__is_the_managers_and_refused_while_in_use(self):
        article = make_article(self.portal.section, "Bài có tác giả")
        Byline.objects.create(page=article, contributor=self.own, share=100)
        address = f"/admin/tac-gia/delete/{self.own.pk}/"
        self.sign_in(self.editor)
        self.post(address)
        self.sign_in(self.manager)
        used = self.client.post(address, headers=HOST, follow=True)
        self.assertContains(used, "Không xóa được “Trà Giang”")
        self.assertTrue(Contributor.objects.filter(pk=self.own.pk).exists())
        Byline.objects.all().delete()
        self.post(address)
        self.assertFalse(Contributor.objects.filter(pk=self.own.pk).exists())

    def test_subjects__are_kept_by_operators_alone(self):
        subject = Category.objects.create(name="Ngoại vụ", slug="ngoai-vu")
        operator = make_person("van-hanh", self.portal.province, Role.OPERATOR)
        for user, name in ((self.manager, "Ngoại vụ"), (operator, "Đối ngoại")):
            self.sign_in(user)
            self.post(f"/admin/linh-vuc/edit/{subject.pk}/", name="Đối ngoại", slug="ngoai-vu", order=1)
            subject.refresh_from_db()
            self.assertEqual(subject.name, name)

    def cost_of_list(self):
        with CaptureQueriesContext(connection) as queries:
            self.assertContains(self.client.get("/admin/tac-gia/", headers=HOST), "Bút danh")
        return len(queries)

    def test_list__same_cost_for_10_and_20_authors(self):
        self.sign_in(self.editor)
        costs = []
        for start in (0, 10):
            for number in range(start, start + 10):
                Contributor.objects.create(organisation=self.portal.building, pen_name=f"Bút danh {number}")
            self.cost_of_list()
            costs.append(self.cost_of_list())
        self.assertEqual(*costs)
