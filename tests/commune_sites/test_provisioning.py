"""Opening a site: whole or not at all, the same again changes nothing, and nothing of others is taken."""

from io import StringIO

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction, Site

from commune_sites.loading import commune_orders, unit_rows
from commune_sites.provisioning import NAME, Opened, Order, provision, template_of
from documents.models import DocumentPage, DocumentRegisterPage
from home.models import OrganisationHomePage, SiteSettings, StandardPage
from news.models import NewsPage, NewsSectionPage
from organisations.models import Membership, Organisation, Role
from tests.factories import make_organisation

pytestmark = pytest.mark.django_db
ORDER = Order("commune", "Xã Bình Minh", "xa-binhminh", manager="binhminh@example.org")


@pytest.fixture(autouse=True)
def province():
    return make_organisation("quangngai", "Văn phòng UBND tỉnh", "province")


def test_site__has_all_it_needs(django_capture_on_commit_callbacks, client):
    with django_capture_on_commit_callbacks(execute=True):
        organisation, made = provision(ORDER)
    assert made
    assert organisation.parent.code == "quangngai"
    site = Site.objects.get(root_page=organisation.home_page)
    assert site.hostname == "xa-binhminh.localhost"
    assert SiteSettings.objects.get(site=site).official_name == "Xã Bình Minh"
    titles = set(organisation.home_page.get_children().live().values_list("title", flat=True))
    assert titles == {"Tin trong xã", "Thông báo", "Văn bản", "Giới thiệu", "Cơ cấu tổ chức", "Liên hệ"}
    assert organisation.home_page.get_children().first().get_workflow().name == "Trang thành phần"
    assert organisation.collection.name == "Xã Bình Minh"
    membership = Membership.objects.get(organisation=organisation)
    assert (membership.role, membership.accepted_at) == (Role.MANAGER, None)
    assert [message.to for message in mail.outbox] == [["binhminh@example.org"]]
    assert Page.find_problems() == ([], [], [], [], [])


def test_site__again_changes_nothing(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        provision(ORDER)
        before = Page.objects.count(), Site.objects.count(), Membership.objects.count()
        assert provision(ORDER)[1] is False
    assert (Page.objects.count(), Site.objects.count(), Membership.objects.count()) == before
    assert len(mail.outbox) == 1


def test_template__is_edited_by_the_operator_and_copied_with_the_name():
    template = template_of("commune")
    template.introduction = f"Trang của {NAME}"
    template.save_revision().publish()
    page = template.add_child(
        instance=StandardPage(
            title=f"Về {NAME}",
            slug="ve-chung-toi",
            lead=f"{NAME} ở đâu",
            body=[{"type": "paragraph", "value": f"<p>{NAME}</p>"}],
        )
    )
    page.add_child(instance=StandardPage(title=f"Đường đến {NAME}", slug="duong-den"))
    template.add_child(instance=StandardPage(title="Chưa đăng", live=False))
    home = provision(Order("commune", 'Xã "An" Phú', "xa-anphu"))[0].home_page.specific
    assert home.introduction == 'Trang của Xã "An" Phú'
    copied = StandardPage.objects.child_of(home).get(slug="ve-chung-toi")
    assert (copied.title, copied.lead) == ('Về Xã "An" Phú', 'Xã "An" Phú ở đâu')
    assert str(copied.body[0].value.source) == '<p>Xã "An" Phú</p>'
    assert copied.get_children().get().title == 'Đường đến Xã "An" Phú'
    assert not home.get_children().filter(title="Chưa đăng").exists()
    assert not Site.objects.filter(root_page=template).exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"code": "soyte"}, "mã “soyte” đã dùng cho đơn vị khác"),
        ({"name": "Sở Y tế"}, "tên “Sở Y tế” đã dùng cho đơn vị khác"),
        ({"name": "SỞ Y TẾ"}, "đã dùng cho đơn vị khác"),
        ({"hostname": "soyte.localhost"}, "tên miền “soyte.localhost” đã có trang khác dùng"),
        ({"hostname": "a.example.org"}, "phải là một tên ngay dưới localhost"),
        ({"hostname": "a.b.localhost"}, "phải là một tên ngay dưới localhost"),
        ({"code": "Xã"}, "không hợp lệ"),
        ({"kind": "province"}, "loại đơn vị phải là một trong"),
        ({"parent": "khongco"}, "không có đơn vị cấp trên mang mã “khongco”"),
        ({"parent": "huyencu"}, "đã kết thúc hoạt động"),
        ({"manager": "khong-phai-thu"}, "không phải địa chỉ thư điện tử"),
        ({"name": ""}, "thiếu tên"),
    ],
)
def test_order__is_refused_whole(changes, sentence):
    make_organisation("soyte", "Sở Y tế")
    closed = make_organisation("huyencu", "Huyện cũ", "district")
    Organisation.objects.filter(pk=closed.pk).update(valid_to="2025-06-30")
    before = Page.objects.count(), Site.objects.count()
    with pytest.raises(ValidationError) as error:
        provision(Order(**({"kind": "commune", "name": "Xã Bình Minh", "code": "xa-binhminh"} | changes)))
    assert sentence in " ".join(error.value.messages)
    assert (Page.objects.count(), Site.objects.count()) == before


def test_orders_of_one_batch__cannot_collide():
    opened = Opened()
    assert opened.faults(ORDER) == []
    opened.add(ORDER)
    for other in (Order("commune", "Xã Khác", ORDER.code), Order("commune", ORDER.name, "xa-khac")):
        assert opened.faults(other)


def test_command__says_what_it_did_and_why_not():
    arguments = {"kind": "commune", "name": "Xã Bình Minh", "code": "xa-binhminh"}
    for words in ("Đã mở Xã Bình Minh, xa-binhminh.localhost.", "Không đổi: Xã Bình Minh, xa-binhminh.localhost."):
        call_command("provision_site", **arguments, stdout=(out := StringIO()))
        assert out.getvalue().strip() == words
    with pytest.raises(CommandError, match="Mã “xa-binhminh” đã dùng cho đơn vị khác"):
        call_command("provision_site", **(arguments | {"name": "Xã Khác"}))


def test_communes__of_2019_and_2025_can_all_be_opened():
    rows = {f"{row['district_type']} {row['district']}" for row in unit_rows(2019)}
    for number, name in enumerate(sorted(rows)):
        make_organisation(f"huyen-{number}", name, "district")
    opened = Opened()
    for year, expected in ((2019, 184), (2025, 96)):
        orders = commune_orders(year)
        assert len(orders) == expected
        for order in orders:
            assert opened.faults(order) == [], order
            opened.add(order)


def test_queries__do_not_grow_with_the_sites_there_are():
    # Names that sort last: collections are kept by name, and one between others shifts them.
    provision(Order("commune", "Xã Một", "xa-mot"))
    for number in range(5):
        provision(Order("commune", f"Xã {number}", f"xa-{number}"))
    few = queries_of(Order("commune", "Xã V", "xa-v"))
    for number in range(5, 15):
        provision(Order("commune", f"Xã {number}", f"xa-{number}"))
    assert queries_of(Order("commune", "Xã X", "xa-x")) == few


def queries_of(order):
    with CaptureQueriesContext(connection) as queries:
        provision(order)
    return len(queries)


def test_holding__until_the_site_is_opened():
    organisation, _made = provision(ORDER)
    assert PageViewRestriction.objects.filter(page=organisation.home_page).exists()
    public, _made = provision(Order("commune", "Xã An Phú", "xa-anphu"), public=True)
    assert not PageViewRestriction.objects.filter(page=public.home_page).exists()


def test_template__holds_no_articles_or_documents():
    """They would have no publisher; what a new site starts with are sections and plain pages."""
    provision(Order("commune", "Xã Bình Minh", "xa-binhminh"))
    template = OrganisationHomePage.objects.get(slug="mau-commune")
    section = NewsSectionPage.objects.child_of(template).first()
    register = DocumentRegisterPage.objects.child_of(template).first()
    assert not NewsPage.can_create_at(section)
    assert not DocumentPage.can_create_at(register)
    own = Organisation.objects.get(code="xa-binhminh").home_page
    assert NewsPage.can_create_at(NewsSectionPage.objects.child_of(own).first())
    assert DocumentPage.can_create_at(DocumentRegisterPage.objects.child_of(own).first())
