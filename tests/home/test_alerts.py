"""Emergency alerts: from when to when, on which sites, by whom."""

from datetime import timedelta

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from home.alerts import alerts_on
from home.kept import forget
from home.models import Alert
from organisations.models import Organisation, Role
from tests.factories import make_alert, make_moderated_portal, make_organisation, make_person

pytestmark = pytest.mark.django_db
HOST = {"host": "quangngai.localhost"}


@pytest.fixture
def portal():
    forget()
    portal = make_moderated_portal()
    portal.district = make_organisation("bato", "Huyện Ba Tơ", "district")
    portal.commune = make_organisation("xa-bato", "Xã Ba Tô", "commune")
    Organisation.objects.filter(pk=portal.commune.pk).update(parent=portal.district)
    return portal


def front(client, organisation):
    return client.get("/", headers={"host": f"{organisation.code}.localhost"}).content.decode()


def test_alert__of_the_province_reaches_every_site(portal, client):
    make_alert(portal.province, "Bão số 14", cascades=True)
    for organisation in (portal.province, portal.building, portal.district, portal.commune):
        assert "Bão số 14" in front(client, organisation), organisation


def test_alert__not_cascading_stays_at_home(portal, client):
    make_alert(portal.province, "Bão số 14")
    assert "Bão số 14" in front(client, portal.province)
    assert "Bão số 14" not in front(client, portal.commune)


def test_alert__of_a_district_reaches_its_communes_only(portal, client):
    make_alert(portal.district, "Sạt lở đèo Viôlắc", cascades=True)
    assert "Sạt lở" in front(client, portal.commune)
    assert "Huyện Ba Tơ:" in front(client, portal.commune)
    for organisation in (portal.province, portal.building, portal.health):
        assert "Sạt lở" not in front(client, organisation)


def test_alerts__of_all_levels_stand_together_the_highest_first(portal, client):
    make_alert(portal.commune, "Cầu tràn ngập")
    make_alert(portal.province, "Bão số 14", cascades=True)
    body = front(client, portal.commune)
    assert 0 < body.index("Bão số 14") < body.index("Cầu tràn ngập")


def test_alert__holds_from_its_start_to_its_end(portal, client, monkeypatch):
    now = timezone.now()
    make_alert(portal.province, "Từ chiều", starts=now + timedelta(hours=2), ends=now + timedelta(hours=4))
    assert "Từ chiều" not in front(client, portal.province)
    for hours, shown in ((3, True), (5, False)):
        monkeypatch.setattr("home.alerts.timezone.now", lambda hours=hours: now + timedelta(hours=hours))
        assert ("Từ chiều" in front(client, portal.province)) is shown


def test_alert__taken_back_at_once(portal, client):
    alert = make_alert(portal.province, "Báo nhầm")
    assert "Báo nhầm" in front(client, portal.province)
    alert.delete()
    assert "Báo nhầm" not in front(client, portal.province)


def test_alert__in_english_where_written(portal):
    make_alert(portal.province, "Bão số 14", text_en="Typhoon no. 14")
    with translation.override("en"):
        shown = {"alerts": alerts_on(portal.province), "organisation": portal.province}
        body = render_to_string("components/alerts.html", shown)
    assert "Typhoon no. 14" in body
    assert "Bão" not in body


@pytest.mark.parametrize("role", [Role.AUTHOR, Role.EDITOR, Role.APPROVER])
def test_screens__closed_to_who_does_not_speak_for_the_organisation(portal, client, role):
    alert = make_alert(portal.building, "Bão số 14")
    client.force_login(make_person("nguoi", portal.building, role))
    assert client.get(reverse("thong-bao-khan:index"), headers=HOST).status_code == 302
    client.post(reverse("thong-bao-khan:delete", args=[alert.pk]), headers=HOST)
    assert Alert.objects.exists()


def test_manager_of_another_site__meets_no_alert_and_changes_none(portal, client):
    alert = make_alert(portal.health, "Dịch bệnh kín")
    client.force_login(make_person("quan-tri", portal.building, Role.MANAGER))
    assert "Dịch bệnh" not in client.get(reverse("thong-bao-khan:index"), headers=HOST).content.decode()
    data = {"organisation": portal.health.pk, "text": "Giả", "starts": "2030-01-01 00:00", "ends": "2030-01-02 00:00"}
    for url in (reverse("thong-bao-khan:edit", args=[alert.pk]), reverse("thong-bao-khan:add")):
        client.post(url, data, headers=HOST)
    assert [a.text for a in Alert.objects.filter(organisation=portal.health)] == ["Dịch bệnh kín"]


def test_manager__adds_one_for_the_own_site(portal, client):
    client.force_login(make_person("quan-tri", portal.building, Role.MANAGER))
    data = {"organisation": portal.building.pk, "text": "Mất điện", "starts": "2030-01-01 00:00"}
    body = client.post(reverse("thong-bao-khan:add"), data | {"ends": "2029-01-01 00:00"}, headers=HOST)
    assert "Lúc kết thúc phải sau lúc bắt đầu." in body.content.decode()
    assert "Mất điện" in body.content.decode()
    client.post(reverse("thong-bao-khan:add"), data | {"ends": "2030-01-02 00:00"}, headers=HOST)
    assert Alert.objects.get().organisation == portal.building
