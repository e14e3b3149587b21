"""Parts of a site that operators switch: the register of documents, the English site."""

import pytest
from django.urls import reverse
from wagtail.models import Locale, Page

from commune_sites.features import english_home, features, switch_all
from documents.models import DocumentPage, DocumentRegisterPage
from home.kept import forget
from importing.uploading import organisations_of_uploader
from organisations.models import Role
from tests.documents.support import make_document, make_register
from tests.factories import make_moderated_portal, make_person

pytestmark = pytest.mark.django_db
HOST = {"host": "quangngai.localhost"}


@pytest.fixture
def portal():
    forget()
    Locale.objects.get_or_create(language_code="en")
    portal = make_moderated_portal()
    portal.register = make_register(portal.building)
    return portal


def switch(client, organisation, *names):
    return client.post(reverse("sites:site", args=[organisation.pk]), {"features": names}, headers=HOST)


def register_of(client):
    return client.get("/van-ban/", headers={"host": "soxaydung.localhost"})


def test_register__off_and_on_again(portal, client):
    client.force_login(portal.operator)
    assert register_of(client).status_code == 200
    switch(client, portal.building)
    assert register_of(client).status_code == 404
    assert ">Văn bản</a>" not in client.get("/", headers={"host": "soxaydung.localhost"}).content.decode()
    switch(client, portal.building, "documents")
    assert register_of(client).status_code == 200
    assert DocumentRegisterPage.objects.child_of(portal.building.home_page).count() == 1


def test_register__off_takes_no_documents(portal, client):
    switch_all(portal.building, [])
    editor = make_person("van-thu", portal.building, Role.EDITOR)
    assert portal.building not in organisations_of_uploader(editor)
    register = DocumentRegisterPage.objects.get(pk=portal.register.pk)
    assert not DocumentPage.can_create_at(register)


def test_register__with_public_documents_stays_on(portal, client):
    make_document(portal.register, "1/QĐ-SXD", "1/1/2018", issuers=["Sở Xây dựng"])
    client.force_login(portal.operator)
    body = switch(client, portal.building).content.decode()
    assert "Sổ văn bản còn văn bản đang đăng" in body
    assert register_of(client).status_code == 200


def test_english__on_makes_a_draft_home_and_nothing_public(portal, client):
    client.force_login(portal.operator)
    switch(client, portal.building, "documents", "english")
    home = english_home(portal.building)
    assert not home.live
    assert home.get_workflow().name == "Trang thành phần"
    assert client.get("/en/", headers={"host": "soxaydung.localhost"}).status_code == 404
    switch(client, portal.building, "documents")
    assert english_home(portal.building) is None


def test_english__with_pages_stays_on(portal, client):
    switch_all(portal.building, ["documents", "english"])
    english_home(portal.building).specific.save_revision().publish()
    client.force_login(portal.operator)
    assert "Trang tiếng Anh còn nội dung" in switch(client, portal.building, "documents").content.decode()
    assert english_home(portal.building).live


def test_switch__all_or_nothing(portal, client):
    """English on and documents off, of which the second is refused: neither happens."""
    make_document(portal.register, "1/QĐ-SXD", "1/1/2018", issuers=["Sở Xây dựng"])
    client.force_login(portal.operator)
    switch(client, portal.building, "english")
    assert english_home(portal.building) is None
    assert register_of(client).status_code == 200


def test_switch__unknown_part_refused(portal, client):
    client.force_login(portal.operator)
    assert "khong-co" in switch(client, portal.building, "documents", "khong-co").content.decode()


@pytest.mark.parametrize("role", [Role.MANAGER, Role.EDITOR])
def test_switch__for_operators_only(portal, client, role):
    client.force_login(make_person("nguoi", portal.building, role))
    switch(client, portal.building)
    assert register_of(client).status_code == 200


def test_features__all_have_a_label_and_tell_their_state(portal):
    assert {feature.name: feature.is_on(portal.building) for feature in features} == {
        "documents": True,
        "english": False,
    }
    assert Page.objects.filter(locale__language_code="en", depth__gt=2).count() == 0
