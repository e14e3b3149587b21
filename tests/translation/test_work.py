"""From a Vietnamese page to a live English one and to its update: moderation, staleness, and nothing lost or shown too early."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page

from commune_sites.features import english_home, switch_all
from home.kept import forget
from home.media.models import PortalImage
from news.models import NewsPage
from tests.factories import make_article, make_section
from tests.home.hostile import HOSTILE, remains_of
from translation import checks, work
from translation.models import Work
from translation.segments import rows_of

from .support import approve, make_edition, translate, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def portal():
    forget()
    return make_edition()


def english_page(portal, page=None):
    return NewsPage.objects.get(translation_key=(page or portal.article).translation_key, locale__language_code="en")


def change(page, **texts):
    page = NewsPage.objects.get(pk=page.pk)
    for name, text in texts.items():
        setattr(page, name, text)
    page.save_revision().publish()


def get(client, path, host="quangngai"):
    return client.get(path, headers={"host": f"{host}.localhost"})


class TestHandingIn:
    def test_page__goes_live_by_approval_alone(self, portal, client):
        _work, page = translate(portal)
        assert not english_page(portal).live
        assert get(client, "/en/news/work-begins-on-a-new-bridge/").status_code == 404
        approve(page, portal.board)
        found = english_page(portal)
        assert (found.live, found.slug) == (True, "work-begins-on-a-new-bridge")
        body = get(client, "/en/news/work-begins-on-a-new-bridge/").content.decode()
        assert "The province has <b>96</b> communes" in body
        assert 'href="https://quangngai.gov.vn/"' in body

    def test_page__stands_in_the_english_section_with_its_publisher(self, portal):
        _work, page = translate(portal)
        approve(page, portal.board)
        found = english_page(portal)
        assert (found.section_id, found.publisher) == (portal.section_en.pk, portal.province)
        assert found.published_at is not None

    def test_tree__children_are_counted_and_nothing_is_an_alias(self, portal):
        """Stock wagtail-localize leaves numchild at 0 after a subtree and makes aliases of what is not translated."""
        for title in ("Một", "Hai", "Ba"):
            article = make_article(portal.section, f"Bài {title}")
            one = work.begin(article, user=portal.translator)
            texts = {f"Bài {title}": f"Item {title}", f"Sapo của Bài {title}": "Lead"}
            work.save(one, typed(one, texts), portal.translator)
            approve(work.submit(one, portal.translator), portal.board)
        section = Page.objects.get(pk=portal.section_en.pk)
        assert section.numchild == section.get_children().count() == 3
        assert not Page.objects.filter(alias_of__isnull=False).exists()
        make_article(section.specific, "Written in English")

    def test_incomplete__refused_and_kept(self, portal):
        one = work.begin(portal.article, user=portal.translator)
        first = rows_of(one.translation.source)[0]
        work.save(one, {first.pk: work.Typed("New bridge", first.seen)}, portal.translator)
        with pytest.raises(ValidationError, match="chỗ chưa xong"):
            work.submit(one, portal.translator)
        assert rows_of(one.translation.source)[0].text == "New bridge"
        assert not NewsPage.objects.filter(locale=portal.english).exists()

    def test_own_work__translator_does_not_approve(self, portal):
        _work, page = translate(portal)
        approve(page, portal.translator)
        assert not english_page(portal).live

    def test_returned__open_again_and_handed_in_again(self, portal):
        one, page = translate(portal)
        step = page.current_workflow_task_state
        step.task.specific.on_action(step, portal.board, "reject", comment="Sửa tiêu đề")
        assert Work.objects.get(pk=one.pk).status == "open"
        approve(work.submit(one, portal.translator), portal.board)
        assert english_page(portal).live

    def test_section_first(self, portal):
        article = make_article(make_section(portal.province, "Thông báo"), "Lịch họp")
        with pytest.raises(ValidationError, match="Hãy dịch “Thông báo” trước"):
            work.begin(article, user=portal.translator)
        assert not Work.objects.filter(page=article.pk).exists()


class TestPictures:
    def test_pictures__stand_in_english_where_they_stand_in_vietnamese(self, portal):
        image = PortalImage.objects.create(title="Ảnh", file=get_test_image_file())
        shot = {"image": image, "alt": "Cầu nhìn từ bờ", "caption": "", "source": ""}
        article = make_article(
            portal.section, "Bài có ảnh", main_image=image, main_image_alt="Cầu", body=[("image", shot)]
        )
        one = work.begin(article, user=portal.translator)
        texts = {"Bài có ảnh": "With a picture", "Sapo của Bài có ảnh": "Lead", "Cầu": "Bridge"}
        work.save(one, typed(one, texts | {"Cầu nhìn từ bờ": "The bridge from the bank"}), portal.translator)
        approve(work.submit(one, portal.translator), portal.board)
        found = english_page(portal, article)
        assert (found.main_image, found.main_image_alt) == (image, "Bridge")
        assert (found.body[0].value["image"], found.body[0].value["alt"]) == (image, "The bridge from the bank")


class TestComponentSite:
    def test_component__its_own_approvers_decide(self, portal):
        switch_all(portal.building, ["english"])
        home = english_home(portal.building).specific
        home.title = "Department of Construction"
        home.save_revision().publish()
        one = work.begin(portal.building_section, user=portal.translator)
        work.save(one, typed(one, {"Tin tức": "News"}), portal.translator)
        page = work.submit(one, portal.translator)
        approve(page, portal.board)
        assert not type(page).objects.get(pk=page.pk).live
        approve(page, portal.approver)
        assert type(page).objects.get(pk=page.pk).live


class TestUpdating:
    def test_changed_original__english_stays_live_and_is_marked(self, portal):
        one, page = translate(portal)
        approve(page, portal.board)
        change(portal.article, title="Khánh thành cầu mới")
        one.refresh_from_db()
        assert (one.is_stale, one.is_outdated, one.status) == (True, True, "open")
        found = english_page(portal)
        assert (found.live, found.title) == (True, "Work begins on a new bridge")

    def test_changed_picture_only__is_not_stale(self, portal):
        one, page = translate(portal)
        approve(page, portal.board)
        change(portal.article, source_url="", event_date="2026-01-01")
        one.refresh_from_db()
        assert not one.is_stale

    def test_update__live_text_stays_until_the_board_approves(self, portal):
        """Stock wagtail-localize writes over the live page when a draft is saved."""
        one, page = translate(portal)
        approve(page, portal.board)
        change(portal.article, title="Khánh thành cầu mới")
        one.refresh_from_db()
        work.refresh(one)
        texts = {"Khánh thành cầu mới": "New bridge opens"}
        kept = [row for row in rows_of(one.translation.source) if row.text]
        assert len(kept) == len(rows_of(one.translation.source)) - 1
        work.save(one, typed(one, texts), portal.translator)
        page = work.submit(one, portal.translator)
        assert english_page(portal).title == "Work begins on a new bridge"
        approve(page, portal.board)
        found = english_page(portal)
        assert (found.title, found.slug) == ("New bridge opens", "work-begins-on-a-new-bridge")
        one.refresh_from_db()
        assert (one.is_stale, one.status) == (False, "done")

    def test_changed_while_translating__handing_in_asks_for_the_new_text(self, portal):
        one = work.begin(portal.article, user=portal.translator)
        work.save(one, typed(one), portal.translator)
        change(portal.article, title="Khánh thành cầu mới")
        with pytest.raises(ValidationError, match="vừa thay đổi"):
            work.submit(one, portal.translator)
        assert rows_of(one.translation.source)[0].text == "Work begins on a new bridge"

    def test_unreadable_content__is_published_all_the_same(self, portal, monkeypatch):
        translate(portal)
        monkeypatch.setattr("translation.signals.digest_of", lambda page: len(None))
        change(portal.article, title="Khánh thành cầu mới")
        assert NewsPage.objects.get(pk=portal.article.pk).title == "Khánh thành cầu mới"

    def test_reader__is_told_after_the_set_time(self, portal, client):
        one, page = translate(portal)
        approve(page, portal.board)
        change(portal.article, title="Khánh thành cầu mới")
        path = "/en/news/work-begins-on-a-new-bridge/"
        assert "has not been updated yet" not in get(client, path).content.decode()
        Work.objects.update(stale_since=timezone.now() - timedelta(days=15))
        assert "has not been updated yet" in get(client, path).content.decode()


class TestSourceGone:
    @pytest.mark.parametrize("fate", ["unpublish", "delete"])
    def test_while_translating__nothing_published_nothing_lost(self, portal, fate):
        one = work.begin(portal.article, user=portal.translator)
        work.save(one, typed(one), portal.translator)
        getattr(portal.article, fate)()
        one = Work.objects.get(pk=one.pk)
        with pytest.raises(ValidationError, match="đã bị gỡ hoặc xóa"):
            work.submit(one, portal.translator)
        assert [row.text for row in rows_of(one.translation.source)][0] == "Work begins on a new bridge"

    @pytest.mark.parametrize("fate", ["unpublish", "delete"])
    def test_while_waiting__comes_back_from_the_board(self, portal, fate):
        one, page = translate(portal)
        getattr(NewsPage.objects.get(pk=portal.article.pk), fate)()
        assert not type(page).objects.get(pk=page.pk).workflow_in_progress
        one.refresh_from_db()
        assert one.status == "open"

    def test_moved__goes_on(self, portal):
        one = work.begin(portal.article, user=portal.translator)
        work.save(one, typed(one), portal.translator)
        other = make_section(portal.province, "Thông báo")
        portal.article.move(other, pos="last-child")
        with pytest.raises(ValidationError, match="Hãy dịch “Thông báo” trước"):
            work.submit(one, portal.translator)


class TestTwoAtOnce:
    def test_other_segments__both_are_kept(self, portal):
        one = work.begin(portal.article, user=portal.translator)
        rows = rows_of(one.translation.source)
        work.save(one, {rows[0].pk: work.Typed("First", rows[0].seen)}, portal.translator)
        work.save(one, {rows[1].pk: work.Typed("Second", rows[1].seen)}, portal.board)
        assert [row.text for row in rows_of(one.translation.source)][:2] == ["First", "Second"]

    def test_same_segment__the_second_is_told_and_nothing_overwritten(self, portal):
        one = work.begin(portal.article, user=portal.translator)
        row = rows_of(one.translation.source)[0]
        work.save(one, {row.pk: work.Typed("First", row.seen)}, portal.translator)
        saved = work.save(one, {row.pk: work.Typed("Other", row.seen)}, portal.board)
        assert saved.conflicts == {row.pk: "First"}
        assert rows_of(one.translation.source)[0].text == "First"


class TestGiven:
    def test_draft__translated_when_given_and_live_only_after_its_original(self, portal):
        draft = make_article(portal.section, "Bản nháp", live=False)
        draft.save_revision()
        one = work.begin(draft, given_by=portal.secretary, note="Gấp")
        work.save(one, typed(one, {"Bản nháp": "Draft", "Sapo của Bản nháp": "Lead"}), portal.translator)
        page = work.submit(one, portal.translator)
        assert not page.live


def test_save__keeps_nothing_that_a_browser_would_run(portal):
    one = work.begin(portal.article, user=portal.translator)
    row = rows_of(one.translation.source)[0]
    for markup in HOSTILE:
        seen = rows_of(one.translation.source)[0].seen
        work.save(one, {row.pk: work.Typed(markup, seen)}, portal.translator)
        assert remains_of(rows_of(one.translation.source)[0].text) == "", markup


@pytest.mark.parametrize("markup", HOSTILE)
def test_hostile__is_no_translation(markup):
    """Nothing but the tags of the Vietnamese sentence can be handed in, whatever a reader of markup may take it for."""
    assert checks.problems("Xem đây", markup)
    assert checks.parsed(markup).is_broken or checks.parsed(markup).counted
