"""Workflows are shared, approvers are local, and nobody approves the own work."""

from django.test import TestCase
from wagtail.models import TaskState, Workflow, WorkflowPage, WorkflowTask

from editorial.models import OrganisationApprovalTask
from home.models import StandardPage
from organisations.models import Role
from tests.factories import make_organisation, make_person


class ApprovalTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.building = make_organisation("soxaydung", "Sở Xây dựng")
        cls.health = make_organisation("soyte", "Sở Y tế")
        cls.task = OrganisationApprovalTask.objects.create(name="Lãnh đạo duyệt", role=Role.APPROVER)
        cls.workflow = Workflow.objects.create(name="Trang thành phần")
        WorkflowTask.objects.create(workflow=cls.workflow, task=cls.task, sort_order=0)
        WorkflowPage.objects.create(workflow=cls.workflow, page=cls.building.home_page.get_parent())
        cls.editor = make_person("editor", cls.building, Role.EDITOR)
        cls.approver = make_person("approver", cls.building, Role.APPROVER)
        cls.stranger = make_person("stranger", cls.health, Role.APPROVER)

    def setUp(self):
        self.page = self.building.home_page.add_child(
            instance=StandardPage(title="Thông báo", live=False, owner=self.editor)
        )
        self.page.save_revision(user=self.editor)
        self.state = self.page.get_workflow().start(self.page, self.editor)

    def act(self, user, action, **kwargs):
        self.task.on_action(self.state.current_task_state.specific, user, action, **kwargs)
        self.page.refresh_from_db()

    def test_queue__approver_of_the_owner_only(self):
        waiting = TaskState.objects.reviewable_by
        self.assertEqual([s.pk for s in waiting(self.approver)], [self.state.current_task_state_id])
        self.assertEqual(list(waiting(self.stranger)), [])
        self.assertEqual(list(waiting(self.editor)), [])

    def test_approve__goes_live(self):
        self.act(self.approver, "approve")
        self.assertTrue(self.page.live)

    def test_approve__stranger_and_editor_change_nothing(self):
        for user in (self.stranger, self.editor):
            self.act(user, "approve")
            self.assertFalse(self.page.live)
            self.assertEqual(self.task.decisions(self.page, user), [])

    def test_approve__denied_to_the_last_editor(self):
        self.page.save_revision(user=self.approver)
        self.act(self.approver, "approve")
        self.assertFalse(self.page.live)
        self.assertEqual(self.task.decisions(self.page, self.approver), ["reject", "override"])

    def test_reject__keeps_the_reason_and_unlocks_for_the_editor(self):
        self.act(self.approver, "reject", comment="Thiếu nguồn ảnh")
        self.assertEqual(self.page.current_workflow_state.current_task_state.comment, "Thiếu nguồn ảnh")
        self.assertIsNone(self.page.get_lock())

    def test_lock__editor_waits_while_the_approver_reads(self):
        lock = self.page.get_lock()
        self.assertTrue(lock.for_user(self.editor))
        self.assertFalse(lock.for_user(self.approver))
