"""What is shown is what is checked is what is published, for whoever presses at the same moment."""

from threading import Timer
from unittest import mock

from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import TestCase
from django.urls import reverse
from wagtail.models import PageLogEntry, Revision, WorkflowState

from editorial.models import HomeProposal, OrganisationTaskState, TakedownRequest
from editorial.revisions import PageClosed
from editorial.submission import Submission, digest_of, hold
from home.models import StandardPage
from news.models import NewsPage
from organisations import people
from organisations.models import Role, User
from tests.client import PortalClient
from tests.concurrency import TwoProcessesTest, at_once, pausing_after
from tests.editorial.support import make_standard_page, read_by_approver, standard_page_form
from tests.factories import make_article, make_moderated_portal, make_person, make_waiting_article

HOST = {"host": "localhost"}
HERE = {"host": "soxaydung.localhost"}


class DigestTest(TestCase):
    def test_order_of_the_fields__makes_no_difference(self):
        self.assertEqual(digest_of({"a": 1, "b": [1, 2]}), digest_of({"b": [1, 2], "a": 1}))

    def test_any_other_content__does(self):
        kinds = [{"a": "x"}, {"a": "X"}, {"a": "x "}, {"a": None}, {"b": "x"}, {"a": ["x"]}, {"a": "Đ"}]
        self.assertEqual(len({digest_of(content) for content in kinds}), len(kinds))


class ShownTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_moderated_portal()
        cls.article, cls.step = make_waiting_article(cls.portal)
        cls.url = reverse("editorial:decide", args=[cls.step.pk])

    def post(self, user=None, **data):
        self.client.force_login(user or self.portal.approver)
        return self.client.post(self.url, {"action": "approve", "comment": ""} | data, headers=HOST)

    def live(self):
        return NewsPage.objects.get(pk=self.article.pk)

    def test_content_changed_under_the_same_number__is_refused(self):
        read = read_by_approver(self.article)
        revision = Revision.objects.get(pk=read["revision"])
        revision.content["lead"] = "Câu khác"
        revision.save()
        response = self.post(**read)
        self.assertContains(response, "Bài vừa được sửa trong lúc Anh/Chị đọc")
        self.assertFalse(self.live().live)

    def test_refused__shows_the_new_text_and_the_next_press_counts(self):
        read = read_by_approver(self.article)
        self.article.title = "Tiêu đề mới"
        self.article.save_revision(user=self.portal.second_approver)
        response = self.post(**read)
        self.assertContains(response, "Tiêu đề mới")
        now = read_by_approver(self.article)
        self.assertContains(response, now["digest"])
        self.post(**now)
        self.assertEqual((self.live().live, self.live().title), (True, "Tiêu đề mới"))

    def test_form_without_hash_or_number__decides_nothing(self):
        read = read_by_approver(self.article)
        for data in ({}, {"revision": read["revision"]}, {"digest": read["digest"]}, read | {"digest": "0" * 64}):
            self.post(**data)
            self.assertFalse(self.live().live, data)

    def test_number_of_another_page__decides_nothing(self):
        other, _step = make_waiting_article(self.portal, "Tin khác")
        self.post(**read_by_approver(other))
        self.assertFalse(self.live().live)

    def test_publishes__the_very_revision(self):
        read = read_by_approver(self.article)
        self.post(**read)
        self.assertEqual(self.live().live_revision_id, read["revision"])

    def test_shown__is_noted_once(self):
        self.client.force_login(self.portal.approver)
        for _look in range(2):
            self.client.get(self.url, headers=HOST)
            step = OrganisationTaskState.objects.get(pk=self.step.pk)
            self.assertEqual(step.shown_revision_id, read_by_approver(self.article)["revision"])

    def test_unknown_action__names_the_refusal(self):
        self.assertContains(
            self.post(action="publish", **read_by_approver(self.article)), "không được quyết định như vậy"
        )

    def test_decide__refuses_what_stock_menus_could_send(self):
        task = self.step.task.specific
        for action, comment in (("publish", ""), ("", ""), ("reject", " "), ("override", "Gấp")):
            with self.subTest(action), self.assertRaises(ValidationError):
                task.decide(self.step, self.portal.approver, action, comment)
        self.assertEqual(task.get_actions(self.article, self.portal.approver), [])

    def test_two_steps__board_approves_what_the_secretary_passed_on(self):
        page = make_standard_page(
            self.portal.province, "Giới thiệu tỉnh", make_person("e", self.portal.province, Role.EDITOR)
        )
        page.get_workflow().start(page, page.owner)
        for user in (self.portal.secretary, self.portal.board):
            step = OrganisationTaskState.objects.get(status="in_progress", organisation=self.portal.province)
            step.task.specific.decide(step, user, "approve", shown=tuple(read_by_approver(page).values()))
        self.assertTrue(StandardPage.objects.get(pk=page.pk).live)
        digests = OrganisationTaskState.objects.filter(organisation=self.portal.province).values_list(
            "digest", flat=True
        )
        self.assertEqual(set(digests), {read_by_approver(page)["digest"]})

    def test_published__is_what_was_approved_also_when_a_later_revision_is_there(self):
        approved = Submission.of(self.article).revision
        state = self.step.workflow_state
        step = OrganisationTaskState.objects.get(pk=self.step.pk)
        with mock.patch.object(WorkflowState, "on_finish"):
            step.task.specific.decide(step, self.portal.approver, "approve")
        self.article.title = "Sửa sau"
        self.article.save_revision(user=self.portal.editor)
        state.refresh_from_db()
        state.on_finish(user=self.portal.approver)
        self.assertEqual(self.live().live_revision_id, approved.pk)


class AtOnceTest(TwoProcessesTest):
    def setUp(self):
        super().setUp()
        self.portal = make_moderated_portal()
        self.manager = make_person("manager", self.portal.building, Role.MANAGER)
        self.page = make_standard_page(self.portal.building, "Giới thiệu", self.portal.editor, lead="Đã đọc")

    def start(self):
        page = StandardPage.objects.get(pk=self.page.pk)
        return page.get_workflow().start(page, self.portal.editor).current_task_state.specific

    def decide(self, user, action="approve", comment="", shown=None):
        step = OrganisationTaskState.objects.get(status="in_progress")
        return step.task.specific.decide(step, user, action, comment, shown=shown)

    def now(self):
        return StandardPage.objects.get(pk=self.page.pk)

    def test_two_approvers_press__one_decision_and_a_sentence(self):
        step = self.start()
        portal = self.portal
        task = step.task.specific
        results = at_once(
            lambda: task.decide(step, portal.approver, "approve"),
            lambda: task.decide(step, portal.second_approver, "reject", "Chưa được"),
        )
        refused = [r for r in results if isinstance(r, ValidationError)]
        self.assertEqual([r.messages for r in refused], [["Người khác vừa xử lý mục này trước Anh/Chị."]], results)
        step.refresh_from_db()
        self.assertEqual(self.now().live, step.status == "approved")

    def test_two_approvers_press_on_the_screen__no_server_error(self):
        step = self.start()
        read = read_by_approver(self.page)
        url = reverse("editorial:decide", args=[step.pk])

        def press(user):
            client = PortalClient()
            client.force_login(user)
            return client.post(url, {"action": "approve", "comment": ""} | read, headers=HERE).status_code

        statuses = at_once(lambda: press(self.portal.approver), lambda: press(self.portal.second_approver))
        self.assertIn(302, statuses)
        self.assertLessEqual(set(statuses), {200, 302})
        self.assertEqual(PageLogEntry.objects.filter(page=self.page.pk, action="wagtail.publish").count(), 1)

    def test_approve_while_another_approver_saves__never_publishes_what_was_not_read(self):
        self.start()
        shown = tuple(read_by_approver(self.page).values())

        def save():
            page = self.now().get_latest_revision_as_object()
            page.lead = "Chưa ai đọc"
            return page.save_revision(user=self.portal.second_approver)

        at_once(lambda: self.decide(self.portal.approver, shown=shown), save)
        self.assertIn((self.now().live, self.now().lead), [(True, "Đã đọc"), (False, "Đã đọc")])

    def test_save_that_was_under_way__makes_the_approval_wait_and_then_refuses_it(self):
        self.start()
        shown = tuple(read_by_approver(self.page).values())

        def save_slowly():
            page = self.now().get_latest_revision_as_object()
            page.lead = "Chưa ai đọc"
            page.save_revision(user=self.portal.second_approver)

        def approve_meanwhile():
            reached.wait(30)
            Timer(1, passed.set).start()
            return self.decide(self.portal.approver, shown=shown)

        with pausing_after(Revision.objects, "create") as (reached, passed):
            results = at_once(save_slowly, approve_meanwhile)
        self.assertIsInstance(results[1], ValidationError, results)
        self.assertFalse(self.now().live)

    def test_editor_saves_while_it_is_approved__text_stays_a_draft(self):
        self.start()

        def save():
            page = self.now().get_latest_revision_as_object()
            page.lead = "Sửa lúc duyệt"
            return page.save_revision(user=self.portal.editor)

        results = at_once(lambda: self.decide(self.portal.approver), save)
        self.assertIsNone(results[0])
        self.assertIsInstance(results[1], PageClosed | Revision)
        self.assertEqual((self.now().live, self.now().lead), (True, "Đã đọc"))

    def test_submit_twice__one_workflow_and_no_server_error(self):
        url = reverse("wagtailadmin_pages:edit", args=[self.page.pk])

        def submit():
            client = PortalClient()
            client.force_login(self.portal.editor)
            data = standard_page_form(self.page) | {"action-submit": "true"}
            return client.post(url, data, headers=HERE).status_code

        self.assertEqual(sorted(at_once(submit, submit)), [200, 302])
        self.assertEqual(WorkflowState.objects.count(), 1)
        self.assertEqual(OrganisationTaskState.objects.count(), 1)

    def test_create_twice__two_drafts_with_addresses_of_their_own(self):
        url = reverse("wagtailadmin_pages:add", args=["home", "standardpage", self.portal.building.home_page.pk])

        def create():
            client = PortalClient()
            client.force_login(self.portal.editor)
            page = StandardPage(title="Tổ chức bộ máy")
            return client.post(url, standard_page_form(page, slug=""), headers=HERE).status_code

        self.assertEqual(at_once(create, create), [302, 302])
        slugs = StandardPage.objects.filter(title="Tổ chức bộ máy").values_list("slug", flat=True)
        self.assertEqual(sorted(slugs), ["to-chuc-bo-may", "to-chuc-bo-may-2"])

    def test_suspend_while_deciding__whoever_was_suspended_first_has_not_decided(self):
        self.start()
        membership = self.portal.approver.memberships.get()
        results = at_once(
            lambda: self.decide(User.objects.get(pk=self.portal.approver.pk)),
            lambda: people.set_active(membership, False, self.manager),
        )
        decided = not isinstance(results[0], Exception)
        self.assertEqual(self.now().live, decided, results)
        membership.refresh_from_db()
        self.assertFalse(membership.is_active)

    def test_suspended_after_the_page_was_opened__has_not_decided(self):
        self.start()
        approver = User.objects.get(pk=self.portal.approver.pk)
        self.assertIn("approve", OrganisationTaskState.objects.get().task.specific.decisions(self.page, approver))
        people.set_active(approver.memberships.get(), False, self.manager)
        with self.assertRaisesMessage(ValidationError, "không được quyết định như vậy"):
            self.decide(approver)

    def test_cancel_while_approving__never_live_and_cancelled(self):
        self.start()
        url = reverse("wagtailadmin_pages:edit", args=[self.page.pk])

        def cancel():
            client = PortalClient()
            client.force_login(self.portal.editor)
            data = standard_page_form(self.page) | {"action-cancel-workflow": "true"}
            return client.post(url, data, headers=HERE).status_code

        at_once(cancel, lambda: self.decide(self.portal.approver))
        self.assertEqual(self.now().live, WorkflowState.objects.get().status == "approved")


class RequestsAtOnceTest(TwoProcessesTest):
    def setUp(self):
        super().setUp()
        self.portal = make_moderated_portal()
        self.article = make_article(self.portal.section, "Khởi công cầu mới", owner=self.portal.editor)

    def ask(self, name):
        client = PortalClient()
        client.force_login(self.portal.editor)
        url = reverse(f"editorial:{name}", args=[self.article.pk])
        return client.post(url, {"note": "Công trình lớn"}, headers=HERE).status_code

    def test_asked_twice__one_request_and_a_sentence(self):
        for name, model in (("propose", HomeProposal), ("takedown", TakedownRequest)):
            with self.subTest(name):
                self.assertEqual(sorted(at_once(*[lambda n=name: self.ask(n)] * 2)), [200, 302])
                self.assertEqual(model.objects.count(), 1)

    def test_withdrawn_twice__second_is_told(self):
        self.ask("propose")
        proposal = HomeProposal.objects.get()
        url = reverse("editorial:withdraw", args=[proposal.pk])

        def withdraw():
            client = PortalClient()
            client.force_login(self.portal.editor)
            return client.post(url, {"note": "Đã cũ"}, headers=HERE).status_code

        statuses = at_once(withdraw, withdraw)
        self.assertIn(302, statuses)
        self.assertLessEqual(set(statuses), {200, 302, 404})
        self.assertEqual(HomeProposal.objects.get().status, "withdrawn")

    def test_hold__gives_the_request_as_it_is_now(self):
        self.ask("takedown")
        stale = TakedownRequest.objects.get()
        TakedownRequest.objects.update(status="withdrawn")
        with transaction.atomic():
            self.assertEqual(hold(stale).status, "withdrawn")
