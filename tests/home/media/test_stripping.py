"""Pictures that came before are stripped where they lie, once, and those that cannot be are named."""

import io

from django.core.management import call_command
from django.test import TestCase
from PIL import Image

from home.media.models import PortalImage
from tests.factories import make_moderated_portal
from tests.home.media.support import make_image, picture, with_notes


class StrippingTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_moderated_portal()

    def strip(self):
        with self.captureOnCommitCallbacks(execute=True):
            call_command("strip_pictures", stdout=(out := io.StringIO()))
        return out.getvalue()

    def test_stored__pictures_keep_their_address_and_lose_what_they_tell(self):
        image = make_image(self.portal.building, with_notes())
        copy = image.get_rendition("width-50|format-jpeg")
        self.strip()
        stripped = PortalImage.objects.get(pk=image.pk)
        self.assertEqual(stripped.file.name, image.file.name)
        with open(stripped.file.path, "rb") as file:
            content = file.read()
        self.assertNotIn(b"Nguyen", content)
        self.assertEqual(Image.open(io.BytesIO(content)).size, (stripped.width, stripped.height))
        self.assertEqual((stripped.width, stripped.height), (80, 120))
        self.assertFalse(stripped.renditions.filter(pk=copy.pk).exists())
        self.assertTrue(stripped.renditions.filter(filter_spec="width-400|format-webp").exists())

    def test_again__nothing_is_done_twice(self):
        image = make_image(self.portal.building, with_notes())
        self.strip()
        first = PortalImage.objects.get(pk=image.pk)
        self.strip()
        self.assertEqual(PortalImage.objects.get(pk=image.pk).sha256, first.sha256)

    def test_one_that_cannot_be_drawn__is_named_and_stops_none(self):
        broken = make_image(self.portal.building, b"\xff\xd8\xff rac")
        good = make_image(self.portal.building, picture())
        self.assertIn(f"số: {broken.pk}", self.strip())
        self.assertTrue(PortalImage.objects.get(pk=good.pk).is_bare)
        self.assertFalse(PortalImage.objects.get(pk=broken.pk).is_bare)
