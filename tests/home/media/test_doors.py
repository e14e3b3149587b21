"""Nothing but the portal's own views answers where files and pictures lie, and no address breaks it."""

import os
import re
import stat
from pathlib import Path

import pytest
from django.core.mail import EmailMessage
from django.test import TestCase
from django.urls import get_resolver
from django.urls.resolvers import URLResolver

from home.media.serving import serve_file, serve_media
from qnportal.mail import PrivateFileBackend
from tests.factories import make_article, make_moderated_portal
from tests.home.media.support import ADMIN, HOST, make_file, make_image

ADMIN_ROUTE = "admin/"


def routes(resolver=None, before=""):
    """(route, view) of every address."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, route)
        else:
            yield route, pattern.callback


def test_addresses__of_files_are_the_portals_own():
    below = {(route, view) for route, view in routes() if re.match(r"\^?(?:media|documents)\b", route)}
    assert below == {("media/<path:path>", serve_media), ("documents/<int:file_id>/<str:filename>", serve_file)}


def test_addresses__of_readers_take_plain_digits_alone():
    """A digit of another script is another spelling of the same number, past whoever looked at the first."""
    loose = [route for route, _view in routes() if not route.startswith(ADMIN_ROUTE) and r"\d" in route]
    assert loose == []


class DoorsTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_moderated_portal()

    def test_other_digits__open_nothing(self):
        file = make_file(self.portal.building)
        for digits in ("٠١٢٣٤٥٦٧٨٩", "०१२३४५६७८९", "０１２３４５６７８９"):
            number = str(file.pk).translate(str.maketrans("0123456789", digits))
            response = self.client.get(f"/documents/{number}/{file.filename}", headers=HOST)
            self.assertEqual(response.status_code, 404)

    def test_paths__that_no_file_can_have_are_not_found(self):
        for path in (
            "/media/%00",
            "/%00/rss.xml",
            "/documents/1/%00.pdf",
            "/documents/99999999999999999999/a.pdf",
            f"/documents/{'9' * 5000}/a.pdf",
            f"/media/{'a' * 5000}",
            "/media/%ff%fe",
            "/tin-tuc/%00/",
            "/%01/",
            "/media/",
            "/media/../../etc/passwd",
        ):
            with self.subTest(path[:40]):
                self.assertEqual(self.client.get(path, headers=HOST).status_code, 404)

    def test_screens__that_the_portal_does_not_use_are_closed(self):
        image = make_image(self.portal.building)
        for person in (self.portal.editor, self.portal.operator):
            self.client.force_login(person)
            for address in (
                "/admin/embeds/chooser/",
                "/admin/embeds/chooser/upload/",
                f"/admin/images/{image.pk}/generate_url/",
                f"/admin/images/{image.pk}/preview/width-20000/",
                "/admin/images/multiple/create_from_uploaded_image/1/",
                "/admin/documents/multiple/create_from_uploaded_document/1/",
            ):
                with self.subTest(address):
                    self.assertEqual(self.client.get(address, headers=ADMIN).status_code, 404)

    def test_stored__files_are_nobody_elses_on_the_machine(self):
        file, image = make_file(self.portal.building), make_image(self.portal.building)
        copy = image.get_rendition("width-50")
        for path in map(Path, (file.file.path, image.file.path, copy.file.path)):
            self.assertEqual(stat.S_IMODE(path.stat().st_mode) & 0o007, 0)
            self.assertEqual(stat.S_IMODE(path.parent.stat().st_mode) & 0o007, 0)

    def test_page__with_a_file_names_its_own_address(self):
        file = make_file(self.portal.building)
        article = make_article(self.portal.section, "Bài", body=[("files", {"title": "", "items": [file]})])
        self.assertContains(self.client.get(article.url, headers=HOST), f"/documents/{file.pk}/{file.filename}")


@pytest.mark.parametrize("mask", [0o022, 0o000])
def test_letters__kept_as_files_are_the_portals_alone(tmp_path, mask):
    old = os.umask(mask)
    try:
        backend = PrivateFileBackend(file_path=str(tmp_path))
        backend.send_messages([EmailMessage("Lời mời", "liên kết", "a@example.org", ["b@example.org"])])
    finally:
        os.umask(old)
    assert [stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()] == [0o600]
