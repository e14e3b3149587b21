"""Whatever picture comes in, pages can show it, it tells nothing but what is seen, and one that fails costs itself alone."""

import io
from pathlib import Path
from unittest import mock

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import engines
from django.test import TestCase
from django.urls import reverse
from PIL import Image, ImageCms
from wagtail.images.models import Filter

from home.media import child, copies, drawing
from home.media.copies import ADMIN_COPIES, COPIES, DrawingError, drawn_anew
from home.media.making import make_copies
from home.media.models import PortalImage, PortalRendition
from news import article, feeds
from tests.factories import make_article, make_moderated_portal
from tests.home.media.support import (
    ADMIN,
    GOOD_PICTURES,
    HOST,
    grey16,
    make_image,
    picture,
    png,
    with_broken_notes,
    with_notes,
    with_words_inside,
)

ROOT = Path(__file__).resolve().parents[3]


def opened(file):
    return Image.open(io.BytesIO(file.read()))


@pytest.mark.parametrize("name", GOOD_PICTURES)
def test_drawing__every_kind_is_drawn_and_copied(name):
    anew = drawn_anew(GOOD_PICTURES[name], name)
    drawn = opened(anew)
    order = {"most_pixels": 10**7, "anew": "", "source": io.BytesIO(GOOD_PICTURES[name])}
    formats = {f"copy.{kind}": kind for kind in ("JPEG", "WEBP", "PNG")}
    jobs = [
        {"box": [0, 0, *drawn.size], "size": [20, 10], "format": kind, "path": io.BytesIO()}
        for kind in formats.values()
    ]
    assert drawing.follow(order | {"copies": jobs})["problem"] == ""
    assert [opened_size(job["path"]) for job in jobs] == [(20, 10)] * len(jobs)


def opened_size(stream):
    stream.seek(0)
    return Image.open(stream).size


def test_drawing__nothing_is_left_but_the_picture():
    for name, content in (
        ("a.jpg", with_notes()),
        ("a.png", with_words_inside()),
        ("b.jpg", GOOD_PICTURES["several.jpg"]),
    ):
        anew = drawn_anew(content + b"behind the end", name).read()
        assert b"Nguyen" not in anew
        assert b"Exif" not in anew
        assert b"chu thich" not in anew
        assert b"behind the end" not in anew


def test_drawing__turned_before_its_notes_go():
    upright = opened(drawn_anew(with_notes(orientation=6), "a.jpg"))
    assert upright.size == (80, 120)
    assert upright.getpixel((40, 20)) > (200, 200, 200)
    assert upright.getpixel((40, 100)) < (60, 60, 160)


def test_drawing__a_good_colour_profile_stays_and_a_wrong_one_goes():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert opened(drawn_anew(picture(icc_profile=profile), "a.jpg")).info.get("icc_profile") == profile
    assert "icc_profile" not in opened(drawn_anew(picture(mode="L", icc_profile=profile), "a.jpg")).info
    assert "icc_profile" not in opened(drawn_anew(picture(icc_profile=b"rac"), "a.jpg")).info


def test_drawing__moving_pictures_go_on_moving():
    for name in ("moving.gif", "moving.webp", "moving.png"):
        assert opened(drawn_anew(GOOD_PICTURES[name], name)).n_frames == 3


def test_drawing__too_large_is_known_before_a_pixel_is_unpacked():
    for width, height, frames in ((30_000, 10, 1), (9_000, 9_000, 1), (4_000, 4_000, 6)):
        image = mock.Mock(size=(width, height), width=width, height=height, n_frames=frames, format="GIF")
        assert drawing.is_too_large(image, settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS)


def test_drawing__a_bomb_dies_alone():
    bomb = png(9_000, 8_800, 1, 0, bytes((9_000 // 8 + 1) * 8_800))
    with mock.patch.object(child, "run", return_value=None), pytest.raises(DrawingError):
        drawn_anew(bomb, "to.png")
    assert opened(drawn_anew(bomb, "to.png")).size == (9_000, 8_800)


def test_child__is_ended_with_what_it_started(tmp_path):
    script = tmp_path / "slow.py"
    script.write_text("import time\ntime.sleep(60)\n")
    assert child.run(mock.Mock(__file__=str(script)), seconds=0.5) is None


def test_copies__are_those_that_templates_and_feeds_ask_for():
    asked = {article.SHARE_CARD, feeds.PICTURE}
    for path in [*ROOT.glob("*/templates/**/*.html")]:
        asked |= asked_in(path.read_text(encoding="utf-8"))
    assert asked == set(COPIES)


def asked_in(source):
    """What the image tags of a template ask for."""
    nodes = engines["django"].from_string(source).template.nodelist.get_nodes_by_type(object)
    return {
        spec
        for node in nodes
        if hasattr(node, "filter_specs")
        for spec in ([f.spec for f in node.get_filters()] if hasattr(node, "get_filters") else [node.get_filter().spec])
    }


class UploadTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_moderated_portal()

    def setUp(self):
        self.client.force_login(self.portal.editor)

    def upload(self, name, content):
        file = SimpleUploadedFile(name, content)
        data = {"file": file, "title": "Cầu", "alt_text": "Cầu", "collection": self.portal.building.collection.pk}
        return self.client.post("/admin/images/add/", data, headers=ADMIN)

    def test_upload__stores_the_picture_alone(self):
        for name, content in (("turned.jpg", with_notes()), ("broken.jpg", with_broken_notes()), ("g.png", grey16())):
            with self.subTest(name):
                self.upload(name, content)
                image = PortalImage.objects.get()
                with Image.open(image.file.path) as stored:
                    self.assertEqual(dict(stored.getexif()), {})
                    self.assertIn(stored.mode, {"RGB", "L"})
                self.assertTrue(image.is_bare)
                self.assertEqual(len(image.sha256), 64)
                image.delete()

    def test_upload__a_thread_is_refused_in_a_sentence(self):
        self.assertContains(self.upload("soi.png", picture("PNG", mode="1", size=(9000, 2))), "quá dài và hẹp")
        self.assertContains(
            self.upload("dai.png", picture("PNG", mode="1", size=(17_000, 400))), "không quá 16.000 điểm"
        )

    def test_several__nothing_is_kept_unseen_when_another_field_is_wrong(self):
        file = SimpleUploadedFile("a.jpg", with_notes())
        data = {"files[]": file, "collection": self.portal.health.collection.pk}
        ajax = ADMIN | {"x-requested-with": "XMLHttpRequest"}
        response = self.client.post("/admin/images/multiple/add/", data, headers=ajax)
        if response.json()["success"]:  # one collection alone: Wagtail asks for none
            self.assertEqual(PortalImage.objects.get().collection, self.portal.building.collection)
        else:
            self.assertIn("chọn lại tệp", response.json()["error_message"])

    def test_copies__are_made_when_it_comes_in(self):
        with self.captureOnCommitCallbacks(execute=True):
            self.upload("a.jpg", picture(size=(2000, 1500)))
        made = set(PortalRendition.objects.values_list("filter_spec", flat=True))
        self.assertEqual(made, {*COPIES, *ADMIN_COPIES})
        with mock.patch.object(copies, "made_of") as drawing_again:
            make_copies.func(PortalImage.objects.get().pk)
        drawing_again.assert_not_called()


class SurvivalTest(TestCase):
    """One picture of which no copy can be made, among good ones."""

    @classmethod
    def setUpTestData(cls):
        cls.portal = make_moderated_portal()

    def setUp(self):
        building = self.portal.building
        self.image = make_image(building, b"\xff\xd8\xff\xe0 rac" * 20)
        self.article = make_article(
            self.portal.section, "Khởi công cầu", main_image=self.image, main_image_alt="Cầu", lead="Sapo"
        )
        self.article.body = [
            ("image", {"image": self.image, "alt": "Cầu", "caption": "Chú thích", "source": ""}),
            ("gallery", {"title": "Bộ", "items": [{"image": self.image, "alt": "a", "caption": "", "source": ""}] * 2}),
        ]
        self.article.save()

    def test_pages__lists_and_feeds_do_without_it(self):
        for address in (self.article.url, f"{self.article.url}?in", "/", "/rss.xml", "/tin-tuc/", "/tin-bai/"):
            with self.subTest(address):
                response = self.client.get(address, headers=HOST)
                self.assertEqual(response.status_code, 200)
                self.assertNotIn('src=""', response.content.decode())
                self.assertNotIn('href=""', response.content.decode())
        self.assertContains(self.client.get(self.article.url, headers=HOST), "Chú thích")

    def test_admin__lists_choosers_and_forms_do_without_it(self):
        self.client.force_login(self.portal.editor)
        for address in (
            "/admin/images/",
            "/admin/images/?layout=list",
            "/admin/images/chooser/",
            f"/admin/images/{self.image.pk}/",
            reverse("wagtailimages_chooser:chosen", args=[self.image.pk]),
            f"/admin/pages/{self.article.pk}/edit/",
        ):
            with self.subTest(address):
                self.assertEqual(self.client.get(address, headers=ADMIN).status_code, 200)

    def test_failure__is_said_once_and_not_tried_at_every_request(self):
        with (
            mock.patch.object(copies.logger, "warning") as warning,
            mock.patch.object(copies, "made_of", side_effect=DrawingError("broken")) as drawing_it,
        ):
            for _time in range(3):
                self.assertFalse(self.image.get_rendition("width-400").is_there)
                self.image.get_renditions("width-400", "width-800")
        self.assertEqual((warning.call_count, drawing_it.call_count), (1, 1))

    def test_file_lost__costs_itself(self):
        Path(self.image.file.path).unlink()
        self.assertEqual(self.client.get(self.article.url, headers=HOST).status_code, 200)

    def test_some_copies__are_shown_without_the_one_that_fails(self):
        good = make_image(self.portal.building)
        made_of = copies.made_of
        with mock.patch.object(copies, "made_of", lambda image, filters: made_of(image, filters[:1])):
            found = good.get_renditions("width-50|format-webp", "width-60|format-webp")
        self.assertEqual(list(found), ["width-50|format-webp"])

    def test_copy__made_by_another_process_meanwhile_is_taken(self):
        good = make_image(self.portal.building)
        first = good.get_rendition("width-50")
        again = good._keep_copy(Filter(spec="width-50"), ContentFile(picture(), "b.jpg"))
        self.assertEqual(again.pk, first.pk)
        self.assertEqual(len(list(Path(first.file.path).parent.iterdir())), 1)
