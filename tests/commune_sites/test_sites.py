"""The screens of the sites: who sees them, opening one and many, the holding page, and that nothing grows with their number."""

import datetime
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook
from wagtail.models import Page, PageViewRestriction, Site

from commune_sites import overview
from commune_sites.models import SiteOrders
from commune_sites.provisioning import Order, provision
from home.models import SiteSettings, StandardPage
from organisations.models import Membership, Organisation, Role
from tests.factories import make_article, make_organisation, make_person, make_section

pytestmark = pytest.mark.django_db
HEADINGS = ["Loại *", "Tên *", "Mã *", "Mã cấp trên", "Tên miền", "Thư người quản trị"]
ROWS = [
    ["Xã", "Xã Bình Minh", "xa-binhminh", "", "", "a@example.org"],
    ["Phường", "Phường Cẩm Thành", "phuong-camthanh", "", "", ""],
]
HOST = {"host": "quangngai.localhost"}


@pytest.fixture(autouse=True)
def province():
    return make_organisation("quangngai", "Văn phòng UBND tỉnh", "province")


@pytest.fixture
def operator(province, client):
    user = make_person("van-hanh", province, Role.OPERATOR)
    client.force_login(user)
    return user


@pytest.fixture
def commune():
    return provision(Order("commune", "Xã Bình Minh", "xa-binhminh"))[0]


def book(rows, headings=HEADINGS, change=None):
    workbook = Workbook()
    for row in [headings, *rows]:
        workbook.active.append(row)
    if change:
        change(workbook.active)
    workbook.save(out := io.BytesIO())
    return SimpleUploadedFile("trang.xlsx", out.getvalue())


def upload(client, file):
    return client.post(reverse("sites:open_many"), {"file": file}, headers=HOST, follow=True)


def test_screens__are_for_operators(province, commune, client):
    table, opening = (
        reverse("sites:list"),
        [reverse("sites:open"), reverse("sites:open_many"), reverse("sites:template")],
    )
    for role, sees_table, opens in (
        (Role.OPERATOR, True, True),
        (Role.BOARD, True, False),
        (Role.EDITOR, False, False),
    ):
        client.force_login(make_person(f"nguoi-{role}", province, role))
        assert (client.get(table, headers=HOST).status_code == 200) == sees_table, role
        for address in opening:
            assert (client.get(address, headers=HOST).status_code == 200) == opens, (role, address)
    client.force_login(make_person("quan-ly", commune, Role.MANAGER))
    assert client.get(table, headers=HOST).status_code == 302
    client.post(reverse("sites:open"), {"kind": "commune", "name": "Xã Lạ", "code": "xa-la"}, headers=HOST)
    upload(client, book(ROWS))
    assert not Organisation.objects.filter(code="xa-la").exists()
    assert not SiteOrders.objects.exists()


def test_form__opens_a_site_and_keeps_what_is_wrong(operator, client):
    typed = {"kind": "commune", "name": "Xã Bình Minh", "code": "quangngai", "label": "binhminh"}
    refused = client.post(reverse("sites:open"), typed, headers=HOST).content.decode()
    assert "Mã “quangngai” đã dùng cho đơn vị khác." in refused
    assert 'value="Xã Bình Minh"' in refused
    client.post(reverse("sites:open"), typed | {"code": "xa-binhminh"}, headers=HOST)
    organisation = Organisation.objects.get(code="xa-binhminh")
    assert Site.objects.get(root_page=organisation.home_page).hostname == "binhminh.localhost"


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_spreadsheet__is_checked_whole_then_opened(operator, client, kind):
    lines = "\r\n".join(";".join(row) for row in [HEADINGS, *ROWS])
    file = book(ROWS) if kind == "xlsx" else SimpleUploadedFile("trang.csv", f"\ufeff{lines}".encode())
    answer = upload(client, file)
    orders = SiteOrders.objects.get()
    assert f"Đã mở 0 / {len(ROWS)} trang." in answer.content.decode()
    assert Organisation.objects.count() == 1
    answer = client.post(reverse("sites:progress", args=[orders.pk]), headers=HOST, follow=True)
    assert "Đã mở 2 / 2 trang." in answer.content.decode()
    assert set(Organisation.objects.components().values_list("code", "kind")) == {
        ("xa-binhminh", "commune"),
        ("phuong-camthanh", "commune"),
    }
    assert Membership.objects.get(organisation__code="xa-binhminh").created_by == operator


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (
            lambda: book([*ROWS, ["Xã", "Xã Khác", "xa-binhminh", "", "", ""]]),
            "mã “xa-binhminh” đã dùng cho đơn vị khác",
        ),
        (lambda: book([*ROWS, ["Xã", "xã bình minh", "xa-khac", "", "", ""]]), "đã dùng cho đơn vị khác"),
        (lambda: book([["Làng", "Làng Teng", "lang-teng"]]), "loại đơn vị phải là một trong"),
        (lambda: book([["Xã", "=A1", "xa-a"]]), "là công thức"),
        (lambda: book([["Xã", "X· B×nh Minh", "xa-a"], ["Xã", "TØnh Qu¶ng Ng·i", "xa-b"]]), "bảng mã cũ"),
        (lambda: book(ROWS, headings=["Loại *", "Tên *"]), "Thiếu cột “Mã *”"),
        (lambda: book(ROWS, change=lambda sheet: sheet.merge_cells("A2:B2")), "Bảng có ô gộp"),
        (lambda: book([["Xã", f"Xã {n}", f"xa-{n}"] for n in range(5_001)]), "Bảng dài hơn 5000 dòng"),
        (lambda: book([]), "Bảng không có dòng nào"),
        (
            lambda: SimpleUploadedFile("a.csv", "Loại *;Tên *;Mã *\n".encode() + b"X\xb7;B\xd7nh;xa-a"),
            "không mã hóa UTF-8",
        ),
        (lambda: SimpleUploadedFile("a.xlsx", b"PK khong phai"), "không phải là bảng tính XLSX"),
        (lambda: book([["Xã", "Xã A", "xa-a", "", "a.example.org", ""]]), "phải là một tên ngay dưới localhost"),
    ],
)
def test_spreadsheet__is_refused_whole(operator, client, file, sentence):
    answer = upload(client, file())
    assert sentence in answer.content.decode()
    assert not SiteOrders.objects.exists()
    assert Organisation.objects.count() == 1


def test_orders__go_on_past_one_that_was_taken_meanwhile(operator, client):
    upload(client, book(ROWS))
    make_organisation("khac", "Xã Bình Minh", "commune")
    answer = client.post(reverse("sites:progress", args=[SiteOrders.objects.get().pk]), headers=HOST, follow=True)
    assert "tên “Xã Bình Minh” đã dùng cho đơn vị khác" in answer.content.decode()
    assert Organisation.objects.filter(code="phuong-camthanh").exists()


def test_holding_page__answers_everywhere_until_the_manager_opens(commune, client):
    host = {"host": "xa-binhminh.localhost"}
    manager = make_person("quan-ly", commune, Role.MANAGER)
    for path in ("/", "/tin-tuc/", "/rss.xml", "/tim-kiem/?q=a", "/api/tim-kiem/?q=a"):
        answer = client.get(path, headers=host)
        assert "Trang đang được chuẩn bị" in answer.content.decode(), path
        assert "Tin trong xã" not in answer.content.decode()
        assert "no-store" in answer["Cache-Control"]
    client.force_login(manager)
    panel = client.get(reverse("wagtailadmin_home"), headers=host).content.decode()
    assert "Chuẩn bị mở trang: Xã Bình Minh" in panel
    answer = client.post(reverse("sites:open_to_readers", args=[commune.pk]), headers=host, follow=True)
    assert "Chưa mở được, còn thiếu" in answer.content.decode()
    make_ready(commune)
    client.post(reverse("sites:open_to_readers", args=[commune.pk]), headers=host)
    client.logout()
    assert "Tin trong xã" in client.get("/", headers=host).content.decode()


def make_ready(organisation):
    settings = SiteSettings.objects.get(site__root_page=organisation.home_page)
    settings.address, settings.telephone, settings.person_in_charge = "Thôn 1", "0255 3800000", "Nguyễn Văn A"
    settings.save()
    for page in StandardPage.objects.child_of(organisation.home_page):
        page.lead = "Nội dung"
        page.save()
    make_article(organisation.home_page.get_children().get(slug="tin-tuc").specific, "Bài đầu tiên")


def test_opening_to_readers__is_for_the_sites_own_manager(commune, client):
    make_ready(commune)
    other = make_organisation("soyte", "Sở Y tế")
    for user in (
        make_person("quan-ly-khac", other, Role.MANAGER),
        make_person("bien-tap", commune, Role.EDITOR),
    ):
        client.force_login(user)
        assert client.post(reverse("sites:open_to_readers", args=[commune.pk]), headers=HOST).status_code == 404
    assert PageViewRestriction.objects.filter(page=commune.home_page).exists()


def test_pages_of_a_site_in_preparation__are_nowhere_else(commune, client):
    make_article(commune.home_page.get_children().get(slug="tin-tuc").specific, "Bài chưa mở")
    answer = client.get("/api/tim-kiem/", {"q": "bài chưa mở"}, headers=HOST).json()
    assert answer["results"] == []
    assert "xa-binhminh" not in client.get("/", headers=HOST).content.decode()


def test_table__says_how_each_site_is_doing(operator, province, commune, client):
    now = timezone.now()
    agency = make_organisation("soyte", "Sở Y tế")
    section = make_section(agency)
    make_article(section, "Mới", published_at=now)
    make_article(section, "Cũ", published_at=now - datetime.timedelta(days=90))
    make_person("nguoi", agency, Role.EDITOR)
    rows = {row.organisation.code: row for row in overview.sites()}
    row = rows["soyte"]
    assert (row.state, row.this_month, row.people, row.hostname) == ("open", 1, 1, "soyte.localhost")
    assert abs(row.last - now) < datetime.timedelta(seconds=1)
    assert (rows["xa-binhminh"].state, rows["xa-binhminh"].missing, rows["xa-binhminh"].last) == ("holding", 3, None)
    Organisation.objects.filter(pk=agency.pk).update(valid_to=timezone.localdate() - datetime.timedelta(days=1))
    assert {row.organisation.code: row.state for row in overview.sites()}["soyte"] == "closed"
    for order in overview.ORDERS:
        up, down = overview.sites(order), overview.sites(order, down=True)
        assert {row.organisation.pk for row in up} == {row.organisation.pk for row in down}
        assert client.get(reverse("sites:list"), {"ordering": f"-{order}"}, headers=HOST).status_code == 200
    assert client.get(reverse("sites:list"), {"ordering": "khong-co"}, headers=HOST).status_code == 200


def test_table__costs_the_same_with_any_number_of_sites(operator, client):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("sites:list"), headers=HOST)
        return len(queries)

    for number in range(10):
        make_organisation(f"xa-{number}", f"Xã {number}", "commune")
    cost()
    few = cost()
    for number in range(10, 20):
        make_organisation(f"xa-{number}", f"Xã {number}", "commune")
    cost()
    assert cost() == few
    assert Page.objects.exists()
