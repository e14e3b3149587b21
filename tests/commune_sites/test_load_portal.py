"""The portal of 2018: 35 organisations, each with its site, and nothing doubled."""

from io import StringIO

from django.core.management import CommandError, call_command
from django.test import TestCase, override_settings
from wagtail.models import Page, Site, Workflow

from organisations.models import AnnualFigure, Membership, Organisation


class LoadPortalTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        call_command("load_portal", verbosity=0, stdout=StringIO())

    def test_load__opens_the_province_and_34_component_sites(self):
        self.assertEqual(Site.objects.count(), 35)
        self.assertEqual(Organisation.objects.filter(kind="agency").count(), 20)
        self.assertEqual(Organisation.objects.filter(kind="district").count(), 14)

    def test_load__again_changes_nothing(self):
        before = Page.objects.count(), Site.objects.count(), AnnualFigure.objects.count()
        call_command("load_portal", verbosity=0, stdout=StringIO())
        self.assertEqual((Page.objects.count(), Site.objects.count(), AnnualFigure.objects.count()), before)

    def test_load__tree_is_sound(self):
        self.assertEqual(Page.find_problems(), ([], [], [], [], []))

    def test_figures__not_reported_is_not_zero_and_the_total_is_that_of_the_annex(self):
        silent = AnnualFigure.objects.filter(items__isnull=True).values_list("organisation__name", flat=True)
        self.assertEqual(set(silent), {"Sở Thông tin và Truyền thông", "Sở Y tế", "Huyện Tây Trà"})
        self.assertEqual(sum(AnnualFigure.objects.exclude(items=None).values_list("items", flat=True)), 87_844)

    def test_english__only_where_it_exists(self):
        english = self.client.get("/en/", headers={"host": "localhost"})
        self.assertContains(english, "Quảng Ngãi Province Web Portal")
        self.assertEqual(self.client.get("/en/", headers={"host": "soxaydung.localhost"}).status_code, 404)

    def test_workflows__three_for_all_sites(self):
        self.assertEqual(Workflow.objects.count(), 3)
        component = Organisation.objects.get(code="soyte").home_page.get_children().first()
        self.assertEqual(component.get_workflow().name, "Trang thành phần")
        home = Organisation.objects.get(code="quangngai").home_page
        steps = [task.specific.role for task in home.get_workflow().tasks]
        self.assertEqual(steps, ["secretary", "board"])

    def test_demo_users__refused_outside_debug(self):
        with self.assertRaisesMessage(CommandError, "chỉ được tạo khi DEBUG=1"):
            call_command("create_demo_users")

    @override_settings(DEBUG=True)
    def test_demo_users__one_account_per_role(self):
        call_command("create_demo_users", stdout=StringIO())
        self.assertEqual(Membership.objects.count(), 34 * 4 + 8)
