"""The translators' desk: who sees what, the list and its tabs, a page segment by segment, and what of wagtail-localize is closed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import PageViewRestriction
from wagtail_localize.models import LocaleSynchronization, StringTranslation

from home.kept import forget
from news.models import NewsPage
from organisations.models import Role
from tests.client import shown
from tests.factories import make_article, make_person, make_section
from translation import desk, work
from translation.models import Term, Work
from translation.segments import rows_of

from .support import approve, make_edition, translate, typed

pytestmark = pytest.mark.django_db
HOST = {"host": "quangngai.localhost"}


@pytest.fixture
def portal():
    forget()
    return make_edition()


@pytest.fixture
def at_desk(portal, client):
    client.force_login(portal.translator)
    return client


def listed(client, tab=""):
    return client.get(reverse("translation:desk"), {"xem": tab}, headers=HOST).content.decode()


def fields(one, texts=None, **boxes):
    """What the browser would send for the work `one`."""
    data = {}
    for pk, answer in typed(one, texts).items():
        data |= {f"text-{pk}": answer.text, f"seen-{pk}": answer.seen}
    return data | boxes


class TestList:
    def test_tabs__follow_the_work(self, portal, at_desk):
        title = "Khởi công cầu mới"
        assert title in listed(at_desk, "chua-dich")
        at_desk.post(reverse("translation:begin"), {"source": portal.article.pk}, headers=HOST)
        assert title not in listed(at_desk, "chua-dich")
        assert title in listed(at_desk)
        one = Work.objects.get()
        work.save(one, typed(one), portal.translator)
        page = work.submit(one, portal.translator)
        assert title in listed(at_desk, "cho-duyet")
        approve(page, portal.board)
        assert title in listed(at_desk, "da-dang")
        article = NewsPage.objects.get(pk=portal.article.pk)
        article.lead = "Sapo mới"
        article.save_revision().publish()
        assert title in listed(at_desk, "thay-doi")
        assert title in listed(at_desk)
        assert title not in listed(at_desk, "da-dang")

    def test_untranslated__public_pages_of_sites_with_english_alone(self, portal):
        make_article(portal.section, "Bản nháp kín", live=False)
        secret = make_article(portal.section, "Bài hạn chế")
        PageViewRestriction.objects.create(page=secret, restriction_type="login")
        make_article(make_section(portal.building), "Tin của Sở")
        titles = {page.title for page in desk.untranslated()}
        assert "Khởi công cầu mới" in titles
        assert not titles & {"Bản nháp kín", "Bài hạn chế", "Tin của Sở"}

    @pytest.mark.parametrize("tab", [*desk.TABS, "khong-co"])
    def test_list__queries_do_not_grow(self, portal, at_desk, tab):
        def queries():
            with CaptureQueriesContext(connection) as captured:
                listed(at_desk, tab)
            return len(captured)

        def add(numbers):
            for number in numbers:
                article = make_article(portal.section, f"Bài {number}")
                if number % 2:
                    work.begin(article, given_by=portal.secretary)

        add(range(4))
        listed(at_desk, tab)
        few = queries()
        add(range(4, 12))
        assert queries() == few


class TestRights:
    @pytest.mark.parametrize("role", [Role.EDITOR, Role.APPROVER, Role.MANAGER])
    def test_desk__for_translators_only(self, portal, client, role):
        one = work.begin(portal.article, user=portal.translator)
        client.force_login(make_person("nguoi", portal.building, role))
        for name, args in (("desk", []), ("coverage", []), ("work", [one.pk]), ("po", [one.pk]), ("preview", [one.pk])):
            response = client.get(reverse(f"translation:{name}", args=args), headers=HOST)
            assert response.status_code in (302, 403, 404), name
        client.post(reverse("translation:work", args=[one.pk]), fields(one), headers=HOST)
        client.post(reverse("translation:refresh", args=[one.pk]), headers=HOST)
        assert not StringTranslation.objects.exists()

    def test_draft__only_when_given(self, portal, at_desk):
        draft = make_article(portal.section, "Bản nháp", live=False)
        draft.save_revision()
        answer = at_desk.post(reverse("translation:begin"), {"source": draft.pk}, headers=HOST)
        assert answer.status_code == 404
        assert at_desk.get(reverse("translation:offer", args=[draft.pk]), headers=HOST).status_code == 404
        at_desk.force_login(make_person("bien-tap", portal.province, Role.EDITOR))
        at_desk.post(reverse("translation:give"), {"source": draft.pk, "note": "Gấp"}, headers=HOST)
        at_desk.force_login(portal.translator)
        body = listed(at_desk)
        assert "Bản nháp" in body
        assert "Gấp" in body
        one = Work.objects.get()
        assert at_desk.get(reverse("translation:work", args=[one.pk]), headers=HOST).status_code == 200

    def test_give__not_pages_of_other_organisations_nor_without_english(self, portal, client):
        client.force_login(portal.editor)  # of Sở Xây dựng, which has no English
        own = make_article(make_section(portal.building, "Thông báo"), "Tin của Sở")
        for page in (portal.article, own):
            assert client.post(reverse("translation:give"), {"source": page.pk}, headers=HOST).status_code == 404
        assert not Work.objects.exists()

    @pytest.mark.parametrize("source", ["", "x", "1" * 40, "-1", "٣"])
    def test_begin__nonsense(self, portal, at_desk, source):
        assert at_desk.post(reverse("translation:begin"), {"source": source}, headers=HOST).status_code == 404

    def test_stock_screens__closed(self, portal, client):
        """They write over the live page, or synchronise trees of two hundred sites at five queries a page."""
        client.force_login(portal.operator)
        for path in (
            f"submit/page/{portal.article.pk}/",
            "update/1/",
            "translate/1/machine_translate/",
            "reports/translations/",
            f"page/{portal.article.pk}/convert_to_alias/",
        ):
            assert client.get(f"/admin/localize/{path}", headers=HOST).status_code == 404, path
            assert client.post(f"/admin/localize/{path}", headers=HOST).status_code == 404, path
        edit = reverse("wagtailadmin_pages:edit", args=[portal.section_en.pk])
        assert client.post(edit, {"localize-restart-translation": "1"}, headers=HOST).status_code == 404
        assert "sync" not in client.get(reverse("wagtaillocales:index"), headers=HOST).content.decode().lower()
        assert not LocaleSynchronization.objects.exists()


class TestPage:
    @pytest.fixture
    def one(self, portal):
        return work.begin(portal.article, user=portal.translator)

    def test_screen__segments_with_their_terms_and_memory(self, portal, at_desk, one):
        Term.objects.create(vi="cầu", en="bridge")
        other = make_article(portal.section, "Bài khác", lead="Sapo của Khởi công cầu mới")
        again = work.begin(other, user=portal.translator)
        work.save(again, typed(again, {"Bài khác": "Other"}), portal.translator)
        body = at_desk.get(reverse("translation:work", args=[one.pk]), headers=HOST).content.decode()
        assert "Khởi công cầu mới" in body
        assert '<span lang="en">bridge</span>' in body
        assert "Lấy từ bộ nhớ dịch" in body
        assert "Lead of the new bridge" in body

    def test_like_sentence__shown(self, portal, at_desk, one):
        other = make_article(portal.section, "Khởi công cầu mới số 3")
        again = work.begin(other, user=portal.translator)
        work.save(again, typed(again, {"Khởi công cầu mới số 3": "Third bridge 3"}), portal.translator)
        body = at_desk.get(reverse("translation:work", args=[one.pk]), headers=HOST).content.decode()
        assert "Câu gần giống" in body
        assert "Third bridge 3" in body

    def test_save_and_hand_in(self, portal, at_desk, one):
        at_desk.post(reverse("translation:work", args=[one.pk]), fields(one, submit="1"), headers=HOST)
        one.refresh_from_db()
        assert one.status == "submitted"
        assert not NewsPage.objects.get(locale=portal.english).live

    def test_refused__keeps_what_was_typed_and_says_where(self, portal, at_desk, one):
        texts = {"Sapo của Khởi công cầu mới": "Lead", "Khởi công cầu mới": "Khởi công các cầu mới"}
        data = fields(one, texts, submit="1")
        body = at_desk.post(reverse("translation:work", args=[one.pk]), data, headers=HOST).content.decode()
        assert "Còn nguyên tiếng Việt." in body
        assert ">Lead</textarea>" in body
        one.refresh_from_db()
        assert one.status == "open"

    def test_number__dropped_is_told_and_may_be_confirmed(self, portal, at_desk, one):
        row = next(row for row in rows_of(one.translation.source) if "96" in row.source)
        text = english_without_number(row.source)
        data = fields(one) | {f"text-{row.pk}": text}
        url = reverse("translation:work", args=[one.pk])
        body = at_desk.post(url, data | {"submit": "1"}, headers=HOST).content.decode()
        assert "Thiếu số 96" in body
        row = next(row for row in rows_of(one.translation.source) if "96" in row.source)
        confirmed = {f"confirm-{row.pk}": "on", f"seen-{row.pk}": row.seen, "submit": "1"}
        at_desk.post(url, fields(one) | {f"text-{row.pk}": text} | confirmed, headers=HOST)
        one.refresh_from_db()
        assert one.status == "submitted"

    def test_conflict__the_typed_text_stays_in_the_form(self, portal, at_desk, one):
        row = rows_of(one.translation.source)[0]
        data = fields(one) | {f"text-{row.pk}": "Mine"}
        work.save(one, {row.pk: work.Typed("Theirs", row.seen)}, portal.board)
        body = at_desk.post(reverse("translation:work", args=[one.pk]), data, headers=HOST).content.decode()
        assert ">Mine</textarea>" in body
        assert "Theirs" in body
        assert rows_of(one.translation.source)[0].text == "Theirs"

    def test_hostile_text__escaped_and_refused(self, portal, at_desk, one):
        row = rows_of(one.translation.source)[0]
        data = fields(one, submit="1") | {f"text-{row.pk}": "</textarea><script>alert(1)</script>"}
        body = at_desk.post(reverse("translation:work", args=[one.pk]), data, headers=HOST).content.decode()
        assert "<script>alert" not in body
        one.refresh_from_db()
        assert one.status == "open"

    def test_preview__before_and_after_the_first_hand_in(self, portal, at_desk, one):
        url = reverse("translation:preview", args=[one.pk])
        assert shown(at_desk.get(url, headers=HOST)).status_code == 200
        translate(portal)
        assert "The province has" in shown(at_desk.get(url, headers=HOST)).content.decode()

    def test_english_page__edit_leads_to_the_desk(self, portal, at_desk):
        one, page = translate(portal)
        answer = at_desk.get(reverse("wagtailadmin_pages:edit", args=[page.pk]), headers=HOST)
        assert answer.headers["Location"] == reverse("translation:work", args=[one.pk])

    def test_screen__queries_do_not_grow_with_segments(self, portal, at_desk):
        def queries(number):
            body = [("paragraph", f"<p>Câu thứ {n} của bài.</p>") for n in range(number)]
            article = make_article(portal.section, f"Bài có {number} câu", body=body)
            one = work.begin(article, user=portal.translator)
            work.save(
                one, typed(one, dict.fromkeys([row.source for row in rows_of(one.translation.source)], "X")), None
            )
            url = reverse("translation:work", args=[one.pk])
            at_desk.get(url, headers=HOST)
            with CaptureQueriesContext(connection) as captured:
                at_desk.get(url, headers=HOST)
            return len(captured)

        assert queries(3) == queries(9)


def english_without_number(source):
    return (
        source.replace("96", "ninety-six")
        .replace("Tỉnh có", "The province has")
        .replace("xã, xem", "communes, see")
        .replace("danh sách", "the list")
    )
