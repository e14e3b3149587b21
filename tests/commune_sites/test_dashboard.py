"""What a manager's dashboard says of the own site, and the guide of the first day."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from commune_sites import changes
from documents.models import PublishingDeadline
from editorial.models import OrganisationTaskState
from organisations.models import Membership, Role
from tests.documents.support import make_document, make_register
from tests.factories import make_article, make_moderated_portal, make_person, make_waiting_article

pytestmark = pytest.mark.django_db
HOST = {"host": "quangngai.localhost"}


@pytest.fixture
def portal():
    portal = make_moderated_portal()
    portal.manager = make_person("quan-tri", portal.building, Role.MANAGER)
    return portal


def dashboard(client, user):
    client.force_login(user)
    return client.get(reverse("wagtailadmin_home"), headers=HOST).content.decode()


def test_panel__what_waits_and_who_works_here(portal, client):
    make_waiting_article(portal, "Khởi công cầu mới")
    make_article(portal.section, "Tin đã đăng", published_at=timezone.now())
    invited = make_person("duoc-moi", portal.building, Role.EDITOR)
    Membership.objects.filter(user=invited).update(accepted_at=None)
    body = dashboard(client, portal.manager)
    assert "Trang của Sở Xây dựng" in body
    assert "Chờ duyệt: <strong>1</strong>" in body
    assert "tháng này: <strong>1</strong>" in body
    assert "Khởi công cầu mới" in body
    assert "duoc-moi, Biên tập viên (Đã mời, chưa nhận lời)" in body
    assert "stranger" not in body


def test_panel__what_is_late(portal, client):
    make_waiting_article(portal)
    assert "Đã trễ" not in dashboard(client, portal.manager)
    OrganisationTaskState.objects.update(started_at=timezone.now() - timedelta(days=3))
    assert "Chờ duyệt quá hai ngày: 1" in dashboard(client, portal.manager)


def test_panel__late_documents(portal, client):
    PublishingDeadline.objects.create(valid_from="2011-10-01", own_days=2, other_days=10, basis="NĐ 43")
    long_ago = timezone.localdate() - timedelta(days=30)
    if long_ago.year != timezone.localdate().year:  # in January the report begins anew
        long_ago = timezone.localdate()
    make_document(
        make_register(portal.building), "1/QĐ-SXD", f"{long_ago:%d/%m/%Y}", issuers=["Sở Xây dựng"], live=False
    )
    body = dashboard(client, portal.manager)
    assert ("Văn bản quá hạn đăng: 1" in body) is (long_ago != timezone.localdate())


@pytest.mark.parametrize("name", ["editor", "approver", "stranger", "board"])
def test_panel__for_managers_only(portal, client, name):
    assert "Người làm việc ở đây" not in dashboard(client, getattr(portal, name))


def test_panel__closed_predecessor_is_not_a_site_of_the_own(portal, client):
    manager = make_person("quan-tri-y-te", portal.health, Role.MANAGER)
    changes.plan_closing([portal.building], [portal.health], timezone.localdate())
    body = dashboard(client, manager)
    assert "Trang của Sở Y tế" in body
    assert "Trang của Sở Xây dựng" not in body


def test_panel__queries_do_not_grow_with_people_and_work(portal, client):
    def queries():
        dashboard(client, portal.manager)
        with CaptureQueriesContext(connection) as captured:
            dashboard(client, portal.manager)
        return len(captured)

    make_waiting_article(portal, "Bài 1")
    few = queries()
    for number in range(2, 5):
        make_waiting_article(portal, f"Bài {number}")
        make_person(f"nguoi-{number}", portal.building, Role.AUTHOR)
    assert queries() == few


def test_first_day__leads_to_the_screens_of_the_own_site(portal, client):
    client.force_login(portal.manager)
    body = client.get(reverse("sites:first_day"), headers=HOST).content.decode()
    site = portal.building.home_page.get_site()
    assert reverse("wagtailsettings:edit", args=["home", "sitesettings", site.pk]) in body
    assert reverse("people:list") in body
    client.force_login(portal.board)
    assert client.get(reverse("sites:first_day"), headers=HOST).status_code == 200
