"""Rights follow membership, and end at the border of the organisation."""

from django.db.models import ProtectedError
from django.test import TestCase
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.permissions import policy_registry

from home.models import StandardPage
from organisations.models import Role
from organisations.scoping import organisation_of, organisations_for
from tests.factories import make_organisation, make_person


class MembershipRightsTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.building = make_organisation("soxaydung", "Sở Xây dựng")
        cls.health = make_organisation("soyte", "Sở Y tế")
        cls.page = cls.building.home_page.add_child(
            instance=StandardPage(title="Giới thiệu riêng của Xây dựng", slug="gioi-thieu", live=False)
        )
        cls.editor = make_person("editor", cls.building, Role.EDITOR)
        cls.stranger = make_person("stranger", cls.health, Role.EDITOR)

    def pages_for(self, user):
        return set(policy_registry.get_by_type(Page).instances_user_has_permission_for(user, "change"))

    def test_change__own_site_only(self):
        self.assertIn(self.page.page_ptr, self.pages_for(self.editor))
        self.assertNotIn(self.page.page_ptr, self.pages_for(self.stranger))

    def test_explorable__contains_no_page_of_another_site(self):
        policy = policy_registry.get_by_type(Page)
        self.assertNotIn(self.page.page_ptr, policy.explorable_instances(self.stranger))
        self.assertIn(self.page.page_ptr, policy.explorable_instances(self.editor))

    def test_edit_screen__opens_for_editor_and_not_for_stranger(self):
        url = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        self.client.force_login(self.editor)
        self.assertContains(self.client.get(url, headers={"host": "soxaydung.localhost"}), self.page.title)
        self.client.force_login(self.stranger)
        response = self.client.get(url, headers={"host": "soxaydung.localhost"})
        self.assertEqual(response.status_code, 404)

    def test_edit_post__stranger_changes_nothing(self):
        self.client.force_login(self.stranger)
        url = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        self.client.post(url, {"title": "Đã bị sửa"}, headers={"host": "soyte.localhost"})
        self.page.refresh_from_db()
        self.assertEqual(self.page.title, "Giới thiệu riêng của Xây dựng")
        self.assertFalse(self.page.revisions.exists())

    def test_publish__denied_below_the_operator(self):
        self.assertFalse(self.page.permissions_for_user(self.editor).can_publish())
        self.assertTrue(self.page.permissions_for_user(self.editor).can_edit())

    def test_suspended_membership__gives_nothing(self):
        self.editor.memberships.update(is_active=False)
        self.assertEqual(self.pages_for(self.editor), set())

    def test_images__add_right_stays_in_own_collection(self):
        policy = policy_registry.get_by_type(get_image_model())
        self.assertEqual(
            set(policy.collections_user_has_permission_for(self.editor, "add")), {self.building.collection}
        )

    def test_operator__sees_all_with_rights_on_the_root_alone(self):
        province = make_organisation("quangngai", "Văn phòng UBND tỉnh", "province")
        operator = make_person("operator", province, Role.OPERATOR)
        self.assertIn(self.page.page_ptr, self.pages_for(operator))
        self.assertEqual(organisations_for(operator).count(), 3)
        grants = policy_registry.get_by_type(Page).get_all_permissions_for_user(operator)
        self.assertEqual({grant.page.depth for grant in grants}, {1})

    def test_organisation_of__page_below_home(self):
        self.assertEqual(organisation_of(self.page), self.building)

    def test_home_page__cannot_be_deleted(self):
        with self.assertRaises(ProtectedError):
            self.building.home_page.specific.delete()

    def test_page_rights__cost_the_same_for_one_site_and_for_all(self):
        # The memberships, and which organisations have closed into which.
        with self.assertNumQueries(2):
            policy_registry.get_by_type(Page).get_all_permissions_for_user(self.editor)


class HostsTest(TestCase):
    def test_unknown_hostname__refused(self):
        response = self.client.get("/", headers={"host": "laca.localhost"})
        self.assertContains(response, "Không có trang thông tin điện tử nào", status_code=404)
