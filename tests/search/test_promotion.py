"""What sites put above the results: for whose words, on which sites, and by whom."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import Page, Site

from organisations.models import Role
from search.models import PromotedResult, Promotions
from search.promotion import MOST, promoted
from tests.factories import make_article, make_organisation, make_person, make_section

pytestmark = pytest.mark.django_db
ADDRESS = "https://dichvucong.gov.vn/"


@pytest.fixture
def portal():
    return make_organisation("quangngai", "Văn phòng UBND tỉnh", "province"), make_organisation("soyte", "Sở Y tế")


def promote(organisation, phrases, title, **target):
    promotions, _made = Promotions.objects.get_or_create(site=Site.objects.get(root_page=organisation.home_page))
    row = PromotedResult(promotions=promotions, phrases=phrases, title=title, **(target or {"address": ADDRESS}))
    row.full_clean()
    row.save()
    return row


def titles(organisation, words):
    return [entry["title"] for entry in promoted(organisation, words, "vi")]


def test_words__in_any_spelling_and_within_a_question(portal):
    promote(portal[0], "đăng ký kết hôn\nlấy vợ", "Kết hôn")
    for words in ("đăng ký kết hôn", "DANG KI KET HON", "đăng kí kết hôn ở đâu", "lay vo"):
        assert titles(portal[0], words) == ["Kết hôn"], words
    for words in ("kết hôn", "lấy vợt", "đăng ký"):
        assert titles(portal[0], words) == [], words


def test_site__shows_its_own_before_the_provinces_and_no_other(portal):
    province, health = portal
    promote(province, "giấy phép", "Của tỉnh")
    promote(health, "giấy phép", "Của Sở Y tế", address="https://example.org/")
    promote(make_organisation("soxaydung", "Sở Xây dựng"), "giấy phép", "Của Sở Xây dựng")
    assert titles(health, "giấy phép") == ["Của Sở Y tế", "Của tỉnh"]
    assert titles(province, "giấy phép") == ["Của tỉnh"]
    assert promoted(health, "giấy phép", "en") == []


def test_page_that_is_not_public__is_left_out(portal):
    page = make_article(make_section(portal[1]), "Thủ tục")
    promote(portal[1], "thủ tục", "Thủ tục", page=Page.objects.get(pk=page.pk))
    assert titles(portal[1], "thủ tục") == ["Thủ tục"]
    page.unpublish()
    assert titles(portal[1], "thủ tục") == []


def test_number__is_bounded_and_queries_do_not_grow(portal, django_assert_max_num_queries):
    for number in range(10):
        promote(portal[0], "giấy phép", f"Số {number}", address=f"{ADDRESS}{number}")
    with django_assert_max_num_queries(2):
        assert len(titles(portal[0], "giấy phép")) == MOST


@pytest.mark.parametrize(
    "wrong", [{"address": ""}, {"phrases": " \n"}, {"phrases": "?!"}, {"address": "javascript:alert(1)"}]
)
def test_row__needs_words_and_one_target(portal, wrong):
    promotions = Promotions.objects.create(site=Site.objects.get(root_page=portal[1].home_page))
    values = {"phrases": "từ", "title": "Tên", "address": ADDRESS, "sort_order": 1} | wrong
    row = PromotedResult(promotions=promotions, **values)
    with pytest.raises(ValidationError):
        row.full_clean()


def test_row__takes_no_page_and_address_at_once(portal):
    promotions = Promotions.objects.create(site=Site.objects.get(root_page=portal[1].home_page))
    row = PromotedResult(promotions=promotions, phrases="từ", title="Tên", address=ADDRESS, sort_order=1)
    row.page_id = portal[1].home_page_id
    with pytest.raises(ValidationError):
        row.full_clean()


def test_results_page_and_api__show_them(portal, client):
    promote(portal[0], "kết hôn", "Đăng ký kết hôn trực tuyến")
    host = {"host": "quangngai.localhost"}
    page = client.get("/tim-kiem/", {"q": "ket hon"}, headers=host).content.decode()
    assert f'<a href="{ADDRESS}">Đăng ký kết hôn trực tuyến</a>' in page
    answer = client.get("/api/tim-kiem/", {"q": "ket hon"}, headers=host).json()
    assert answer["promoted"] == [{"title": "Đăng ký kết hôn trực tuyến", "url": ADDRESS}]


def send(client, user, organisation, **fields):
    """What the settings form of the organisation's site says to one row sent by `user`."""
    row = {"phrases": "tiêm chủng", "title": "Lịch tiêm chủng", "ORDER": 1} | fields
    counts = {"TOTAL_FORMS": 1, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000}
    data = {f"results-{name}": value for name, value in counts.items()}
    data |= {f"results-0-{name}": value for name, value in row.items()}
    client.force_login(user)
    site = Site.objects.get(root_page=organisation.home_page)
    address = reverse("wagtailsettings:edit", args=["search", "promotions", site.pk])
    return client.post(address, data, headers={"host": "soyte.localhost"})


def test_settings__are_for_the_sites_own_manager(portal, client):
    province, health = portal
    manager, editor = make_person("quan-ly", health, Role.MANAGER), make_person("bien-tap", health, Role.EDITOR)
    for user, organisation, allowed in ((manager, health, True), (editor, health, False), (manager, province, False)):
        send(client, user, organisation, address=ADDRESS)
        saved = PromotedResult.objects.filter(promotions__site__root_page=organisation.home_page)
        assert saved.exists() == allowed, (user, organisation)
        saved.delete()


def test_settings__take_no_page_of_another_site(portal, client):
    province, health = portal
    manager = make_person("quan-ly", health, Role.MANAGER)
    answer = send(client, manager, health, page=province.home_page_id)
    assert "Chỉ chọn được trang của chính trang này" in answer.content.decode()
    assert "Lịch tiêm chủng" in answer.content.decode()
    assert not PromotedResult.objects.exists()
    send(client, manager, health, page=health.home_page_id)
    assert PromotedResult.objects.get().page_id == health.home_page_id
