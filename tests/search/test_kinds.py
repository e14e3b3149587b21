"""The table of public kinds: who is in it, who must be, and what each gives to the index."""

import dataclasses
import datetime

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.dispatch import Signal
from django.test.utils import CaptureQueriesContext
from wagtail.models import Collection

from documents.models import DocumentFile, Field, Issuer
from home.media.models import FileText, PortalFile
from home.models import OrganisationGroupPage, OrganisationProfilePage, StandardPage
from news.models import Byline, Category, Contributor, NewsPage
from organisations.scoping import homes_by_path, homes_of
from search import checks, queue, signals
from search.building import Owners, build, cut, searched, suggestion
from search.kinds import table
from search.models import QueuedPage
from tests.documents.support import issuer_named, make_document, make_register
from tests.factories import make_article, make_organisation, make_section

from .support import english_home, queued, translated

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    return make_organisation("soxaydung", "Sở Xây dựng")


@pytest.fixture
def section(organisation):
    return make_section(organisation)


def make_file(title, *pages):
    file = PortalFile.objects.create(
        title=title, file=ContentFile(b"%PDF-1.4", "tep.pdf"), collection=Collection.get_first_root_node()
    )
    if pages:
        FileText.objects.create(file=file, file_hash="", pages=list(pages), page_count=len(pages))
    return file


def test_check__every_public_page_model_has_a_kind():
    assert checks.every_public_page_has_a_kind(None) == []
    assert checks.kinds_do_not_clash(None) == []


def test_check__names_a_model_that_nobody_told_the_search_of(monkeypatch):
    kept = [kind for kind in table.public_kinds() if kind.model is not NewsPage]
    monkeypatch.setattr(checks, "public_models", lambda: [kind.model for kind in kept])
    errors = checks.every_public_page_has_a_kind(None)
    assert [(error.id, error.obj) for error in errors] == [("qn.E010", NewsPage)]


def test_check__lets_models_be_that_no_reader_sees():
    assert OrganisationGroupPage.is_private_kind
    assert OrganisationGroupPage not in table.public_models()
    assert not NewsPage.is_private_kind


def test_check__two_kinds_of_one_model_or_name_would_hide_each_other(monkeypatch):
    first, *rest = table.public_kinds()
    twin = dataclasses.replace(first)
    monkeypatch.setattr(checks, "public_kinds", lambda: [first, twin, *rest])
    assert [error.id for error in checks.kinds_do_not_clash(None)] == ["qn.E011", "qn.E011"]


def test_table__groups_in_the_order_of_readers_and_labels_for_every_value():
    assert table.group_choices() == [("news", "Tin, bài"), ("document", "Văn bản"), ("page", "Trang")]
    names = table.value_names("kind")
    assert (names["tin"], names["quyet-dinh"], names["trang-chu"]) == ("Tin", "Quyết định", "Trang chủ")
    assert table.value_names("status")["het-hieu-luc"] == "Hết hiệu lực toàn bộ"
    assert table.value_names("khong-co") == {}


def test_table__kinds_by_name_and_what_translators_choose():
    assert table.kind_named("news").model is NewsPage
    with pytest.raises(KeyError):
        table.kind_named("khong-co")
    assert StandardPage in table.translated_models()
    assert OrganisationProfilePage not in table.translated_models()
    assert table.names_in_english() == {"field": Field, "body": Issuer}


@pytest.mark.parametrize(
    ("model", "name", "label"),
    [(NewsPage, "lead", "Sapo"), (StandardPage, "lead", "Tóm tắt"), (NewsPage, "main_image_alt", "Mô tả ảnh chính")],
)
def test_label_of_text__is_what_editors_call_it(model, name, label):
    assert table.label_of_text(model, name) == label


def test_kinds_of_pages__all_have_a_document(organisation, section):
    register = make_register(organisation)
    pages = {
        "news": make_article(section, "Khởi công cầu"),
        "section": section,
        "document": make_document(register, "16/2017/QĐ-UBND", "19/4/2017"),
        "register": register,
        "standard": organisation.home_page.specific.add_child(
            instance=StandardPage(title="Giới thiệu", lead="Đôi lời", body=[("paragraph", "<p>Chức năng</p>")])
        ),
        "organisation-home": organisation.home_page.specific,
    }
    built = build([page.pk for page in pages.values()])
    facets = {name: (built[page.pk]["group"], built[page.pk]["kind"]) for name, page in pages.items()}
    assert facets == {
        "news": ("news", "tin"),
        "section": ("page", "chuyen-muc"),
        "document": ("document", "quyet-dinh"),
        "register": ("page", "chuyen-muc"),
        "standard": ("page", "trang"),
        "organisation-home": ("page", "trang-chu"),
    }
    assert built[pages["standard"].pk]["shown"]["text"] == "Đôi lời\nChức năng"


def test_profile_of_an_organisation__is_searched_in_all_its_parts(organisation):
    home = english_home(organisation)
    about = home.add_child(instance=StandardPage(title="Organisations", locale=home.locale))
    profile = about.add_child(
        instance=OrganisationProfilePage(
            title="Department of Construction",
            about=organisation,
            functions="<p>Permits &amp; <b>planning</b></p>",
            structure="<p>Four divisions</p>",
            contact="<p>Hùng Vương street</p>",
            locale=home.locale,
        )
    )
    document = build([profile.pk])[profile.pk]
    assert document["body_en"] == ["Permits & planning", "Four divisions", "Hùng Vương street"]
    assert (document["locale"], document["site"]) == ("en", "soxaydung")
    assert "title" not in document


def test_building__ten_and_twenty_cost_the_same_with_files_fields_and_authors(organisation, section):
    register, category = make_register(organisation), Category.objects.create(name="Xây dựng", slug="xay-dung")
    contributor = Contributor.objects.create(organisation=organisation, pen_name="Bình Minh")
    costs, pks = [], []
    for start in (0, 10):
        for number in range(start, start + 10):
            file = make_file(f"Tệp {number}", f"chữ {number}")
            article = make_article(section, f"Bài {number}", category=category)
            Byline.objects.create(page=article, contributor=contributor)
            document = make_document(register, f"{number + 1}/QĐ-SXD", "19/4/2017")
            DocumentFile.objects.create(page=document, file=file)
            pks += [article.pk, document.pk]
        build(pks)
        with CaptureQueriesContext(connection) as captured:
            built = build(pks)
        costs.append(len(captured))
        assert "chữ 0" in built[pks[1]]["body"]
        assert built[pks[0]]["field"] == "Xây dựng"
    assert costs[0] == costs[1]


def test_files__without_words_or_gone_are_left_out(section):
    read, unread = make_file("Đã đọc", "đập nước"), make_file("Chưa đọc")
    body = [("files", {"title": "", "items": [read, unread]})]
    article = make_article(section, "Phụ lục", body=body)
    document = build([article.pk])[article.pk]
    assert document["shown"]["files"] == [read.pk]
    assert "đập nước" in document["body"]
    read.delete()
    assert build([article.pk])[article.pk]["shown"]["files"] == []


def test_unreadable_page__is_named_and_leaves_the_others(section, monkeypatch):
    good, bad = make_article(section, "Tốt"), make_article(section, "Hỏng")
    kind = table.kind_named("news")

    def parts(page):
        if page.pk == bad.pk:
            raise ValueError("khối lạ")
        return kind.parts(page)

    kinds = [dataclasses.replace(one, parts=parts) if one is kind else one for one in table.public_kinds()]
    monkeypatch.setattr("search.building.public_kinds", lambda: kinds)
    unreadable = {}
    assert list(build([good.pk, bad.pk], unreadable)) == [good.pk]
    assert unreadable == {bad.pk: "ValueError: khối lạ"}


def test_page_without_an_organisation_or_address__has_no_document(organisation):
    group = organisation.home_page.get_parent()
    assert build([group.pk, 10**9]) == {}
    assert Owners().organisation(group) is None


def test_homes__of_all_languages_lead_to_their_organisation(organisation):
    home = english_home(organisation)
    assert {one.pk for one in homes_of(organisation)} == {organisation.home_page_id, home.pk}
    other = make_organisation("soyte", "Sở Y tế")
    paths = homes_by_path([organisation, other])
    assert paths == {
        organisation.home_page.path: organisation,
        home.path: organisation,
        other.home_page.path: other,
    }


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda things: things["category"].save(), {"article"}),
        (lambda things: things["contributor"].save(), {"article"}),
        (lambda things: things["field"].save(), {"document"}),
        (lambda things: things["issuer"].save(), {"document"}),
        (lambda things: things["words"].save(), {"document", "article"}),
        (lambda things: signals.note_pk(None, pk=things["document"].pk), {"document"}),
        (lambda things: things["organisation"].save(), {"article", "document", "register", "section", "home"}),
    ],
)
def test_queue__knows_what_each_change_touches(organisation, section, change, expected):
    file = make_file("Phụ lục", "đập")
    field, issuer = Field.objects.create(name="Đất đai", slug="dat-dai"), issuer_named("Sở Xây dựng")
    category = Category.objects.create(name="Xây dựng", slug="xay-dung")
    contributor = Contributor.objects.create(organisation=organisation, pen_name="Bình Minh")
    register = make_register(organisation)
    article = make_article(section, "Bài", category=category, body=[("files", {"title": "", "items": [file]})])
    Byline.objects.create(page=article, contributor=contributor)
    make_article(section, "Bài khác")
    document = make_document(register, "1/QĐ-SXD", "19/4/2017", issuers=("Sở Xây dựng",), field=field)
    DocumentFile.objects.create(page=document, file=file)
    things = {
        "article": article,
        "document": document,
        "register": register,
        "section": section,
        "home": organisation.home_page,
    }
    QueuedPage.objects.all().delete()
    change(
        things
        | {"category": category, "contributor": contributor, "field": field, "issuer": issuer}
        | {"words": file.words, "organisation": organisation}
    )
    names = {page.pk: name for name, page in things.items()}
    assert {names[pk] for pk in queued() if pk in names} == expected


def test_new_kind__is_listened_to_by_being_in_the_table(section, monkeypatch):
    shouted = Signal()
    kind = dataclasses.replace(table.kind_named("section"), queued_by_signals=(shouted,))
    monkeypatch.setattr(signals, "public_kinds", lambda: [kind])
    monkeypatch.setattr(signals, "queueing", dict)
    signals.connect_kinds()
    QueuedPage.objects.all().delete()
    shouted.send(sender=None, pk=section.pk)
    assert queued() == {section.pk}


def test_english_pages__are_queued_with_their_organisation_and_its_host(organisation, section):
    english_home(organisation)
    english = translated(section)
    site = organisation.home_page.sites_rooted_here.get()
    for thing in (organisation, site):
        QueuedPage.objects.all().delete()
        thing.save()
        assert {section.pk, english.pk} <= queued(), thing


def test_site_below_no_organisation__queues_its_own_tree(organisation, section):
    site = organisation.home_page.sites_rooted_here.get()
    site.root_page = section.page_ptr
    QueuedPage.objects.all().delete()
    site.save()
    assert queued() == {section.pk}


def test_texts__are_cut_searched_and_suggested_as_people_ask():
    assert cut(["abc", "de", "f"], 5) == ["abc", "de"]
    assert cut(["abcdef"], 5) == []
    assert searched("UBND xã", english=False) == "ủy ban nhân dân xã"
    assert searched("UBND xã", english=True) == "UBND xã"
    assert suggestion("Thủ tục cấp giấy phép") == "cấp giấy phép"
    assert suggestion("Thủ tục") == "thủ tục"
    assert len(suggestion("chữ " * 400)) <= 300


def test_digest__says_when_anything_has_changed(organisation, section):
    article = make_article(section, "Bài")
    before = build([article.pk])[article.pk]["digest"]
    assert build([article.pk])[article.pk]["digest"] == before
    organisation.valid_to = datetime.date(2000, 1, 1)
    organisation.save()
    assert build([article.pk])[article.pk]["digest"] != before


def test_enqueue_below__takes_a_whole_tree_and_nothing_beside_it(organisation, section):
    article, other = make_article(section, "Bài"), make_section(organisation, "Khác")
    QueuedPage.objects.all().delete()
    queue.enqueue_below(section)
    assert queued() == {section.pk, article.pk}
    assert other.pk not in queued()
