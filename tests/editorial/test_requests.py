"""The home page takes over what its board accepts; what comes down needs the same hands as what went up."""

from django.test import TestCase
from django.urls import reverse

from editorial.models import HomeProposal, OrganisationTaskState, TakedownRequest
from news.models import NewsPage
from tests.editorial.support import read_by_approver
from tests.factories import make_article, make_moderated_portal

HOST = {"host": "localhost"}


class RequestTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_moderated_portal()
        cls.article = make_article(cls.portal.section, "Khởi công cầu mới", owner=cls.portal.editor)

    def ask(self, user, name="propose", **data):
        self.client.force_login(user)
        url = reverse(f"editorial:{name}", args=[self.article.pk])
        return self.client.post(url, {"note": "Công trình lớn của tỉnh"} | data, headers=HOST)

    def decide(self, user, action="approve", comment=""):
        step = OrganisationTaskState.objects.get(status="in_progress")
        item = step.workflow_state.content_object
        self.client.force_login(user)
        return self.client.post(
            reverse("editorial:decide", args=[step.pk]),
            {"action": action, "comment": comment} | read_by_approver(item),
            headers=HOST,
        )

    def accept(self):
        self.ask(self.portal.editor)
        self.decide(self.portal.secretary)
        self.decide(self.portal.board)
        return HomeProposal.objects.get()


class HomeProposalTest(RequestTest):
    def test_accept__secretary_then_board(self):
        self.ask(self.portal.editor)
        self.assertEqual(self.decide(self.portal.board).status_code, 404)
        self.decide(self.portal.secretary)
        self.assertEqual(HomeProposal.objects.shown().count(), 0)
        self.decide(self.portal.board)
        self.assertEqual([p.page_id for p in HomeProposal.objects.shown()], [self.article.pk])

    def test_decline__reason_reaches_the_proposer_and_a_new_proposal_is_possible(self):
        self.ask(self.portal.editor)
        self.decide(self.portal.secretary, "reject", "Tin chưa đủ tầm cấp tỉnh")
        proposal = HomeProposal.objects.get()
        self.assertEqual((proposal.status, proposal.decision), ("declined", "Tin chưa đủ tầm cấp tỉnh"))
        self.client.force_login(self.portal.editor)
        edit = self.client.get(reverse("wagtailadmin_pages:edit", args=[self.article.pk]), headers=HOST)
        self.assertContains(edit, "Tin chưa đủ tầm cấp tỉnh")
        self.ask(self.portal.editor)
        self.assertEqual(HomeProposal.objects.filter(status="waiting").count(), 1)

    def test_propose__twice_is_refused_and_keeps_the_text(self):
        self.ask(self.portal.editor)
        response = self.ask(self.portal.editor, note="Lần nữa")
        self.assertContains(response, "đã đề nghị lúc")
        self.assertEqual(HomeProposal.objects.count(), 1)

    def test_propose__stranger_may_not(self):
        self.assertEqual(self.ask(self.portal.stranger).status_code, 404)
        self.assertFalse(HomeProposal.objects.exists())

    def test_propose__without_reason_is_refused(self):
        self.assertContains(self.ask(self.portal.editor, note=" "), "Hãy nêu lý do.")

    def test_unpublish__at_the_source_leaves_the_home_page(self):
        proposal = self.accept()
        NewsPage.objects.get(pk=self.article.pk).unpublish()
        proposal.refresh_from_db()
        self.assertEqual((proposal.live, proposal.status), (False, "withdrawn"))

    def test_unpublish__ends_a_waiting_proposal(self):
        self.ask(self.portal.editor)
        NewsPage.objects.get(pk=self.article.pk).unpublish()
        self.assertFalse(OrganisationTaskState.objects.filter(status="in_progress").exists())

    def test_withdraw__by_the_board_and_not_by_a_stranger(self):
        url = reverse("editorial:withdraw", args=[self.accept().pk])
        for user, shown in ((self.portal.stranger, 1), (self.portal.board, 0)):
            self.client.force_login(user)
            self.client.post(url, {"note": "Đã cũ"}, headers=HOST)
            self.assertEqual(HomeProposal.objects.shown().count(), shown)


class TakedownTest(RequestTest):
    def test_takedown__approver_agrees_and_the_reader_is_told(self):
        self.ask(self.portal.editor, "takedown", public_reason="Thông tin không còn chính xác")
        self.assertTrue(NewsPage.objects.get(pk=self.article.pk).live)
        self.decide(self.portal.approver)
        self.assertFalse(NewsPage.objects.get(pk=self.article.pk).live)
        response = self.client.get(f"/tin-tuc/{self.article.slug}/", headers={"host": "soxaydung.localhost"})
        self.assertContains(response, "Thông tin không còn chính xác", status_code=410)
        self.assertNotContains(response, "Công trình lớn của tỉnh", status_code=410)

    def test_takedown__submitter_cannot_agree_with_himself(self):
        self.ask(self.portal.approver, "takedown")
        self.decide(self.portal.approver)
        self.assertTrue(NewsPage.objects.get(pk=self.article.pk).live)

    def test_takedown__stranger_may_not_ask(self):
        self.ask(self.portal.stranger, "takedown")
        self.assertFalse(TakedownRequest.objects.exists())

    def test_unpublish__directly_is_closed_even_to_the_operator(self):
        for user in (self.portal.editor, self.portal.approver, self.portal.operator):
            self.client.force_login(user)
            self.client.post(reverse("wagtailadmin_pages:unpublish", args=[self.article.pk]), headers=HOST)
            bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
            self.client.post(f"{bulk}?id={self.article.pk}", headers=HOST)
            bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
            self.client.post(f"{bulk}?id={self.article.pk}", headers=HOST)
            self.client.post(reverse("wagtailadmin_pages:delete", args=[self.article.pk]), headers=HOST)
            self.assertTrue(NewsPage.objects.get(pk=self.article.pk).live, user)

    def test_draft__never_published_answers_404(self):
        draft = make_article(self.portal.section, "Bản nháp", live=False)
        response = self.client.get(f"/tin-tuc/{draft.slug}/", headers={"host": "soxaydung.localhost"})
        self.assertEqual(response.status_code, 404)
