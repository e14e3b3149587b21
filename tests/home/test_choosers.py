"""Choosers offer the own organisation's things; the whole province only when asked for, and then only what is public."""

from django.test import TestCase
from django.urls import reverse
from wagtail.images.tests.utils import get_test_image_file

from home.media.models import PortalImage
from organisations.models import Organisation
from tests.factories import make_article, make_moderated_portal, make_section

HOST = {"host": "localhost"}


class ChooserTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_moderated_portal()
        section = make_section(cls.portal.health)
        cls.live = make_article(section, "Tiêm chủng mùa xuân")
        cls.draft = make_article(section, "Tiêm chủng bản nháp", live=False)
        cls.renamed = make_article(section, "Tiêm chủng cũ")
        cls.renamed.title = "Tiêm chủng tên mới chưa đăng"
        cls.renamed.save_revision()
        cls.own = make_article(cls.portal.section, "Tiêm chủng ở công trường")

    def search(self, **query):
        self.client.force_login(self.portal.editor)
        url = reverse("wagtailadmin_choose_page_search")
        return self.client.get(url, {"q": "tiem chung"} | query, headers=HOST).content.decode()

    def test_pages__own_by_default(self):
        html = self.search()
        self.assertIn("Tiêm chủng ở công trường", html)
        self.assertNotIn("mùa xuân", html)

    def test_pages__whole_province_when_asked_shows_what_is_public_alone(self):
        html = self.search(toan_tinh="1")
        self.assertIn("mùa xuân", html)
        self.assertNotIn("bản nháp", html)
        self.assertNotIn("chưa đăng", html)

    def test_browse__offers_the_whole_province_as_a_choice(self):
        self.client.force_login(self.portal.editor)
        response = self.client.get(reverse("wagtailadmin_choose_page"), headers=HOST)
        self.assertIn("Toàn tỉnh", response.json()["html"])

    def test_chosen__by_number_of_a_stranger_is_refused(self):
        self.client.force_login(self.portal.editor)
        url = reverse("wagtailadmin_choose_page_chosen_multiple")
        self.assertEqual(self.client.get(url, {"id": self.draft.pk}, headers=HOST).status_code, 404)
        self.assertEqual(self.client.get(url, {"id": self.own.pk}, headers=HOST).status_code, 200)

    def test_images__own_collection_alone(self):
        for organisation in (self.portal.building, self.portal.health):
            PortalImage.objects.create(
                title=f"Ảnh của {organisation}", file=get_test_image_file(), collection=organisation.collection
            )
        self.client.force_login(self.portal.editor)
        html = self.client.get(reverse("wagtailimages_chooser:choose"), headers=HOST).json()["html"]
        self.assertIn("Ảnh của Sở Xây dựng", html)
        self.assertNotIn("Ảnh của Sở Y tế", html)


class HomePageTest(TestCase):
    """The home page of an organisation stays, whoever presses which button."""

    @classmethod
    def setUpTestData(cls):
        cls.portal = make_moderated_portal()
        cls.operator = cls.portal.operator
        cls.operator.is_superuser = True
        cls.operator.save()

    def test_refused__delete_unpublish_move_copy_single_and_in_bulk(self):
        self.client.force_login(self.operator)
        home, group = self.portal.building.home_page, self.portal.building.home_page.get_parent()
        bulk = [
            reverse("wagtail_bulk_action", args=["wagtailcore", "page", action]) for action in ("delete", "unpublish")
        ]
        for page in (home, group):
            addresses = [
                reverse("wagtailadmin_pages:delete", args=[page.pk]),
                reverse("wagtailadmin_pages:unpublish", args=[page.pk]),
                *(f"{address}?id={page.pk}" for address in bulk),
            ]
            for address in addresses:
                with self.subTest(address):
                    response = self.client.post(address, headers=HOST, follow=True)
                    self.assertContains(response, "Trang chủ của một đơn vị không thể xóa")
                    page.refresh_from_db()
                    self.assertTrue(page.live)
        copy = self.client.post(reverse("wagtailadmin_pages:copy", args=[home.pk]), headers=HOST, follow=True)
        self.assertContains(copy, "Không thể sao chép trang chủ")
        self.assertEqual(Organisation.objects.count(), 3)

    def test_slug__of_a_home_page_cannot_change(self):
        self.client.force_login(self.operator)
        home = self.portal.building.home_page
        data = {
            "title": "Sở Xây dựng",
            "slug": "khac",
            "introduction": "",
            "comments-TOTAL_FORMS": 0,
            "comments-INITIAL_FORMS": 0,
        }
        response = self.client.post(reverse("wagtailadmin_pages:edit", args=[home.pk]), data, headers=HOST)
        self.assertContains(response, "Đường dẫn ngắn của trang chủ một đơn vị không đổi được")
