"""Text is folded, sorted and turned into addresses the Vietnamese way."""

import unicodedata

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import SimpleTestCase, TestCase

from home.media.uploads import validate_file_content
from home.models import StandardPage
from home.slugs import vietnamese_slug
from organisations.folding import fold, sort_key
from tests.factories import make_organisation


class TextTest(SimpleTestCase):
    def test_slug__marks_and_d_with_stroke(self):
        self.assertEqual(vietnamese_slug("Đất đai và Đường bộ"), "dat-dai-va-duong-bo")

    def test_fold__composed_and_decomposed_agree(self):
        text = "Quảng Ngãi, Đức Phổ, Lễ hội"
        self.assertEqual(fold(text), "quang ngai, duc pho, le hoi")
        self.assertEqual(fold(unicodedata.normalize("NFD", text)), fold(text))

    def test_sort_key__vietnamese_dictionary_order(self):
        names = ["An", "Ân", "Ba Tơ", "Bình", "Dung", "Đức"]
        self.assertEqual(sorted(reversed(names), key=sort_key), names)

    def test_upload__executable_renamed_pdf_is_refused(self):
        file = SimpleUploadedFile("quyet-dinh.pdf", b"MZ\x90\x00" + b"\x00" * 200)
        with self.assertRaisesMessage(ValidationError, "Nội dung tệp không đúng với phần mở rộng “.pdf”."):
            validate_file_content(file)

    def test_upload__empty_file_is_refused(self):
        with self.assertRaisesMessage(ValidationError, "Tệp rỗng"):
            validate_file_content(SimpleUploadedFile("a.pdf", b""))


class PageTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.home = make_organisation("soxaydung", "Sở Xây dựng").home_page

    def test_slug__second_page_of_the_same_title_is_numbered(self):
        slugs = [self.home.add_child(instance=StandardPage(title="Cơ cấu tổ chức")).slug for _ in range(2)]
        self.assertEqual(slugs, ["co-cau-to-chuc", "co-cau-to-chuc-2"])

    def test_title__only_emoji_is_refused(self):
        with self.assertRaisesMessage(ValidationError, "không thể chỉ gồm biểu tượng"):
            StandardPage(title="🎉🎉").full_clean()

    def test_home__answers_on_its_own_host(self):
        response = self.client.get("/", headers={"host": "soxaydung.localhost"})
        self.assertContains(response, ">Sở Xây dựng</h1>")
        self.assertIn("default-src 'self'", response.headers["Content-Security-Policy"])
