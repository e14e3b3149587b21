"""Previews are drawn in the admin and shown on the site's own host, in a sandbox, for a while, to whoever has the key."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from home.models import Preview
from tests.client import shown
from tests.factories import make_article, make_moderated_portal


@pytest.fixture
def portal(db):
    return make_moderated_portal()


@pytest.fixture
def draft(portal):
    article = make_article(portal.section, "Bài chưa đăng", live=False)
    article.save_revision(user=portal.editor)
    return article


def preview_of(client, person, page):
    client.force_login(person)
    return client.get(f"/admin/pages/{page.pk}/view_draft/")


def test_draft__is_shown_on_the_host_of_its_site(client, portal, draft):
    there = preview_of(client, portal.editor, draft)
    assert there.headers["Location"].startswith("http://soxaydung.localhost:8000/xem-truoc/")
    page = shown(there)
    assert "Bài chưa đăng" in page.content.decode()
    assert page.headers["X-Robots-Tag"] == "noindex"


def test_policy__runs_and_sends_nothing_and_is_framed_by_the_admin_alone(client, portal, draft):
    response = shown(preview_of(client, portal.editor, draft))
    policy = response.headers["Content-Security-Policy"]
    assert "script-src 'none'" in policy
    assert "form-action 'none'" in policy
    assert "sandbox allow-popups" in policy
    assert "allow-scripts" not in policy
    assert "allow-same-origin" not in policy
    assert policy.endswith("frame-ancestors http://quantri.localhost:8000")
    assert "X-Frame-Options" not in response.headers
    assert "no-store" in response.headers["Cache-Control"]


def test_stranger__gets_no_preview(client, portal, draft):
    response = preview_of(client, portal.stranger, draft)
    assert response.status_code in (302, 404)
    assert "/xem-truoc/" not in response.headers.get("Location", "")
    assert not Preview.objects.exists()


def test_key__is_good_on_its_own_host_only(client, portal, draft):
    address = preview_of(client, portal.editor, draft).headers["Location"]
    path = address.removeprefix("http://soxaydung.localhost:8000")
    for host in ("soyte.localhost", "quantri.localhost", "quangngai.localhost"):
        assert Client().get(path, headers={"host": host}).status_code == 404


def test_key__ends_after_a_quarter_of_an_hour(client, portal, draft):
    there = preview_of(client, portal.editor, draft)
    Preview.objects.update(created=timezone.now() - datetime.timedelta(minutes=16))
    assert shown(there).status_code == 404


def test_key__ends_with_the_person(client, portal, draft):
    there = preview_of(client, portal.editor, draft)
    portal.editor.is_active = False
    portal.editor.save()
    assert shown(there).status_code == 404


def test_old_previews__are_thrown_away(client, portal, draft):
    preview_of(client, portal.editor, draft)
    Preview.objects.update(created=timezone.now() - datetime.timedelta(minutes=16))
    preview_of(client, portal.editor, draft)
    assert Preview.objects.count() == 1


def test_guessed_key__is_nothing(portal):
    assert Client().get("/xem-truoc/" + "x" * 43 + "/", headers={"host": "soxaydung.localhost"}).status_code == 404


def test_post__is_refused(client, portal, draft):
    there = preview_of(client, portal.editor, draft)
    path = there.headers["Location"].removeprefix("http://soxaydung.localhost:8000")
    assert Client().post(path, headers={"host": "soxaydung.localhost"}).status_code == 405


def test_file_that_the_preview_does_not_show__is_not_handed_out_by_its_key(client, portal, draft):
    there = preview_of(client, portal.editor, draft)
    path = there.headers["Location"].removeprefix("http://soxaydung.localhost:8000")
    for file in ("media/images/x.jpg", "documents/1/x.pdf", "media/../x"):
        assert Client().get(path + file, headers={"host": "soxaydung.localhost"}).status_code == 404
