"""What a live page shows of a file or picture changes by a decision alone, and is on record."""

import hashlib

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase
from wagtail.models import PageLogEntry

from home.media.models import PortalFile, PortalImage, ShownFile
from organisations.models import Role
from tests.factories import make_article, make_moderated_portal, make_person, submit
from tests.home.media.support import ADMIN, HOST, PDF, make_file, make_image, picture


class LockTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_moderated_portal()
        cls.portal.health_editor = make_person("health-editor", cls.portal.health, Role.EDITOR)
        cls.people = [cls.portal.editor, cls.portal.approver, cls.portal.operator]

    def setUp(self):
        building = self.portal.building
        self.image, self.file = make_image(building, credit="Nguồn cũ"), make_file(building, title="Tên cũ")

    def publish(self, title="Bài", image=None, file=None):
        article = make_article(
            self.portal.section, title, main_image=image or self.image, main_image_alt="a", owner=self.portal.editor
        )
        article.body = [("files", {"title": "", "items": [file or self.file]})]
        with self.captureOnCommitCallbacks(execute=True):
            article.save_revision(user=self.portal.editor).publish()
        return article

    def save_image(self, person, **data):
        self.client.force_login(person)
        known = {"title": "Ảnh", "credit": "Nguồn cũ", "alt_text": "", "collection": self.image.collection_id}
        self.client.post(f"/admin/images/{self.image.pk}/", known | data, headers=ADMIN)
        return PortalImage.objects.get(pk=self.image.pk)

    def save_file(self, person, address="edit", **data):
        self.client.force_login(person)
        known = {"title": "Tên cũ", "collection": self.file.collection_id}
        self.client.post(f"/admin/documents/{address}/{self.file.pk}/", known | data, headers=ADMIN)
        return PortalFile.objects.get(pk=self.file.pk)

    def test_content__of_an_unused_file_may_be_exchanged(self):
        changed = self.save_file(self.portal.editor, file=SimpleUploadedFile("moi.pdf", PDF + b"moi"))
        self.assertEqual(changed.sha256, hashlib.sha256(PDF + b"moi").hexdigest())
        self.assertNotEqual(self.save_image(self.portal.editor, file=upload()).file.name, self.image.file.name)

    def test_content__of_a_shown_file_is_exchanged_by_nobody(self):
        self.publish()
        for person in self.people:
            changed = self.save_file(person, file=SimpleUploadedFile("moi.pdf", PDF + b"moi"))
            self.assertEqual((changed.file.name, changed.sha256), (self.file.file.name, self.file.sha256))
            picture_now = self.save_image(person, file=upload())
            self.assertEqual((picture_now.file.name, picture_now.sha256), (self.image.file.name, self.image.sha256))
        self.client.force_login(self.portal.editor)
        self.assertContains(
            self.client.get(f"/admin/documents/edit/{self.file.pk}/", headers=ADMIN),
            "tải lên tệp mới rồi thay trong bài",
        )
        self.assertContains(
            self.client.get(f"/admin/images/{self.image.pk}/", headers=ADMIN), "tải lên tệp mới rồi thay trong bài"
        )

    def test_content__is_free_again_when_the_page_is_taken_down(self):
        self.publish().unpublish()
        changed = self.save_file(self.portal.editor, file=SimpleUploadedFile("moi.pdf", PDF + b"moi"))
        self.assertNotEqual(changed.file.name, self.file.file.name)

    def test_shown_words__are_the_approvers_of_the_owner(self):
        article = self.publish()
        self.assertEqual(self.save_file(self.portal.editor, title="Tên mới").title, "Tên cũ")
        self.assertEqual(self.save_image(self.portal.editor, credit="Nguồn mới", focal_point_x=3).credit, "Nguồn cũ")
        self.assertEqual(PortalImage.objects.get(pk=self.image.pk).focal_point_x, None)
        self.assertEqual(self.save_file(self.portal.stranger, title="Tên mới").title, "Tên cũ")
        self.assertFalse(PageLogEntry.objects.filter(action="home.shown_item_changed").exists())
        self.assertEqual(self.save_file(self.portal.approver, title="Tên mới").title, "Tên mới")
        self.assertEqual(self.save_image(self.portal.approver, credit="Nguồn mới").credit, "Nguồn mới")
        entries = PageLogEntry.objects.filter(action="home.shown_item_changed", page=article.pk).order_by("pk")
        self.assertEqual([entry.data["changed"] for entry in entries], [["title"], ["credit"]])
        self.assertEqual({entry.user for entry in entries}, {self.portal.approver})

    def test_what_no_page_shows__is_the_editors(self):
        self.publish()
        self.assertEqual(self.save_image(self.portal.editor, title="Tên để tìm").title, "Tên để tìm")

    def test_page_of_another_organisation__locks_nothing_by_naming_it(self):
        foreign = make_file(self.portal.health, title="Tên cũ")
        self.publish(file=foreign)
        self.file = foreign
        self.assertEqual(self.save_file(self.portal.health_editor, title="Tên mới").title, "Tên mới")

    def test_draft__locks_nothing(self):
        article = make_article(self.portal.section, "Bài", main_image=self.image, main_image_alt="a", live=False)
        submit(article, self.portal.editor)
        self.assertEqual(self.save_image(self.portal.editor, credit="Nguồn mới").credit, "Nguồn mới")

    def test_deleting__what_a_page_shows_is_refused_in_every_way(self):
        self.publish()
        self.client.force_login(self.portal.operator)
        ajax = ADMIN | {"x-requested-with": "XMLHttpRequest"}
        for address in (
            f"/admin/images/{self.image.pk}/delete/",
            f"/admin/images/multiple/{self.image.pk}/delete/",
            f"/admin/documents/delete/{self.file.pk}/",
            f"/admin/documents/multiple/{self.file.pk}/delete/",
            f"/admin/bulk/home/portalimage/delete/?id={self.image.pk}",
            f"/admin/bulk/home/portalfile/delete/?id={self.file.pk}",
            "/admin/bulk/home/portalfile/delete/?id=all",
        ):
            with self.subTest(address):
                self.client.post(address, {}, headers=ajax)
                self.assertTrue(PortalImage.objects.filter(pk=self.image.pk).exists())
                self.assertTrue(PortalFile.objects.filter(pk=self.file.pk).exists())

    def test_giving_away__what_a_page_shows_is_refused(self):
        self.publish()
        self.client.force_login(self.portal.operator)
        address = f"/admin/bulk/home/portalimage/add_to_collection/?id={self.image.pk}"
        self.client.post(address, {"collection": self.portal.health.collection.pk}, headers=ADMIN)
        self.save_image(self.portal.operator, collection=self.portal.health.collection.pk)
        self.image.refresh_from_db()
        self.assertEqual(self.image.collection, self.portal.building.collection)

    def test_published__files_and_pictures_are_on_record_by_content(self):
        article = self.publish()
        shown = ShownFile.objects.filter(page=article.pk)
        self.assertEqual(
            {(row.file_id, row.image_id, row.sha256) for row in shown},
            {(self.file.pk, None, hashlib.sha256(PDF).hexdigest()), (None, self.image.pk, self.image.sha256)},
        )
        with self.captureOnCommitCallbacks(execute=True):
            article.save_revision().publish()
        self.assertEqual(ShownFile.objects.count(), 2)

    def test_replaced__the_old_address_leads_to_the_page(self):
        article = self.publish()
        old = self.file.url
        article.body = [("files", {"title": "", "items": [make_file(self.portal.building, name="ban-moi.pdf")]})]
        self.assertEqual(self.client.get(old, headers=HOST).status_code, 200)
        with self.captureOnCommitCallbacks(execute=True):
            article.save_revision().publish()
        self.assertRedirects(
            self.client.get(old, headers=HOST),
            article.get_url(None).split(":8000")[1],
            301,
            fetch_redirect_response=False,
        )
        article.unpublish()
        self.assertEqual(self.client.get(old, headers=HOST).status_code, 404)

    def test_renamed__the_number_leads_to_the_present_name_of_a_public_file_alone(self):
        address = f"/documents/{self.file.pk}/ten-cu.pdf"
        self.assertEqual(self.client.get(address, headers=HOST).status_code, 404)
        self.publish()
        self.assertRedirects(self.client.get(address, headers=HOST), self.file.url, 301, fetch_redirect_response=False)


def upload():
    return SimpleUploadedFile("moi.jpg", picture(size=(90, 90)))
