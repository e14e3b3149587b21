"""Letters of invitation: few to one address, each good for a week, for one click, until the next one."""

import re
from datetime import timedelta
from unittest import mock

from django.core import mail, signing
from django.core.exceptions import ValidationError
from django.utils import timezone

from organisations import people
from organisations.models import Membership, MembershipEvent, Role, User
from tests.client import PortalClient
from tests.concurrency import TwoProcessesTest, at_once
from tests.factories import make_organisation, make_person
from tests.organisations.support import HOST, ManagersTest, close

HERE = {"host": "soxaydung.localhost"}
PASSWORD = "Mật khẩu đủ dài 2018"
BOTH = {"new_password1": PASSWORD, "new_password2": PASSWORD}


def link_in(letter):
    return re.search(r"/loi-moi/\S+", letter.body).group()


class FloodTest(ManagersTest):
    def age_events(self, **ago):
        MembershipEvent.objects.update(at=timezone.now() - timedelta(**ago))

    def test_thirty_invitations__five_letters_and_then_a_sentence(self):
        for number in range(30):
            organisation, role = (self.building, self.health)[number % 2], list(Role)[number // 2 % 4]
            response = self.invite(self.portal.operator, role=role.value, organisation=organisation.pk)
        self.assertEqual(len(mail.outbox), people.LETTERS_A_DAY)
        self.assertEqual(User.objects.filter(email="dao@example.org").count(), 1)
        self.assertEqual(response.status_code, 200)

    def test_sixth__is_refused_and_keeps_what_was_typed(self):
        for role in ("author", "editor", "approver", "manager"):
            self.invite(self.portal.operator, role=role)
        self.invite(self.portal.operator, role="author", organisation=self.health.pk)
        response = self.invite(self.portal.operator, role="editor", organisation=self.health.pk)
        self.assertContains(response, "đã nhận 5 thư mời trong 24 giờ qua")
        self.assertContains(response, "Phạm Thị Đào")
        self.assertEqual(Membership.objects.filter(user__email="dao@example.org").count(), 5)

    def test_letters_sent_again__count_too_and_are_refused_with_the_sentence(self):
        self.invite(self.manager)
        membership = Membership.objects.get(user__email="dao@example.org")
        for _number in range(29):
            response = self.act(self.manager, membership, action="resend")
        self.assertEqual(len(mail.outbox), people.LETTERS_A_DAY)
        self.assertContains(self.said(response), "đã nhận 5 thư mời trong 24 giờ qua")

    def test_another_day__and_another_address_are_free(self):
        self.invite(self.manager)
        membership = Membership.objects.get(user__email="dao@example.org")
        for _number in range(5):
            self.act(self.manager, membership, action="resend")
        self.invite(self.manager, email="cuc@example.org")
        self.assertEqual(mail.outbox[-1].to, ["cuc@example.org"])
        self.age_events(hours=25)
        self.act(self.manager, membership, action="resend")
        self.assertEqual(len(mail.outbox), people.LETTERS_A_DAY + 2)

    def test_address_in_capitals__is_the_same_address(self):
        for role in ("author", "editor", "approver"):
            self.invite(self.manager, role=role, email="DAO@Example.org")
        for role in ("author", "editor", "approver"):
            self.invite(self.portal.operator, role=role, organisation=self.health.pk)
        self.assertEqual(len(mail.outbox), people.LETTERS_A_DAY)


class LinkTest(ManagersTest):
    def setUp(self):
        self.invite(self.manager)
        self.link = link_in(mail.outbox[-1])
        self.invited = Membership.objects.get(user__email="dao@example.org")
        self.client.logout()

    def get(self):
        return self.client.get(self.link, headers=HOST)

    def post(self, **data):
        return self.client.post(self.link, BOTH | data, headers=HOST)

    def accepted(self):
        self.invited.refresh_from_db()
        return self.invited.accepted_at is not None

    def test_week__holds_to_its_last_hour(self):
        sent = timezone.now().timestamp()
        for hours, status in ((7 * 24 - 1, 200), (7 * 24 + 1, 410)):
            with mock.patch("django.core.signing.time.time", return_value=sent + hours * 3600):
                self.assertEqual(self.get().status_code, status)

    def test_second_click__thanks_again_and_changes_nothing(self):
        for _click in range(2):
            self.assertRedirects(self.post(), "/admin/login/", fetch_redirect_response=False)
        self.assertEqual(MembershipEvent.objects.filter(action="accepted").count(), 1)

    def test_used_link__sets_no_other_password(self):
        self.post()
        other = "Mật khẩu của người khác 1"
        self.post(new_password1=other, new_password2=other)
        self.assertTrue(User.objects.get(email="dao@example.org").check_password(PASSWORD))
        self.assertEqual(self.get().status_code, 410)

    def test_link_of_a_suspended_membership__is_refused(self):
        self.act(self.manager, self.invited, action="suspend")
        self.assertEqual(self.get().status_code, 410)
        self.assertEqual(self.post().status_code, 410)
        self.assertFalse(self.accepted())

    def test_link_of_a_closed_organisation__is_refused(self):
        close(self.building, self.health)
        self.assertEqual(self.post().status_code, 410)
        self.assertFalse(self.accepted())

    def test_link_replaced_while_it_was_open__is_refused(self):
        self.assertEqual(self.get().status_code, 200)
        people.invite_again(self.invited, self.manager)
        self.assertEqual(self.post().status_code, 410)
        self.assertFalse(self.accepted())

    def test_password_too_short__leaves_the_link_good(self):
        self.assertContains(self.post(new_password1="ngan", new_password2="ngan"), "14")
        self.assertFalse(self.accepted())
        self.post()
        self.assertTrue(self.accepted())

    def test_looking__accepts_nothing(self):
        self.get()
        self.assertFalse(self.accepted())

    def test_empty_secret_and_other_salts__open_nothing(self):
        Membership.objects.filter(pk=self.invited.pk).update(invitation="")
        for value, salt in (([self.invited.pk, ""], "organisations.invitation"), ([self.invited.pk, ""], "x")):
            token = signing.dumps(value, salt=salt)
            self.assertEqual(self.client.get(f"/loi-moi/{token}/", headers=HOST).status_code, 410)
        for value in (["x", "y"], {"a": 1}, 7, [None, None]):
            token = signing.dumps(value, salt="organisations.invitation")
            self.assertEqual(self.client.get(f"/loi-moi/{token}/", headers=HOST).status_code, 410, value)

    def test_resend__to_who_has_accepted_sends_nothing(self):
        self.post()
        self.act(self.manager, self.invited, action="resend")
        self.assertEqual(len(mail.outbox), 1)

    def test_resend__by_a_stranger_sends_nothing(self):
        self.act(self.portal.stranger, self.invited, action="resend")
        self.assertEqual(len(mail.outbox), 1)


class AtOnceTest(TwoProcessesTest):
    def setUp(self):
        super().setUp()
        self.building = make_organisation("soxaydung", "Sở Xây dựng")
        self.manager = make_person("manager", self.building, Role.MANAGER)

    def invite(self, role=Role.EDITOR):
        return people.invite(self.building, role, "dao@example.org", "Phạm Thị Đào", self.manager)

    def test_invite_twice__one_invitation_and_a_sentence(self):
        results = at_once(self.invite, self.invite)
        refused = [r for r in results if isinstance(r, ValidationError)]
        self.assertEqual(len(refused), 1, results)
        self.assertIn("vừa được mời", refused[0].messages[0])
        self.assertEqual(Membership.objects.filter(user__email="dao@example.org").count(), 1)

    def test_invite_twice_by_the_screen__no_server_error(self):
        def post():
            client = PortalClient()
            client.force_login(self.manager)
            data = {"full_name": "Đào", "email": "dao@example.org", "role": "editor", "organisation": self.building.pk}
            return client.post("/admin/nguoi-dung/moi/", data, headers=HERE).status_code

        self.assertEqual(sorted(at_once(post, post)), [200, 302])
        self.assertEqual(User.objects.filter(email="dao@example.org").count(), 1)

    def test_two_last_letters_of_the_day__one_is_sent(self):
        membership = self.invite()
        for _number in range(people.LETTERS_A_DAY - 2):
            people.note(membership, people.Action.RESENT, self.manager)
        results = at_once(*[lambda: people.invite_again(membership, self.manager)] * 2)
        self.assertEqual(sum(r is True for r in results), 1, results)
        self.assertEqual(sum(isinstance(r, ValidationError) for r in results), 1, results)

    def test_accept_twice__one_membership_and_one_password(self):
        people.send_invitation(self.invite())
        link = link_in(mail.outbox[-1])

        def click(password):
            data = {"new_password1": password, "new_password2": password}
            return PortalClient().post(link, data, headers=HERE).status_code

        self.assertEqual(at_once(lambda: click(PASSWORD), lambda: click(PASSWORD + "x")), [302, 302])
        self.assertEqual(MembershipEvent.objects.filter(action="accepted").count(), 1)

    def test_suspend_while_accepting__the_membership_gives_nothing(self):
        invited = self.invite()
        people.send_invitation(invited)
        token = link_in(mail.outbox[-1]).split("/")[2]
        at_once(lambda: people.accept(token), lambda: people.set_active(invited, False, self.manager))
        self.assertFalse(Membership.objects.active().filter(pk=invited.pk).exists())

    def test_same_role_for_two_memberships_of_one_person__second_is_told(self):
        person = make_person("dao", self.building, Role.AUTHOR)
        Membership.objects.create(user=person, organisation=self.building, role=Role.EDITOR)
        results = at_once(
            *[lambda m=m: people.change_role(m, Role.APPROVER, self.manager) for m in person.memberships.order_by("pk")]
        )
        self.assertEqual(sum(isinstance(r, ValidationError) for r in results), 1, results)
        self.assertEqual(person.memberships.filter(role=Role.APPROVER).count(), 1)
