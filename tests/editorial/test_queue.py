"""The queue shows approvers what is theirs, and a decision there is a decision."""

from datetime import timedelta

from django.core import mail
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry, PageLogEntry, TaskState

from news.models import NewsPage
from tests.editorial.support import read_by_approver
from tests.factories import make_moderated_portal, make_waiting_article, submit

QUEUE = "/admin/cho-duyet/"


class QueueTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_moderated_portal()
        cls.article, cls.step = make_waiting_article(cls.portal)

    def get(self, user, url=QUEUE):
        self.client.force_login(user)
        return self.client.get(url, headers={"host": "localhost"})

    def decide(self, user, action, comment="", step=None, read=None):
        self.client.force_login(user)
        data = {"action": action, "comment": comment} | (read or read_by_approver(self.article))
        url = reverse("editorial:decide", args=[(step or self.step).pk])
        response = self.client.post(url, data, headers={"host": "localhost"})
        self.article = NewsPage.objects.get(pk=self.article.pk)
        return response

    def test_queue__shows_site_submitter_and_waiting_time_to_the_approver(self):
        # A machine may be slow: the step has waited for an hour and no minute more.
        TaskState.objects.filter(pk=self.step.pk).update(started_at=timezone.now() - timedelta(minutes=61))
        response = self.get(self.portal.approver)
        for text in ("Khởi công cầu mới", "Sở Xây dựng", "editor", "chờ 1"):
            self.assertContains(response, text)

    def test_queue__empty_for_the_approver_of_another_site(self):
        response = self.get(self.portal.stranger)
        self.assertContains(response, "Không có mục nào đang chờ")
        self.assertNotContains(response, "Khởi công cầu mới")

    def test_queue__operator_looks_but_cannot_decide(self):
        self.assertContains(self.get(self.portal.operator), "Khởi công cầu mới")
        self.assertContains(
            self.get(self.portal.operator, reverse("editorial:decide", args=[self.step.pk])), "không giữ vai trò duyệt"
        )
        self.decide(self.portal.operator, "approve")
        self.assertFalse(self.article.live)

    def test_queue__closed_to_who_approves_nothing(self):
        self.assertRedirects(self.get(self.portal.editor), "/admin/", fetch_redirect_response=False)

    def test_decide__stranger_sees_and_changes_nothing(self):
        url = reverse("editorial:decide", args=[self.step.pk])
        self.assertEqual(self.get(self.portal.stranger, url).status_code, 404)
        self.assertEqual(self.decide(self.portal.stranger, "approve").status_code, 404)
        self.assertFalse(self.article.live)

    def test_approve__goes_live_and_tells_the_editor(self):
        with self.captureOnCommitCallbacks(execute=True):
            self.decide(self.portal.approver, "approve")
        self.assertTrue(self.article.live)
        self.assertEqual(
            [(m.to, m.subject) for m in mail.outbox], [(["editor@example.org"], "Đã duyệt: Khởi công cầu mới")]
        )

    def test_approve__of_a_version_not_read_is_refused(self):
        read = read_by_approver(self.article)
        self.article.save_revision(user=self.portal.second_approver)
        response = self.decide(self.portal.approver, "approve", comment="Được", read=read)
        self.assertContains(response, "Bài vừa được sửa trong lúc Anh/Chị đọc")
        self.assertContains(response, "Được</textarea>")
        self.assertFalse(self.article.live)

    def test_approve__second_of_two_is_told(self):
        self.decide(self.portal.approver, "approve")
        response = self.decide(self.portal.second_approver, "reject", "Chậm mất rồi")
        self.assertRedirects(response, QUEUE, fetch_redirect_response=False)
        self.assertTrue(self.article.live)

    def test_return__needs_a_reason(self):
        response = self.decide(self.portal.approver, "reject")
        self.assertContains(response, "Hãy nêu lý do.")
        self.assertIsNotNone(self.article.current_workflow_task)

    def test_return__reason_reaches_the_editor_by_mail_on_the_dashboard_and_in_the_form(self):
        with self.captureOnCommitCallbacks(execute=True):
            self.decide(self.portal.approver, "reject", "Thiếu nguồn ảnh")
        self.assertEqual([m.to for m in mail.outbox], [["editor@example.org"]])
        self.assertIn("Thiếu nguồn ảnh", mail.outbox[0].body)
        self.assertContains(self.get(self.portal.editor, "/admin/"), "Thiếu nguồn ảnh")
        edit = reverse("wagtailadmin_pages:edit", args=[self.article.pk])
        self.assertContains(self.get(self.portal.editor, edit), "Thiếu nguồn ảnh")

    def test_override__needs_a_reason_and_is_logged(self):
        self.article.save_revision(user=self.portal.approver)
        self.decide(self.portal.approver, "approve")
        self.assertFalse(self.article.live)
        self.decide(self.portal.approver, "override")
        self.assertFalse(self.article.live)
        self.decide(self.portal.approver, "override", "Trực đêm mưa lũ, không còn ai khác")
        self.assertTrue(self.article.live)
        entry = PageLogEntry.objects.get(action="editorial.override")
        self.assertEqual(
            (entry.user, entry.data["reason"]), (self.portal.approver, "Trực đêm mưa lũ, không còn ai khác")
        )

    def test_override__not_open_to_who_holds_no_role(self):
        self.decide(self.portal.editor, "override", "Gấp")
        self.assertFalse(self.article.live)

    def test_submit__mails_the_approvers_of_the_site_alone_and_not_the_submitter(self):
        with self.captureOnCommitCallbacks(execute=True):
            make_waiting_article(self.portal, "Tin thứ hai")
        self.assertEqual(sorted(m.to[0] for m in mail.outbox), ["approver2@example.org", "approver@example.org"])
        self.assertIn("Đơn vị: Sở Xây dựng", mail.outbox[0].body)
        self.assertIn("/admin/cho-duyet/", mail.outbox[0].body)

    def test_queue__costs_the_same_for_10_and_20_items(self):
        self.assert_same_cost(self.portal.approver, QUEUE)

    def test_dashboard__offers_own_sections_to_who_writes(self):
        self.portal.section.show_in_menus = True
        self.portal.section.save()
        offer = f'href="/admin/pages/{self.portal.section.pk}/add_subpage/"'
        for person, offered in (
            (self.portal.editor, True),
            (self.portal.approver, False),
            (self.portal.stranger, False),
        ):
            self.client.force_login(person)
            page = self.client.get("/admin/", headers={"host": "localhost"}).content.decode()
            self.assertEqual(offer in page, offered, person)

    def test_dashboard__costs_the_same_for_10_and_20_items(self):
        self.assert_same_cost(self.portal.approver, "/admin/")

    def assert_same_cost(self, user, url):
        costs = []
        for batch in range(2):
            for number in range(10):
                make_waiting_article(self.portal, f"Tin {batch}-{number}")
            self.get(user, url)
            # Signing in writes its own log and is not what the screen costs.
            with CaptureQueriesContext(connection) as queries:
                self.client.get(url, headers={"host": "localhost"})
            costs.append(len(queries))
        self.assertEqual(costs[0], costs[1])
        self.assertLessEqual(costs[1], 30)


class HomeArticleTest(TestCase):
    """The province's own articles go editor, secretary, board."""

    @classmethod
    def setUpTestData(cls):
        cls.portal = make_moderated_portal()

    def test_two_steps__secretary_then_board(self):
        from organisations.models import Role
        from tests.factories import make_article, make_person, make_section

        editor = make_person("province-editor", self.portal.province, Role.EDITOR)
        article = make_article(make_section(self.portal.province), "Tin của tỉnh", live=False, owner=editor)
        state = submit(article, editor)
        for person in (self.portal.secretary, self.portal.board):
            self.assertFalse(NewsPage.objects.get(pk=article.pk).live)
            state.refresh_from_db()
            step = state.current_task_state.specific
            step.task.specific.on_action(step, person, "approve")
        self.assertTrue(NewsPage.objects.get(pk=article.pk).live)
        self.assertFalse(ModelLogEntry.objects.exists())
