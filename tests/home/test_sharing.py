"""Pages of a higher organisation on the front pages of sites below: which sites, until when, who may, and nothing that is not public."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from home.kept import forget
from home.models import SharedPage
from organisations.models import Organisation, Role
from tests.factories import make_article, make_moderated_portal, make_organisation, make_person, make_section

pytestmark = pytest.mark.django_db
HOST = {"host": "quangngai.localhost"}


@pytest.fixture
def portal():
    forget()
    portal = make_moderated_portal()
    portal.commune = make_organisation("xa-bato", "Xã Ba Tơ", "commune")
    portal.notice = make_article(make_section(portal.province, "Thông báo"), "Lịch nghỉ Tết")
    return portal


def share(client, page, **data):
    return client.post(reverse("share_page", args=[page.pk]), data, headers=HOST)


def front(client, organisation):
    return client.get("/", headers={"host": f"{organisation.code}.localhost"}).content.decode()


def test_shared__shown_where_chosen_and_linked_to_the_one_address(portal, client):
    client.force_login(portal.secretary)
    share(client, portal.notice, kinds=["commune"], organisations=[portal.health.pk])
    for organisation in (portal.commune, portal.health):
        body = front(client, organisation)
        assert "Lịch nghỉ Tết" in body
        assert f'href="http://quangngai.localhost:8000{portal.notice.get_url_parts()[2]}"' in body
    assert "Lịch nghỉ Tết" not in front(client, portal.building)
    assert Page.objects.filter(title="Lịch nghỉ Tết").count() == 1


def test_shared__taken_off_by_choosing_nothing(portal, client):
    client.force_login(portal.board)
    share(client, portal.notice, kinds=["commune"])
    assert "Lịch nghỉ Tết" in front(client, portal.commune)
    share(client, portal.notice)
    assert "Lịch nghỉ Tết" not in front(client, portal.commune)
    assert not SharedPage.objects.exists()


def test_shared__until_its_last_day(portal, client):
    client.force_login(portal.board)
    share(client, portal.notice, kinds=["commune"], until=f"{timezone.localdate():%Y-%m-%d}")
    assert "Lịch nghỉ Tết" in front(client, portal.commune)
    SharedPage.objects.update(until=timezone.localdate() - datetime.timedelta(days=1))
    forget()
    assert "Lịch nghỉ Tết" not in front(client, portal.commune)


@pytest.mark.parametrize("fate", ["unpublished", "restricted", "deleted", "closed reader"])
def test_shared__nothing_that_is_not_public(portal, client, fate, django_capture_on_commit_callbacks):
    client.force_login(portal.board)
    share(client, portal.notice, kinds=["commune"])
    assert "Lịch nghỉ Tết" in front(client, portal.commune)
    if fate == "unpublished":
        with django_capture_on_commit_callbacks(execute=True):
            portal.notice.unpublish()
    elif fate == "restricted":
        PageViewRestriction.objects.create(page=portal.notice, restriction_type="login")
    elif fate == "deleted":
        portal.notice.delete()
    else:
        portal.commune.valid_to = timezone.localdate() - datetime.timedelta(days=1)
        portal.commune.save()
    assert "Lịch nghỉ Tết" not in front(client, portal.commune)


@pytest.mark.parametrize("name", ["editor", "approver", "stranger"])
def test_share__refused_to_people_of_components(portal, client, name):
    client.force_login(getattr(portal, name))
    share(client, portal.notice, kinds=["commune"])
    assert not SharedPage.objects.exists()


def test_share__own_page_reaches_nobody_beside(portal, client):
    """An agency has nobody below it; a district has its own communes and no others."""
    article = make_article(portal.section, "Tin của Sở")
    client.force_login(portal.approver)
    share(client, article, organisations=[portal.health.pk])
    assert not SharedPage.objects.exists()
    district = make_organisation("bato", "Huyện Ba Tơ", "district")
    notice = make_article(make_section(district), "Tin của huyện")
    Organisation.objects.filter(pk=portal.commune.pk).update(parent=district)
    other = make_organisation("xa-khac", "Xã Khác", "commune")
    client.force_login(make_person("duyet-huyen", district, Role.APPROVER))
    refused = share(client, notice, organisations=[other.pk])
    assert refused.status_code == 200
    assert not SharedPage.objects.exists()
    share(client, notice, kinds=["commune"])
    assert "Tin của huyện" in front(client, portal.commune)
    assert "Tin của huyện" not in front(client, other)


def test_share__drafts_cannot_be(portal, client):
    draft = make_article(portal.notice.get_parent(), "Bản nháp", live=False)
    client.force_login(portal.board)
    share(client, draft, kinds=["commune"])
    assert not SharedPage.objects.exists()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"until": "2018-01-01"}, "Ngày này đã qua."),
        ({"until": "mai"}, "Ngày không đúng."),
        ({"kinds": ["province"]}, "province"),
    ],
)
def test_share__bad_input(portal, client, data, sentence):
    client.force_login(portal.board)
    assert sentence in share(client, portal.notice, **({"kinds": ["commune"]} | data)).content.decode()
    assert not SharedPage.objects.exists()


def test_front_page__queries_do_not_grow_with_what_is_shared(portal, client):
    section = portal.notice.get_parent()

    def queries():
        forget()
        front(client, portal.commune)
        forget()
        with CaptureQueriesContext(
            connection,
        ) as captured:
            front(client, portal.commune)
        return len(captured)

    def add(numbers):
        for number in numbers:
            page = make_article(section, f"Thông báo số {number}")
            SharedPage.objects.create(page=page.page_ptr, owner=portal.province, kinds=["commune"])

    add(range(2))
    few = queries()
    add(range(2, 6))
    assert queries() == few
