"""Letters go to those who may see what they tell of when they are sent, not when it happened."""

from unittest import mock

from django.core import mail
from django.test import TestCase
from django.urls import reverse
from wagtail.models import Comment, CommentReply, PageSubscription
from wagtail.test.utils.form_data import inline_formset
from wagtail.users.models import UserProfile

from editorial import comments, notices
from editorial.models import OrganisationTaskState
from news.models import NewsPage
from organisations.models import Membership, Role
from organisations.scoping import may_meet
from tests.editorial.support import make_standard_page, standard_page_form
from tests.factories import make_article, make_moderated_portal, make_person, make_waiting_article, submit

HOST = {"host": "localhost"}


def suspend(user):
    user.memberships.update(is_active=False)


def leave_for(user, organisation):
    user.memberships.update(organisation=organisation)


class LettersTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_moderated_portal()
        cls.article, cls.step = make_waiting_article(cls.portal)

    def addressees(self):
        return sorted(letter.to[0] for letter in mail.outbox)


class DecisionLettersTest(LettersTest):
    def decide(self, action="approve", comment="Thiếu nguồn ảnh"):
        step = OrganisationTaskState.objects.get(pk=self.step.pk)
        step.task.specific.on_action(step, self.portal.approver, action, comment=comment)
        return step.workflow_state

    def tell(self, outcome="returned", between=lambda: None):
        """The decision falls, `between` happens, the letter goes."""
        state = self.decide("approve" if outcome == "approved" else "reject")
        between()
        notices.tell_requester.call(state.pk, outcome)
        return self.addressees()

    def test_returned__reaches_the_editor(self):
        self.assertEqual(self.tell(), ["editor@example.org"])

    def test_suspended_between_decision_and_letter__gets_none(self):
        self.assertEqual(self.tell(between=lambda: suspend(self.portal.editor)), [])

    def test_gone_to_another_organisation__gets_none(self):
        self.assertEqual(self.tell(between=lambda: leave_for(self.portal.editor, self.portal.health)), [])

    def test_account_switched_off__gets_none(self):
        def switch_off():
            self.portal.editor.is_active = False
            self.portal.editor.save()

        self.assertEqual(self.tell("approved", between=switch_off), [])

    def test_author_who_left__gets_none_while_the_submitter_does(self):
        writer = make_person("author", self.portal.building, Role.AUTHOR)
        NewsPage.objects.filter(pk=self.article.pk).update(owner=writer)
        suspend(writer)
        self.assertEqual(self.tell("approved"), ["editor@example.org"])

    def test_page_gone_before_the_letter__goes_to_nobody(self):
        state = self.decide("reject")
        state.__class__.objects.filter(pk=state.pk).update(object_id="0")
        notices.tell_requester.call(state.pk, "returned")
        self.assertEqual(self.addressees(), [])

    def test_waiting__goes_to_the_approvers_of_the_moment(self):
        suspend(self.portal.approver)
        joined = make_person("approver3", self.portal.building, Role.APPROVER)
        notices.tell_approvers.call(self.step.pk)
        self.assertEqual(self.addressees(), ["approver2@example.org", joined.email])

    def test_waiting__already_decided_is_told_to_nobody(self):
        self.decide()
        notices.tell_approvers.call(self.step.pk)
        self.assertEqual(self.addressees(), [])

    def test_letter_switched_off_by_the_person__is_not_sent(self):
        profile = UserProfile.get_for_user(self.portal.editor)
        profile.rejected_notifications = False
        profile.save()
        self.assertEqual(self.tell(), [])

    def test_mail_server_down__is_logged_and_the_next_person_is_written_to(self):
        people = [self.portal.editor, self.portal.approver]
        context = {"step": self.step, "title": "Tin", "url": "x"}
        with (
            mock.patch("editorial.notices.EmailMessage.send", side_effect=OSError),
            self.assertLogs("editorial.notices", "ERROR") as logged,
        ):
            notices.send("waiting", people, context, about=None)
        self.assertEqual(len(logged.records), 2)

    def test_may_meet__ends_with_the_membership_and_at_the_border(self):
        self.assertTrue(may_meet(self.portal.editor, self.article.pk))
        self.assertFalse(may_meet(self.portal.stranger, self.article.pk))
        suspend(self.portal.approver)
        self.assertFalse(may_meet(type(self.portal.approver).objects.get(pk=self.portal.approver.pk), self.article.pk))


class CommentLettersTest(LettersTest):
    """The editor follows the page; the second approver wrote in the thread."""

    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        PageSubscription.objects.create(page=cls.article, user=cls.portal.editor, comment_notifications=True)
        cls.thread = cls.say(cls.portal.second_approver, "Nguồn ảnh ở đâu?")
        cls.other = cls.say(cls.portal.editor, "Tiêu đề dài quá.")

    @classmethod
    def say(cls, user, text):
        return Comment.objects.create(page=cls.article, user=user, text=text, contentpath="title")

    def answer(self, thread=None, text="Ảnh của Báo Quảng Ngãi.", user=None):
        return CommentReply.objects.create(comment=thread or self.thread, user=user or self.portal.approver, text=text)

    def tell(self, editor=None, **changes):
        told = {"new": [], "resolved": [], "deleted": [], "replies": []} | changes
        comments.tell_of_comments.call(self.article.pk, (editor or self.portal.approver).pk, told)
        return self.addressees()

    def test_reply__follower_and_who_wrote_in_the_thread(self):
        self.assertEqual(self.tell(replies=[self.answer().pk]), ["approver2@example.org", "editor@example.org"])
        self.assertIn("Ảnh của Báo Quảng Ngãi.", mail.outbox[0].body)
        self.assertIn("Nguồn ảnh ở đâu?", mail.outbox[0].body)

    def test_suspended__neither_as_follower_nor_in_the_thread(self):
        suspend(self.portal.editor)
        suspend(self.portal.second_approver)
        self.assertEqual(self.tell(replies=[self.answer().pk], new=[self.other.pk]), [])

    def test_gone_to_another_organisation__nothing(self):
        leave_for(self.portal.editor, self.portal.health)
        self.assertEqual(self.tell(new=[self.thread.pk]), [])

    def test_thread__who_wrote_in_it_reads_no_other(self):
        other = self.answer(self.other, "Đã rút gọn.")
        self.tell(replies=[self.answer().pk, other.pk], resolved=[self.other.pk], deleted=["Câu đã xóa"])
        to_second = next(letter for letter in mail.outbox if letter.to == ["approver2@example.org"])
        for text in ("Đã rút gọn.", "Tiêu đề dài quá.", "Câu đã xóa"):
            self.assertNotIn(text, to_second.body)
        to_follower = next(letter for letter in mail.outbox if letter.to == ["editor@example.org"])
        for text in ("Đã rút gọn.", "Tiêu đề dài quá.", "Câu đã xóa"):
            self.assertIn(text, to_follower.body)

    def test_own_words__are_not_sent_back(self):
        self.assertEqual(self.tell(self.portal.editor, new=[self.other.pk]), [])

    def test_no_follower_and_no_thread__nobody(self):
        PageSubscription.objects.update(comment_notifications=False)
        self.assertEqual(self.tell(new=[self.other.pk]), [])

    def test_page_or_person_gone__nobody(self):
        told = {"new": [self.other.pk], "resolved": [], "deleted": [], "replies": []}
        comments.tell_of_comments.call(0, self.portal.approver.pk, told)
        comments.tell_of_comments.call(self.article.pk, 0, told)
        self.assertEqual(self.addressees(), [])

    def test_announce__nothing_new_enqueues_nothing(self):
        changes = {"new_comments": [], "resolved_comments": [], "deleted_comments": [], "new_replies": []}
        with self.captureOnCommitCallbacks() as callbacks:
            comments.announce(self.article, self.portal.approver, changes | {"edited_comments": [self.other]})
        self.assertEqual(callbacks, [])


class EditorScreenTest(TestCase):
    """Through Wagtail's own screen: what it would have sent to the suspended."""

    @classmethod
    def setUpTestData(cls):
        cls.portal = make_moderated_portal()
        cls.page = make_standard_page(cls.portal.building, "Khởi công cầu mới", cls.portal.editor)
        cls.left = make_person("left", cls.portal.building, Role.EDITOR)
        for person in (cls.left, cls.portal.approver):
            PageSubscription.objects.create(page=cls.page, user=person, comment_notifications=True)

    def save_with_comment(self):
        self.client.force_login(self.portal.editor)
        new = {"text": "Xem lại con số này", "contentpath": "title", "position": "", "resolved": "", "deleted": ""}
        data = standard_page_form(self.page, comments=inline_formset([new | {"replies": inline_formset([])}]))
        with self.captureOnCommitCallbacks(execute=True):
            response = self.client.post(reverse("wagtailadmin_pages:edit", args=[self.page.pk]), data, headers=HOST)
        self.assertEqual(response.status_code, 302)

    def test_new_comment__reaches_those_who_may_see_the_page(self):
        suspend(self.left)
        self.save_with_comment()
        self.assertEqual(Comment.objects.get().text, "Xem lại con số này")
        self.assertEqual([letter.to for letter in mail.outbox], [["approver@example.org"]])
        self.assertEqual(mail.outbox[0].subject, "Góp ý: Khởi công cầu mới")

    def test_nobody_left__goes_to_all_followers(self):
        self.save_with_comment()
        self.assertEqual(sorted(letter.to[0] for letter in mail.outbox), ["approver@example.org", "left@example.org"])


class SubmissionTest(LettersTest):
    def test_suspended_approver__is_not_asked(self):
        suspend(self.portal.second_approver)
        with self.captureOnCommitCallbacks(execute=True):
            submit(make_article(self.portal.section, "Tin hai", live=False), self.portal.editor)
        self.assertEqual(self.addressees(), ["approver@example.org"])

    def test_invited_and_not_accepted__is_not_asked(self):
        Membership.objects.filter(user=self.portal.second_approver).update(accepted_at=None)
        with self.captureOnCommitCallbacks(execute=True):
            submit(make_article(self.portal.section, "Tin hai", live=False), self.portal.editor)
        self.assertEqual(self.addressees(), ["approver@example.org"])
