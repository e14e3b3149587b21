"""Text gets into a page by one door, shut while somebody is to read, or has read, what stands there."""

import json

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.models import Page, PageLogEntry, Revision

from editorial.models import OrganisationTaskState
from editorial.revisions import PageClosed, acting_as, is_settled, why_closed
from home.models import StandardPage
from organisations.models import Role, User
from tests.client import shown
from tests.editorial.support import make_standard_page, read_by_approver, standard_page_form
from tests.factories import make_moderated_portal, make_person

HOST = {"host": "localhost"}
WAITING, LOCKED, SCHEDULED, LIVE, DRAFT = "waiting", "locked", "scheduled", "live", "draft"
CLOSED = (WAITING, LOCKED, SCHEDULED)
REFUSED = {403}
# What Wagtail's admin API answers the editor of the site: action, what it sends, and the answers in each state of the page.
ACTIONS = [
    ("revert_to_page_revision", lambda t: {"revision_id": t.first.pk}, dict.fromkeys(CLOSED, REFUSED) | {LIVE: {200}}),
    ("publish", lambda t: {}, dict.fromkeys((*CLOSED, LIVE), REFUSED)),
    ("unpublish", lambda t: {}, dict.fromkeys((*CLOSED, LIVE), REFUSED)),
    ("delete", lambda t: {}, dict.fromkeys((*CLOSED, LIVE), REFUSED)),
    ("move", lambda t: {"destination_page_id": t.elsewhere.pk}, dict.fromkeys((*CLOSED, LIVE), REFUSED)),
    ("convert_alias", lambda t: {}, dict.fromkeys((*CLOSED, LIVE), {400})),
    ("create_alias", lambda t: {}, dict.fromkeys((*CLOSED, LIVE), REFUSED)),
    ("copy_for_translation", lambda t: {"locale": "en"}, dict.fromkeys((*CLOSED, LIVE), {403, 404})),
    ("copy", lambda t: {"keep_live": True}, dict.fromkeys((*CLOSED, LIVE), REFUSED)),
    ("copy", lambda t: {"keep_live": False}, dict.fromkeys((*CLOSED, LIVE), {201})),
]


class DoorTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_moderated_portal()
        cls.editor, cls.approver = cls.portal.editor, cls.portal.approver
        cls.page = make_standard_page(cls.portal.building, "Giới thiệu", cls.editor, lead="Bản một")
        cls.first = cls.page.get_latest_revision()
        cls.page.lead = "Bản hai"
        cls.second = cls.page.save_revision(user=cls.editor)
        cls.elsewhere = make_standard_page(cls.portal.building, "Nơi khác", cls.editor)

    def now(self):
        return StandardPage.objects.get(pk=self.page.pk)

    def bring(self, state):
        """The page into one of the states, its second revision being the latest."""
        if state == WAITING:
            self.start()
        elif state == LOCKED:
            Page.objects.filter(pk=self.page.pk).update(locked=True, locked_by=self.approver, locked_at=timezone.now())
        elif state == SCHEDULED:
            Revision.objects.filter(pk=self.second.pk).update(
                approved_go_live_at=timezone.now() + timezone.timedelta(hours=1)
            )
        elif state == LIVE:
            self.second.publish()

    def start(self):
        page = self.now()
        return page.get_workflow().start(page, self.editor).current_task_state.specific

    def latest(self):
        revision = self.now().get_latest_revision()
        return revision.pk, revision.content["lead"]

    def save(self, user, lead="Bản ba", **kwargs):
        page = self.now().get_latest_revision_as_object()
        page.lead = lead
        return page.save_revision(user=user, **kwargs)


class AdminApiTest(DoorTest):
    def call(self, action, data):
        self.client.force_login(self.editor)
        url = f"/admin/api/main/pages/{self.page.pk}/action/{action}/"
        return self.client.post(url, json.dumps(data), content_type="application/json", headers=HOST)

    def test_each_action_in_each_state__changes_nothing_that_was_or_is_being_read(self):
        for action, data, answers in ACTIONS:
            for state, expected in answers.items():
                with self.subTest(action=action, state=state):
                    self.check(action, data(self), state, expected)

    def check(self, action, data, state, expected):
        with transaction.atomic():
            self.bring(state)
            path, live, lead = self.now().path, self.now().live, self.now().lead
            response = self.call(action, data)
            self.assertIn(response.status_code, expected, response.content[:300])
            now = self.now()
            self.assertEqual((now.path, now.live, now.lead), (path, live, lead))
            if state in CLOSED:
                self.assertEqual(self.latest(), (self.second.pk, "Bản hai"))
            self.assertFalse(Page.objects.live().exclude(pk=self.page.pk).filter(title="Giới thiệu").exists())
            scheduled = Revision.objects.exclude(approved_go_live_at=None).exclude(pk=self.second.pk)
            self.assertFalse(scheduled.exists())
            transaction.set_rollback(True)

    def test_copy_of_a_locked_page__is_an_open_draft_of_whoever_copied(self):
        self.bring(LOCKED)
        copy = StandardPage.objects.get(pk=self.call("copy", {"keep_live": False}).json()["id"])
        self.assertEqual((copy.locked, copy.locked_by, copy.live), (False, None, False))

    def test_table__names_every_action_that_wagtail_has(self):
        self.assertEqual({action for action, *_rest in ACTIONS}, set(PagesAdminAPIViewSet.actions))

    def test_revert__of_a_draft_is_open_to_its_editor_and_to_nobody_of_another_site(self):
        self.client.force_login(self.portal.stranger)
        url = f"/admin/api/main/pages/{self.page.pk}/action/revert_to_page_revision/"
        data = json.dumps({"revision_id": self.first.pk})
        self.assertEqual(self.client.post(url, data, content_type="application/json", headers=HOST).status_code, 404)
        self.assertEqual(self.call("revert_to_page_revision", {"revision_id": self.first.pk}).status_code, 200)
        self.assertEqual(self.latest()[1], "Bản một")


class WhoMayWriteTest(DoorTest):
    def refused(self, user):
        try:
            self.save(user)
        except PageClosed as refusal:
            return str(refusal)
        return ""

    def test_draft__editor_and_code(self):
        self.assertEqual((self.refused(self.editor), self.refused(None)), ("", ""))

    def test_waiting__approver_of_the_step_alone(self):
        self.bring(WAITING)
        for user in (self.editor, self.portal.stranger, self.portal.board, None):
            self.assertIn("chờ duyệt", self.refused(user), user)
        self.assertEqual(self.refused(self.portal.second_approver), "")

    def test_locked__whoever_locked_it_alone(self):
        self.bring(LOCKED)
        for user in (self.editor, self.portal.second_approver, self.portal.operator, None):
            self.assertIn("đang bị khóa", self.refused(user), user)
        self.assertEqual(self.refused(self.approver), "")

    def test_locked_and_waiting__who_locked_it_and_lost_the_role_is_refused(self):
        self.bring(LOCKED)
        self.bring(WAITING)
        self.approver.memberships.update(role=Role.EDITOR)
        self.assertIn("chờ duyệt", self.refused(User.objects.get(pk=self.approver.pk)))

    def test_scheduled__nobody(self):
        self.bring(SCHEDULED)
        for user in (self.editor, self.approver, self.portal.operator, None):
            self.assertIn("giờ hẹn", self.refused(user), user)

    def test_returned__editor_again(self):
        step = self.start()
        step.task.specific.on_action(step, self.approver, "reject", comment="Thiếu nguồn")
        self.assertEqual(self.refused(self.editor), "")

    def test_object_read_before_it_was_handed_in__is_asked_about_as_it_is_now(self):
        stale = self.now()
        self.assertFalse(stale.workflow_in_progress)
        self.bring(WAITING)
        with self.assertRaises(PermissionDenied):
            stale.save_revision(user=self.editor)

    def test_code__says_why_and_the_history_keeps_it(self):
        for state in CLOSED:
            self.bring(state)
            with self.subTest(state), self.assertLogs("editorial.revisions", "WARNING"), acting_as("nhập dữ liệu"):
                self.save(None, lead=f"Nhập khi {state}")
            self.assertEqual(self.latest()[1], f"Nhập khi {state}")
        reasons = PageLogEntry.objects.filter(action="editorial.outside_moderation").values_list("data", flat=True)
        self.assertEqual([data["reason"] for data in reasons], ["nhập dữ liệu"] * 3)

    def test_reason__helps_no_person_and_ends_with_its_block(self):
        self.bring(WAITING)
        with acting_as("nhập dữ liệu"), self.assertRaises(PageClosed):
            self.save(self.editor)
        with self.assertRaises(ValueError), acting_as("nhập dữ liệu"):
            raise ValueError
        with self.assertRaises(PageClosed):
            self.save(None)

    def test_reason__for_an_open_page_leaves_no_trace(self):
        with acting_as("nhập dữ liệu"):
            self.save(None)
        self.assertFalse(PageLogEntry.objects.filter(action="editorial.outside_moderation").exists())

    def test_refused__nothing_of_it_is_kept(self):
        self.bring(WAITING)
        count = Revision.objects.count()
        self.refused(self.editor)
        self.assertEqual((Revision.objects.count(), self.latest()), (count, (self.second.pk, "Bản hai")))

    def test_why_closed__empty_for_a_draft(self):
        self.assertEqual(why_closed(self.now(), self.editor), "")


class AutosaveTest(DoorTest):
    def overwrite(self, revision, user=None, lead="Bản tự lưu"):
        return self.save(user or self.editor, lead=lead, overwrite_revision=revision)

    def assert_kept(self, revision, user=None):
        """Autosave makes another revision, and this one stays as it was."""
        before = Revision.objects.get(pk=revision.pk).content
        self.assertTrue(is_settled(revision))
        self.assertNotEqual(self.overwrite(revision, user).pk, revision.pk)
        self.assertEqual(Revision.objects.get(pk=revision.pk).content, before)

    def test_draft_of_ones_own__is_written_over(self):
        self.assertEqual(self.overwrite(self.second).pk, self.second.pk)
        self.assertEqual(self.latest(), (self.second.pk, "Bản tự lưu"))

    def test_draft_of_another__is_refused_as_wagtail_does(self):
        with self.assertRaises(PermissionDenied):
            self.overwrite(self.second, self.portal.second_approver)

    def test_handed_in_and_returned__is_kept(self):
        step = self.start()
        step.task.specific.on_action(step, self.approver, "reject", comment="Thiếu nguồn")
        self.assert_kept(self.second)

    def test_published__is_kept(self):
        self.bring(LIVE)
        self.assert_kept(self.second)

    def test_shown_to_another_approver__is_kept(self):
        step = self.start()
        edited = self.save(self.approver, lead="Người duyệt sửa")
        self.assertEqual(self.overwrite(edited, self.approver, "Sửa tiếp").pk, edited.pk)
        self.client.force_login(self.portal.second_approver)
        page = self.client.get(reverse("editorial:decide", args=[step.pk]), headers=HOST)
        self.assertContains(page, f'value="{edited.pk}"')
        edited.refresh_from_db()
        self.assert_kept(edited, self.approver)

    def test_by_the_editors_screen__gets_the_new_number_and_can_go_on(self):
        self.bring(LIVE)
        self.client.force_login(self.editor)
        url = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        data = standard_page_form(self.now(), lead="Tự lưu") | {"overwrite_revision_id": self.second.pk}
        answer = self.client.post(url, data, headers=HOST | {"accept": "application/json"}).json()
        self.assertTrue(answer["success"], answer)
        self.assertNotEqual(answer["revision_id"], self.second.pk)
        self.assertEqual(Revision.objects.get(pk=self.second.pk).content["lead"], "Bản hai")
        data["overwrite_revision_id"] = answer["revision_id"]
        again = self.client.post(
            url, data | {"lead": "Tự lưu nữa"}, headers=HOST | {"accept": "application/json"}
        ).json()
        self.assertEqual(again["revision_id"], answer["revision_id"])


class StockDoorsTest(DoorTest):
    def setUp(self):
        self.step = self.start()
        self.client.force_login(self.approver)

    def test_wagtails_addresses_of_decisions__are_not_there(self):
        for name in ("workflow_action", "collect_workflow_action_data"):
            for action in ("approve", "reject", "override"):
                url = reverse(f"wagtailadmin_pages:{name}", args=[self.page.pk, action, self.step.pk])
                for method in (self.client.get, self.client.post):
                    self.assertEqual(method(url, {"comment": "Được"}, headers=HOST).status_code, 404, url)
        preview = reverse("wagtailadmin_pages:workflow_preview", args=[self.page.pk, self.step.task_id])
        self.assertEqual(self.client.get(preview, headers=HOST).status_code, 404)
        self.assertFalse(self.now().live)

    def test_editor_screen__offers_the_one_door_and_decides_nothing(self):
        url = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        page = self.client.get(url, headers=HOST)
        self.assertContains(page, reverse("editorial:decide", args=[self.step.pk]))
        self.assertNotContains(page, "action-workflow-action")
        data = standard_page_form(self.now()) | {"action-workflow-action": "true", "workflow-action-name": "approve"}
        self.client.post(url, data, headers=HOST)
        self.assertFalse(self.now().live)
        self.step.refresh_from_db()
        self.assertEqual(self.step.status, "in_progress")

    def test_editor_screen__offers_it_to_nobody_else(self):
        self.client.force_login(self.editor)
        page = self.client.get(reverse("wagtailadmin_pages:edit", args=[self.page.pk]), headers=HOST)
        self.assertNotContains(page, reverse("editorial:decide", args=[self.step.pk]))

    def test_revision_preview__is_what_the_screen_shows_to_the_approver(self):
        url = reverse("wagtailadmin_pages:revisions_view", args=[self.page.pk, self.second.pk])
        self.assertContains(self.client.get(reverse("editorial:decide", args=[self.step.pk]), headers=HOST), url)
        self.assertContains(shown(self.client.get(url, headers=HOST)), "Bản hai")
        self.client.force_login(self.portal.stranger)
        self.assertEqual(self.client.get(url, headers=HOST).status_code, 404)


class HistoryTest(DoorTest):
    def test_decision__keeps_the_hash_when_the_revision_is_gone(self):
        step = self.start()
        digest = read_by_approver(self.page)["digest"]
        step.task.specific.on_action(step, self.approver, "approve")
        self.save(self.editor)
        kept = OrganisationTaskState.objects.get(pk=step.pk)
        self.assertEqual((kept.digest, len(digest)), (digest, 64))
        self.assertEqual(kept.revision_id, self.second.pk)

    def test_returned__keeps_the_hash_too(self):
        step = self.start()
        step.task.specific.on_action(step, self.approver, "reject", comment="Thiếu")
        self.assertEqual(OrganisationTaskState.objects.get(pk=step.pk).digest, read_by_approver(self.page)["digest"])

    def test_waiting__has_none(self):
        self.assertEqual(self.start().digest, "")


class InvolvedTest(DoorTest):
    """Whoever edited since the last publication had a hand in what is decided about."""

    def setUp(self):
        self.helper = make_person("helper", self.portal.building, Role.APPROVER)

    def decisions(self, user):
        step = self.start()
        return step.task.specific.decisions(self.now(), user)

    def test_editor_before_the_last__cannot_approve(self):
        self.save(self.helper)
        self.save(self.editor)
        self.assertEqual(self.decisions(self.helper), ["reject", "override"])

    def test_editor_of_what_was_published__can_approve_the_next(self):
        self.save(self.helper).publish()
        self.save(self.editor)
        self.assertEqual(self.decisions(self.helper), ["reject", "approve"])

    def test_editor_before_a_taking_down__counts_no_more(self):
        self.save(self.helper).publish()
        self.now().unpublish()
        self.save(self.editor)
        self.assertEqual(self.decisions(self.helper), ["reject", "approve"])

    def test_edited_while_another_revision_went_live__counts(self):
        revision = self.save(self.editor)
        self.save(self.helper, lead="Sửa thêm")
        Revision.objects.get(pk=revision.pk).publish()
        self.assertEqual(self.decisions(self.helper), ["reject", "override"])

    def test_approvers_who_are_asked__are_those_who_may_approve(self):
        self.save(self.helper)
        self.save(self.editor)
        step = self.start()
        asked = set(step.task.specific.approvers(step).values_list("username", flat=True))
        self.assertEqual(asked, {"approver", "approver2"})
