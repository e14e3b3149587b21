"""Renaming and closing organisations: what follows for readers, for people and for moderation; what is refused; undoing."""

import datetime
import io

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Site

from commune_sites import changes, preview
from editorial import queue
from editorial.scheduling import run_due
from figures.annual import content_report
from home.kept import forget
from home.models import SiteSettings
from organisations.models import Change, FormerHost, Membership, Organisation, Role
from organisations.scoping import organisation_of
from organisations.succession import answering_for, offers_to
from tests.editorial.support import read_by_approver
from tests.factories import (
    make_article,
    make_moderated_portal,
    make_organisation,
    make_person,
    make_section,
    make_waiting_article,
)

pytestmark = pytest.mark.django_db
HOST = {"host": "quangngai.localhost"}


def today(days=0):
    return timezone.localdate() + datetime.timedelta(days=days)


@pytest.fixture(autouse=True)
def fresh_frames():
    forget()


@pytest.fixture
def portal(tasks_on_commit):
    portal = make_moderated_portal()
    portal.article = make_article(portal.section, "Cấp phép xây dựng nhà ở")
    return portal


@pytest.fixture
def tasks_on_commit(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        yield


def get(client, path, host="soxaydung"):
    return client.get(path, headers={"host": f"{host}.localhost"})


def fresh(thing):
    """The same row with nothing remembered."""
    return type(thing).objects.get(pk=thing.pk)


def close(portal, **options):
    return changes.plan_closing([portal.building], [portal.health], options.pop("date", today()), **options)


def faults(closing, successors, date=None):
    with pytest.raises(ValidationError) as error:
        changes.plan_closing(closing, successors, date or today())
    return " ".join(error.value.messages)


class TestReaders:
    def test_closed__pages_stay_and_name_the_successor(self, portal, client):
        close(portal)
        response = get(client, portal.article.get_url_parts()[2])
        assert response.status_code == 200
        body = response.content.decode()
        assert "được giữ để tra cứu" in body
        assert 'href="http://soyte.localhost:8000"' in body

    def test_closed__front_page_leads_to_the_only_successor(self, portal, client):
        close(portal)
        response = get(client, "/")
        assert (response.status_code, response.headers["Location"]) == (301, "http://soyte.localhost:8000")

    def test_closed__front_page_stays_while_the_successor_is_not_public(self, portal, client):
        PageViewRestriction.objects.create(page=portal.health.home_page, restriction_type="login")
        close(portal)
        assert get(client, "/").status_code == 200

    def test_split__front_page_names_all(self, portal, client):
        roads = make_organisation("sogiaothong", "Sở Giao thông vận tải")
        changes.plan_closing([portal.building], [portal.health, roads], today())
        body = get(client, "/").content.decode()
        assert "Sở Y tế</a>, <a" in body
        assert "Sở Giao thông vận tải</a>." in body

    def test_planned__nothing_shows_before_the_day(self, portal, client):
        close(portal, date=today(1))
        response = get(client, "/")
        assert response.status_code == 200
        assert "được giữ để tra cứu" not in response.content.decode()

    def test_sections__successor_lists_what_was_handed_over(self, portal, client):
        make_section(portal.health)
        assert "Cấp phép xây dựng" not in get(client, "/tin-tuc/", "soyte").content.decode()
        close(portal, sections=["tin-tuc"])
        body = get(client, "/tin-tuc/", "soyte").content.decode()
        assert "Cấp phép xây dựng nhà ở" in body
        assert f"http://soxaydung.localhost:8000{portal.article.get_url_parts()[2]}" in body

    def test_sections__others_stay_apart(self, portal, client):
        make_section(portal.health)
        close(portal, sections=["thong-bao"])
        assert "Cấp phép xây dựng" not in get(client, "/tin-tuc/", "soyte").content.decode()

    def test_sections__drafts_and_restricted_articles_are_not_handed_over(self, portal, client):
        make_section(portal.health)
        make_article(portal.section, "Bản nháp kín", live=False)
        secret = make_article(portal.section, "Bài hạn chế")
        PageViewRestriction.objects.create(page=secret, restriction_type="login")
        close(portal, sections=["tin-tuc"])
        body = get(client, "/tin-tuc/", "soyte").content.decode()
        assert "Cấp phép" in body
        assert "kín" not in body
        assert "hạn chế" not in body


class TestPeople:
    def test_closed__people_lose_their_rights_and_are_offered_the_same_role(self, portal):
        close(portal)
        editor = fresh(portal.editor)
        assert not portal.article.permissions_for_user(editor).can_edit()
        assert [(m.role, s) for m, s in offers_to(editor)] == [("editor", portal.health)]

    def test_offer__taken_up_once(self, portal, client):
        close(portal)
        client.force_login(portal.editor)
        membership, successor = offers_to(portal.editor)[0]
        assert "Nhận vai trò ở Sở Y tế" in client.get("/admin/", headers=HOST).content.decode()
        wanted = {"offer": f"{membership.pk}-{successor.pk}"}
        client.post(reverse("sites:take_up"), wanted, headers=HOST)
        client.post(reverse("sites:take_up"), wanted, headers=HOST)
        held = Membership.objects.filter(user=portal.editor, organisation=portal.health)
        assert [(m.role, m.is_active) for m in held] == [("editor", True)]
        assert offers_to(portal.editor) == []

    def test_offer__of_somebody_else_refused(self, portal, client):
        close(portal)
        membership, successor = offers_to(portal.editor)[0]
        client.force_login(portal.approver)
        client.post(reverse("sites:take_up"), {"offer": f"{membership.pk}-{successor.pk}"}, headers=HOST)
        assert not Membership.objects.filter(organisation=portal.health, user__in=[portal.editor, portal.approver])

    def test_offer__not_to_people_of_other_organisations_nor_before_the_day(self, portal):
        close(portal, date=today(1))
        assert offers_to(portal.editor) == []
        assert portal.article.permissions_for_user(fresh(portal.editor)).can_edit()

    def test_suspended_person__is_offered_nothing(self, portal):
        Membership.objects.filter(user=portal.editor).update(is_active=False)
        close(portal)
        assert offers_to(portal.editor) == []

    def test_closed__people_are_told_by_mail(self, portal, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            close(portal)
        letter = next(message for message in mail.outbox if message.to == [portal.editor.email])
        assert "Đơn vị kế tục: Sở Y tế" in letter.body

    def test_successor__corrects_old_pages_but_adds_none(self, portal):
        close(portal)
        editor = make_person("nguoi-so-y-te", portal.health, Role.EDITOR)
        assert portal.article.permissions_for_user(editor).can_edit()
        assert not portal.section.permissions_for_user(editor).can_add_subpage()

    def test_stranger__gets_nothing_of_the_closed_one(self, portal):
        roads = make_organisation("sogiaothong", "Sở Giao thông vận tải")
        close(portal)
        stranger = make_person("nguoi-giao-thong", roads, Role.MANAGER)
        assert not portal.article.permissions_for_user(stranger).can_edit()

    def test_chain__the_last_one_answers(self, portal):
        roads = make_organisation("sogiaothong", "Sở Giao thông vận tải")
        close(portal)
        changes.plan_closing([portal.health], [roads], today())
        assert answering_for(fresh(portal.building)) == {roads.pk}
        editor = make_person("nguoi-giao-thong", roads, Role.EDITOR)
        assert portal.article.permissions_for_user(editor).can_edit()


class TestModeration:
    def test_open_work__goes_to_the_approvers_of_the_successor(self, portal):
        _article, step = make_waiting_article(portal)
        close(portal)
        heir = fresh(portal.stranger)  # approver of Sở Y tế
        assert list(queue.waiting_for(heir).values_list("pk", flat=True)) == [step.pk]
        step = fresh(step)
        assert heir in step.task.specific.approvers(step)
        assert portal.approver not in step.task.specific.approvers(step)
        assert not queue.waiting_for(fresh(portal.approver)).exists()

    def test_open_work__successor_can_approve(self, portal, client):
        article, step = make_waiting_article(portal)
        close(portal)
        client.force_login(portal.stranger)
        data = {"action": "approve"} | read_by_approver(article)
        client.post(reverse("editorial:decide", args=[step.pk]), data, headers=HOST)
        article.refresh_from_db()
        assert article.live

    def test_open_work__approvers_of_the_successor_are_told(self, portal, django_capture_on_commit_callbacks):
        make_waiting_article(portal, "Khởi công cầu mới")
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            close(portal)
        assert any(m.to == [portal.stranger.email] and "Khởi công cầu mới" in m.subject for m in mail.outbox)


class TestRefusals:
    def test_no_organisation(self, portal):
        assert "Hãy chọn" in faults([], [portal.health])

    def test_closed_successor(self, portal):
        Organisation.objects.filter(pk=portal.health.pk).update(valid_to=today(-10))
        assert "đã kết thúc hoạt động" in faults([portal.building], [fresh(portal.health)])

    def test_successor_that_does_not_work_yet(self, portal):
        Organisation.objects.filter(pk=portal.health.pk).update(valid_from=today(10))
        assert "chưa hoạt động" in faults([portal.building], [fresh(portal.health)])

    def test_itself(self, portal):
        assert "vòng kế tục" in faults([portal.building, portal.health], [portal.health])

    def test_circle(self, portal):
        close(portal, date=today(5))
        assert "vòng kế tục" in faults([portal.health], [fresh(portal.building)], today(3))

    def test_twice(self, portal):
        close(portal, date=today(5))
        assert "đã có quyết định kết thúc" in faults([portal.building], [portal.health], today(9))

    def test_province(self, portal):
        assert "Trang của tỉnh" in faults([portal.province], [portal.health])

    def test_past_day_with_open_work(self, portal):
        make_waiting_article(portal)
        assert "1 mục đang chờ duyệt" in faults([portal.building], [portal.health], today(-1))
        assert fresh(portal.building).valid_to is None
        assert not Change.objects.exists()

    def test_open_work_with_nobody_to_follow(self, portal):
        make_waiting_article(portal)
        assert "không có đơn vị kế tục" in faults([portal.building], [])

    def test_past_day_without_open_work__is_fine(self, portal):
        assert close(portal, date=datetime.date(2025, 7, 1)).done_at


class TestPlans:
    def test_undone_before_its_day(self, portal):
        change = close(portal, date=today(3))
        changes.undo(change)
        building = fresh(portal.building)
        assert building.is_open(today(30))
        assert not building.successors.exists()
        assert close(portal, date=today(9)).can_be_undone

    def test_not_undone_after_its_day(self, portal):
        with pytest.raises(ValidationError, match="không hủy được nữa"):
            changes.undo(close(portal))
        assert not fresh(portal.building).is_open()

    def test_due__carried_out_once_by_the_scheduler(self, portal):
        change = close(portal, date=today(1))
        assert run_due().changed == 0
        later = timezone.now() + datetime.timedelta(days=2)
        assert run_due(later).changed == 1
        assert run_due(later).changed == 0
        change.refresh_from_db()
        assert change.done_at

    def test_preview__says_what_comes_and_changes_nothing(self, portal):
        make_waiting_article(portal)
        [(one, lines)] = preview.of_closing([portal.building], [portal.health], today(3), ["tin-tuc"])
        text = " ".join(lines)
        assert one == portal.building
        for part in ("2 trang đang đăng", "chuyển hướng sang Sở Y tế", "tin-tuc", "3 vai trò", "1 mục đang chờ duyệt"):
            assert part in text
        assert fresh(portal.building).valid_to is None


class TestRename:
    def rename(self, portal, date=None, name="Sở Xây dựng và Giao thông", host="soxdgt.localhost"):
        return changes.plan_rename(portal.building, name, "Sở XD-GT", host, date or today())

    def test_old_address_leads_to_the_new_one(self, portal, client):
        path = portal.article.get_url_parts()[2]
        self.rename(portal)
        response = get(client, f"{path}?a=1")
        assert response.status_code == 301
        assert response.headers["Location"] == f"http://soxdgt.localhost:8000{path}?a=1"
        assert get(client, path, "soxdgt").status_code == 200

    def test_old_address__takes_no_forms(self, portal, client):
        self.rename(portal)
        assert client.post("/lien-he/", headers={"host": "soxaydung.localhost"}).status_code == 404

    def test_everything_carries_the_new_name(self, portal):
        site = Site.objects.get(root_page=portal.building.home_page)
        SiteSettings.objects.create(site=site, official_name="Sở Xây dựng")
        self.rename(portal)
        building = fresh(portal.building)
        assert (building.name, building.short_name, building.code) == (
            "Sở Xây dựng và Giao thông",
            "Sở XD-GT",
            "soxaydung",
        )
        site.refresh_from_db()
        names = {site.site_name, site.sitesettings.official_name, building.collection.name, building.home_page.title}
        assert names == {"Sở Xây dựng và Giao thông"}

    def test_history_keeps_the_old_name(self, portal, client):
        article = make_article(
            portal.section, "Tin cũ", published_at=datetime.datetime(2018, 5, 1, tzinfo=datetime.UTC)
        )
        self.rename(portal)
        rows = {row.organisation.pk: row.label for row in content_report(2018)}
        assert rows[portal.building.pk] == "Sở Xây dựng"
        now = {row.organisation.pk: row.label for row in content_report(today(400).year)}
        assert now[portal.building.pk] == "Sở Xây dựng và Giao thông"
        assert "<strong>Sở Xây dựng</strong>" in get(client, article.get_url_parts()[2], "soxdgt").content.decode()
        assert (
            "<strong>Sở XD-GT</strong>"
            in get(client, make_article(portal.section, "Tin mới").get_url_parts()[2], "soxdgt").content.decode()
        )

    def test_title_waiting_for_approval__follows(self, portal):
        home = portal.building.home_page.specific
        home.introduction = "Lời giới thiệu mới"
        home.save_revision()
        self.rename(portal)
        waiting = fresh(home).get_latest_revision_as_object()
        assert (waiting.title, waiting.introduction) == ("Sở Xây dựng và Giao thông", "Lời giới thiệu mới")
        assert fresh(home).introduction == ""

    @pytest.mark.parametrize(
        ("name", "host", "sentence"),
        [
            ("Sở Y tế", "soxaydung.localhost", "đã dùng cho đơn vị khác"),
            ("Sở Mới", "soyte.localhost", "đã có trang khác dùng"),
            ("Sở Mới", "somoi.example.org", "ngay dưới localhost"),
            ("Sở Xây dựng", "soxaydung.localhost", "đều như cũ"),
            ("", "somoi.localhost", "Thiếu tên"),
        ],
    )
    def test_refused(self, portal, name, host, sentence):
        with pytest.raises(ValidationError) as error:
            self.rename(portal, name=name, host=host)
        assert sentence in " ".join(error.value.messages)
        assert fresh(portal.building).name == "Sở Xây dựng"

    def test_former_host__not_taken_by_another(self, portal):
        self.rename(portal)
        with pytest.raises(ValidationError, match="đã có trang khác dùng"):
            changes.plan_rename(portal.health, "Sở Y tế", "", "soxaydung.localhost", today())

    def test_back_again__no_circle_of_redirects(self, portal, client):
        self.rename(portal)
        changes.plan_rename(fresh(portal.building), "Sở Xây dựng", "", "soxaydung.localhost", today())
        assert get(client, "/").status_code == 200
        assert get(client, "/", "soxdgt").headers["Location"] == "http://soxaydung.localhost:8000/"
        assert list(FormerHost.objects.values_list("hostname", flat=True)) == ["soxdgt.localhost"]

    def test_planned__holds_from_its_day(self, portal, client):
        self.rename(portal, date=today(2))
        assert get(client, "/").status_code == 200
        run_due(timezone.now() + datetime.timedelta(days=3))
        assert get(client, "/").status_code == 301

    def test_planned_and_undone(self, portal):
        changes.undo(self.rename(portal, date=today(2)))
        assert run_due(timezone.now() + datetime.timedelta(days=3)).changed == 0
        assert fresh(portal.building).name == "Sở Xây dựng"


class TestScreens:
    def data(self, portal, **more):
        return {
            "closing": [portal.building.pk],
            "successors": [portal.health.pk],
            "date": f"{today(3):%Y-%m-%d}",
            "sections": "tin-tuc",
            "basis": "Quyết định 1/QĐ-UBND",
        } | more

    def test_close__shows_first_and_does_it_when_confirmed(self, portal, client):
        client.force_login(portal.operator)
        seen = client.post(reverse("sites:close"), self.data(portal), headers=HOST).content.decode()
        assert "Điều sẽ xảy ra" in seen
        assert not Change.objects.exists()
        client.post(reverse("sites:close"), self.data(portal, confirm="1"), headers=HOST)
        building = fresh(portal.building)
        assert (building.valid_to, building.handed_sections) == (today(2), ["tin-tuc"])
        listed = client.get(reverse("sites:changes"), headers=HOST).content.decode()
        assert "Quyết định 1/QĐ-UBND" in listed
        client.post(reverse("sites:undo", args=[Change.objects.get().pk]), headers=HOST)
        assert fresh(portal.building).valid_to is None

    def test_close__keeps_what_was_typed_when_refused(self, portal, client):
        client.force_login(portal.operator)
        data = self.data(portal, successors=[portal.building.pk])
        body = client.post(reverse("sites:close"), data, headers=HOST).content.decode()
        assert "vòng kế tục" in body
        assert "Quyết định 1/QĐ-UBND" in body

    @pytest.mark.parametrize(
        ("field", "value", "sentence"),
        [("date", "31/2/2026", "Ngày không đúng"), ("sections", "tin tức!", "không phải địa chỉ chuyên mục")],
    )
    def test_close__bad_fields(self, portal, client, field, value, sentence):
        client.force_login(portal.operator)
        body = client.post(reverse("sites:close"), self.data(portal, **{field: value}), headers=HOST)
        assert sentence in body.content.decode()

    def test_rename__shows_first_and_does_it_when_confirmed(self, portal, client):
        client.force_login(portal.operator)
        url = reverse("sites:rename", args=[portal.building.pk])
        data = {"name": "Sở Xây dựng mới", "label": "soxd", "date": f"{today():%Y-%m-%d}"}
        assert "soxd.localhost" in client.post(url, data, headers=HOST).content.decode()
        assert fresh(portal.building).name == "Sở Xây dựng"
        client.post(url, data | {"confirm": "1"}, headers=HOST)
        assert fresh(portal.building).name == "Sở Xây dựng mới"
        site = client.get(reverse("sites:site", args=[portal.building.pk]), headers=HOST).content.decode()
        assert "soxaydung.localhost" in site

    @pytest.mark.parametrize("name", ["editor", "approver", "board", "secretary"])
    def test_screens__for_operators_only(self, portal, client, name):
        change = close(portal, date=today(3))
        client.force_login(getattr(portal, name))
        one = [portal.building.pk]
        for url in (
            reverse("sites:changes"),
            reverse("sites:close"),
            reverse("sites:rename", args=one),
            reverse("sites:site", args=one),
        ):
            assert client.get(url, headers=HOST).status_code in (302, 403, 404), url
            client.post(url, self.data(portal, confirm="1", name="X", label="x", features=[]), headers=HOST)
        client.post(reverse("sites:undo", args=[change.pk]), headers=HOST)
        assert fresh(portal.building).name == "Sở Xây dựng"
        assert Change.objects.get().undone_at is None


class TestRetireCommand:
    def run(self, *args):
        call_command("retire_site", *args, stdout=(out := io.StringIO()))
        return out.getvalue()

    def test_closes_and_says_so__again_changes_nothing(self, portal):
        args = ["--hostname", "soxaydung.localhost", "--successors", "soyte.localhost", "--date", "2025-07-01"]
        assert "kết thúc từ ngày 01/07/2025; đơn vị kế tục: Sở Y tế" in self.run(*args)
        assert fresh(portal.building).valid_to == datetime.date(2025, 6, 30)
        assert "Không đổi" in self.run(*args)
        assert "Không đổi" in self.run(*args[:4])
        assert Change.objects.count() == 1

    def test_dry_run(self, portal):
        text = self.run("--hostname", "soxaydung.localhost", "--successors", "soyte.localhost", "--dry-run")
        assert "chuyển hướng sang Sở Y tế" in text
        assert fresh(portal.building).valid_to is None

    @pytest.mark.parametrize(
        ("args", "sentence"),
        [
            (["--hostname", "laca.localhost"], "Không có trang"),
            (["--hostname", "soxaydung.localhost", "--successors", "laca.localhost"], "Không có trang"),
            (["--hostname", "soxaydung.localhost", "--date", "mai"], "Ngày “mai” không đúng"),
            (["--hostname", "soxaydung.localhost", "--successors", "soxaydung.localhost"], "vòng kế tục"),
            (["--hostname", "quangngai.localhost"], "Trang của tỉnh"),
        ],
    )
    def test_refused__one_readable_line(self, portal, args, sentence):
        with pytest.raises(CommandError, match=sentence):
            self.run(*args)


def test_organisation_of__closed_tree_still_belongs_to_it(portal):
    close(portal)
    assert organisation_of(Page.objects.get(pk=portal.article.pk)) == portal.building
