"""Hostile and broken uploads end in a Vietnamese sentence, by every way an editor can upload, and leave nothing behind."""

import io
import struct
import zlib
from pathlib import Path
from unittest import mock

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase
from PIL import Image, ImageFile
from wagtail.models import UploadedFile

from home.media.models import PortalFile, PortalImage
from tests.factories import make_moderated_portal

HOST = {"host": "localhost"}
AJAX = HOST | {"x-requested-with": "XMLHttpRequest"}
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"></svg>'
EXE = b"MZ\x90\x00\x03" + bytes(200)


def picture(kind="PNG", size=(40, 30)):
    out = io.BytesIO()
    Image.new("RGB", size, "navy").save(out, kind)
    return out.getvalue()


def bomb(width, height):
    """A PNG of one colour: a few hundred kilobytes that unpack to width × height pixels."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes((width // 8 + 1) * height), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


BAD_IMAGES = {
    "200 million pixels": ("to.png", bomb(20_000, 10_000), "không quá 80 triệu điểm ảnh"),
    "81 million pixels": ("to.png", bomb(9_000, 9_001), "không quá 80 triệu điểm ảnh"),
    "more bytes than allowed": ("nang.png", picture() + bytes(settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE), "quá lớn"),
    "a picture cut short": ("dut.jpg", picture("JPEG", (900, 900))[:900], "chưa tải đủ"),
    "a page with script": ("trang.jpg", HTML, "không phải là ảnh"),
    "a drawing with script": ("ve.png", SVG, "không đúng với nội dung"),
    "a program": ("chay.jpg", EXE, "không phải là ảnh"),
    "another kind than its name says": ("nham.png", picture("GIF"), "không đúng với nội dung"),
    "a kind that is not taken": ("ve.svg", SVG, "Không nhận ảnh dạng này"),
    "nothing": ("rong.png", b"", "Tệp rỗng"),
}
BAD_FILES = {
    "a program": ("van-ban.pdf", EXE, "không đúng với phần mở rộng"),
    "a page with script": ("van-ban.pdf", HTML, "không đúng với phần mở rộng"),
    "50 megabytes": ("lon.pdf", PDF + bytes(50 * 1024 * 1024), "Dung lượng tối đa là 20,0\xa0MB"),
    "nothing": ("rong.pdf", b"", "Tệp rỗng"),
    "a kind that is not taken": ("trang.html", HTML, "Không nhận tệp có đuôi"),
    "a drawing with script": ("ve.svg", SVG, "Không nhận tệp có đuôi"),
    "an archive that is none": ("goi.docx", PDF, "không đúng với phần mở rộng"),
}


class UploadTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_moderated_portal()
        cls.collection = cls.portal.building.collection

    def setUp(self):
        self.client.force_login(self.portal.editor)

    def send(self, address, name, content, **data):
        data |= {"file": SimpleUploadedFile(name, content), "collection": self.collection.pk}
        return self.client.post(address, data, headers=HOST)

    def stored(self):
        folder = Path(settings.MEDIA_ROOT)
        return sorted(path.name for kind in ("original_images", "documents") for path in (folder / kind).rglob("*.*"))

    def assert_nothing_left(self):
        self.assertEqual(PortalImage.objects.count() + PortalFile.objects.count(), 0)
        self.assertEqual(UploadedFile.objects.count(), 0)
        self.assertEqual(self.stored(), [])


class ImageUploadTest(UploadTest):
    def test_form__refuses_and_keeps_what_was_typed(self):
        for case, (name, content, words) in BAD_IMAGES.items():
            with self.subTest(case):
                response = self.send(
                    "/admin/images/add/", name, content, title="Cầu Trà Khúc 2", alt_text="Cầu lúc sáng"
                )
                self.assertContains(response, words)
                self.assertContains(response, "Cầu Trà Khúc 2")
                self.assertContains(response, "Cầu lúc sáng")
                self.assert_nothing_left()

    def test_several__refuses_each_in_a_sentence(self):
        for case, (name, content, words) in BAD_IMAGES.items():
            with self.subTest(case):
                data = {"files[]": SimpleUploadedFile(name, content), "collection": self.collection.pk}
                response = self.client.post("/admin/images/multiple/add/", data, headers=AJAX)
                self.assertEqual((response.status_code, response.json()["success"]), (200, False))
                self.assertIn(words, response.json()["error_message"])
                self.assert_nothing_left()

    def test_chooser__refuses_inside_the_dialogue(self):
        for case, (name, content, words) in BAD_IMAGES.items():
            with self.subTest(case):
                data = {
                    "image-chooser-upload-title": "Cầu Trà Khúc 2",
                    "image-chooser-upload-file": SimpleUploadedFile(name, content),
                    "image-chooser-upload-collection": self.collection.pk,
                }
                response = self.client.post("/admin/images/chooser/create/", data, headers=AJAX)
                self.assertEqual(response.json()["step"], "reshow_creation_form")
                self.assertIn(words, response.json()["htmlFragment"])
                self.assertIn("Cầu Trà Khúc 2", response.json()["htmlFragment"])
                self.assert_nothing_left()

    def test_replacing__keeps_the_old_picture(self):
        self.send("/admin/images/add/", "cau.png", picture(), title="Cầu", alt_text="Cầu")
        image, before = PortalImage.objects.get(), self.stored()
        for case, (name, content, words) in BAD_IMAGES.items():
            with self.subTest(case):
                response = self.send(f"/admin/images/{image.pk}/", name, content, title="Cầu mới", alt_text="Cầu")
                self.assertContains(response, words)
                self.assertEqual(PortalImage.objects.get().file.name, image.file.name)
                self.assertEqual(self.stored(), before)

    def test_good_pictures__are_taken_whatever_their_name(self):
        for name in ("ảnh đẹp.JPG", "../../etc/passwd.jpg", "gpj.\u202eexe.jpg", "a" * 300 + ".jpg"):
            with self.subTest(name=name):
                PortalImage.objects.all().delete()
                self.send("/admin/images/add/", name, picture("JPEG"), title="Cầu", alt_text="Cầu")
                stored = PortalImage.objects.get().file.name
                self.assertRegex(stored, r"^original_images/[\w-]{16}/[a-z0-9-]{1,60}\.jpg$")

    def test_huge_picture__is_refused_before_it_is_unpacked(self):
        with mock.patch.object(ImageFile.ImageFile, "load") as unpack:
            self.send("/admin/images/add/", "to.png", bomb(9_000, 9_001), title="Cầu", alt_text="Cầu")
        unpack.assert_not_called()


class FileUploadTest(UploadTest):
    def test_form__refuses_and_keeps_what_was_typed(self):
        for case, (name, content, words) in BAD_FILES.items():
            with self.subTest(case):
                response = self.send("/admin/documents/add/", name, content, title="Quyết định 12")
                self.assertContains(response, words)
                self.assertContains(response, "Quyết định 12")
                self.assert_nothing_left()

    def test_several__refuses_each_in_a_sentence(self):
        for case, (name, content, words) in BAD_FILES.items():
            with self.subTest(case):
                data = {"files[]": SimpleUploadedFile(name, content), "collection": self.collection.pk}
                response = self.client.post("/admin/documents/multiple/add/", data, headers=AJAX)
                self.assertEqual((response.status_code, response.json()["success"]), (200, False))
                self.assertIn(words, response.json()["error_message"])
                self.assert_nothing_left()

    def test_chooser__refuses_inside_the_dialogue(self):
        for case, (name, content, words) in BAD_FILES.items():
            with self.subTest(case):
                data = {
                    "document-chooser-upload-title": "Quyết định 12",
                    "document-chooser-upload-file": SimpleUploadedFile(name, content),
                    "document-chooser-upload-collection": self.collection.pk,
                }
                response = self.client.post("/admin/documents/chooser/create/", data, headers=AJAX)
                self.assertEqual(response.json()["step"], "reshow_creation_form")
                self.assertIn(words, response.json()["htmlFragment"])
                self.assert_nothing_left()

    def test_replacing__keeps_the_old_file(self):
        self.send("/admin/documents/add/", "qd.pdf", PDF, title="Quyết định 12")
        file, before = PortalFile.objects.get(), self.stored()
        for case, (name, content, words) in BAD_FILES.items():
            with self.subTest(case):
                response = self.send(f"/admin/documents/edit/{file.pk}/", name, content, title="Quyết định 13")
                self.assertContains(response, words)
                self.assertEqual(PortalFile.objects.get().file.name, file.file.name)
                self.assertEqual(self.stored(), before)

    def test_good_files__are_taken_whatever_their_name(self):
        for name in ("Quyết định số 12.PDF", "../../a.pdf", "fdp.\u202eexe.pdf", "a" * 300 + ".pdf"):
            with self.subTest(name=name):
                PortalFile.objects.all().delete()
                self.send("/admin/documents/add/", name, PDF, title="Quyết định 12")
                self.assertRegex(PortalFile.objects.get().file.name, r"^documents/[\w-]{16}/[a-z0-9-]{1,60}\.pdf$")

    def test_large_body__is_kept_on_disk_while_it_arrives(self):
        self.assertLessEqual(settings.FILE_UPLOAD_MAX_MEMORY_SIZE, 5 * 1024 * 1024)
        self.assertIn("django.core.files.uploadhandler.TemporaryFileUploadHandler", settings.FILE_UPLOAD_HANDLERS)
