"""Images and files are private until a live page uses them, and never served to strangers."""

import tempfile

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import connection
from django.test import TestCase, override_settings
from django.test.utils import CaptureQueriesContext
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, PageViewRestriction, ReferenceIndex

from home.media.models import PortalFile, PortalImage
from news.models import NewsPage
from organisations.models import Role
from tests.factories import make_article, make_organisation, make_person, make_section

HOST = {"host": "soxaydung.localhost"}
MP4 = b"\x00\x00\x00\x18ftypmp42" + bytes(range(256)) * 40


class PrivacyTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.building = make_organisation("soxaydung", "Sở Xây dựng")
        cls.health = make_organisation("soyte", "Sở Y tế")
        cls.section = make_section(cls.building)
        cls.editor = make_person("editor", cls.building, Role.EDITOR)
        cls.stranger = make_person("stranger", cls.health, Role.EDITOR)

    def setUp(self):
        settings = override_settings(MEDIA_ROOT=self.folder.name)
        settings.enable()
        self.addCleanup(settings.disable)
        collection = self.building.collection
        self.image = PortalImage.objects.create(title="Ảnh", file=get_test_image_file(), collection=collection)
        self.file = PortalFile.objects.create(
            title="Phụ lục", file=ContentFile(b"%PDF-1.4 n", "phu-luc.pdf"), collection=collection
        )

    def addresses(self):
        return [self.image.file.url, self.image.get_rendition("max-100x100").url, self.file.url]

    def statuses(self, user=None):
        if user:
            self.client.force_login(user)
        else:
            self.client.logout()
        return {self.client.get(address, headers=HOST).status_code for address in self.addresses()}

    def use(self, live=True):
        article = make_article(self.section, "Bài có ảnh", live=live, main_image=self.image, main_image_alt="Ảnh")
        article.body = [("files", {"title": "", "items": [self.file]})]
        with self.captureOnCommitCallbacks(execute=True):
            article.save()
        return article

    def test_unused__only_for_people_of_the_organisation(self):
        self.assertEqual(self.statuses(), {404})
        self.assertEqual(self.statuses(self.stranger), {404})
        self.assertEqual(self.statuses(self.editor), {200})

    def test_used_by_a_draft__stays_private(self):
        self.use(live=False)
        self.assertEqual(self.statuses(), {404})

    def test_live_page__opens_and_taking_down_closes(self):
        article = self.use()
        self.assertEqual(self.statuses(), {200})
        self.assertIn("public", self.client.get(self.image.file.url, headers=HOST).headers["Cache-Control"])
        article.unpublish()
        self.assertEqual(self.statuses(), {404})

    def test_new_draft_of_a_live_page__does_not_open_its_new_picture(self):
        article = make_article(self.section, "Bài đang đăng")
        article.main_image, article.main_image_alt = self.image, "Ảnh"
        article.save_revision()
        self.assertEqual({self.client.get(self.image.file.url, headers=HOST).status_code}, {404})
        NewsPage.objects.get(pk=article.pk).get_latest_revision().publish()
        self.assertEqual({self.client.get(self.image.file.url, headers=HOST).status_code}, {200})

    def test_restricted_page__shows_its_files_to_whom_it_lets_in(self):
        article = self.use()
        PageViewRestriction.objects.create(page=article.page_ptr, restriction_type=PageViewRestriction.LOGIN)
        self.assertEqual(self.statuses(), {404})
        self.assertEqual(self.statuses(self.stranger), {200})

    def test_private__is_not_kept_by_caches(self):
        self.client.force_login(self.editor)
        for address in self.addresses():
            response = self.client.get(address, headers=HOST)
            self.assertEqual(response.headers["Cache-Control"], "private, no-store")
            self.assertEqual(response.headers["X-Content-Type-Options"], "nosniff")

    def test_file__cannot_be_had_past_its_own_address(self):
        self.use()
        self.assertEqual(self.client.get(f"/media/{self.file.file.name}", headers=HOST).status_code, 404)
        other_name = self.client.get(f"/documents/{self.file.pk}/khac.pdf", headers=HOST)
        self.assertRedirects(other_name, self.file.url, 301, fetch_redirect_response=False)
        self.assertEqual(self.client.get("/media/../manage.py", headers=HOST).status_code, 404)

    def test_file__sandboxed_and_word_files_are_downloaded(self):
        self.use()
        response = self.client.get(self.file.url, headers=HOST)
        self.assertIn("sandbox", response.headers["Content-Security-Policy"])
        self.assertTrue(response.headers["Content-Disposition"].startswith("inline"))

    def test_range__a_player_gets_the_part_it_asks_for(self):
        self.file = PortalFile.objects.create(title="Video", file=ContentFile(MP4, "a.mp4"))
        self.use()
        response = self.client.get(self.file.url, headers=HOST | {"range": "bytes=100-199"})
        self.assertEqual((response.status_code, b"".join(response.streaming_content)), (206, MP4[100:200]))
        self.assertEqual(response.headers["Content-Range"], f"bytes 100-199/{len(MP4)}")
        beyond = self.client.get(self.file.url, headers=HOST | {"range": "bytes=99999-"})
        self.assertEqual((beyond.status_code, beyond.headers["Content-Range"]), (416, f"bytes */{len(MP4)}"))

    def test_asking__costs_the_same_with_1_and_500_references(self):
        article = self.use()
        address = self.image.file.url
        self.client.get(address, headers=HOST)
        with CaptureQueriesContext(connection) as before:
            self.client.get(address, headers=HOST)
        page_type = ContentType.objects.get_for_model(Page)
        ReferenceIndex.objects.bulk_create(
            ReferenceIndex(
                base_content_type=page_type,
                content_type=ContentType.objects.get_for_model(article),
                object_id=str(1_000_000 + number),
                to_content_type=ContentType.objects.get_for_model(PortalImage),
                to_object_id=str(self.image.pk),
                model_path="main_image",
                content_path="main_image",
                content_path_hash=ReferenceIndex._get_content_path_hash("main_image"),
            )
            for number in range(500)
        )
        with CaptureQueriesContext(connection) as after:
            self.client.get(address, headers=HOST)
        self.assertEqual(len(before), len(after))
