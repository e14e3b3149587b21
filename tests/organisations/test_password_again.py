"""The password is asked once more before what is dangerous, and what was typed goes through the question unharmed."""

from datetime import timedelta

from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from organisations.admin_screen import AdminScreen
from organisations.models import Change, Membership, MembershipEvent
from organisations.signing_in.again import FIELD, AsksPassword
from organisations.signing_in.models import OpenSession, SignInEvent
from tests.organisations.support import HOST, INVITE, ManagersTest

RIGHT = "mat-khau-thu-nghiem"
ASKED = "Cổng hỏi lại mật khẩu"
CLOSE = "/admin/cac-trang/thay-doi/ket-thuc/"


class AgainTest(ManagersTest):
    def setUp(self):
        self.as_user(self.portal.operator)
        self.age(minutes=11)
        self.data = {
            "full_name": "Phạm Thị Đào", "email": "dao@example.org", "role": "board", "organisation": self.province.pk,
        }  # fmt: skip

    def age(self, **ago):
        OpenSession.objects.update(password_at=timezone.now() - timedelta(**ago))

    def send(self, path=INVITE, **data):
        return self.client.post(path, data or self.data, headers=HOST)

    def answer(self, password=RIGHT, path=INVITE, **data):
        return self.send(path, **(data or self.data), **{FIELD: password})

    def invited(self):
        return Membership.objects.filter(user__email="dao@example.org").exists()

    def test_inviting_to_the_board__asks_and_keeps_what_was_typed(self):
        response = self.send()
        self.assertContains(response, ASKED)
        for value in self.data.values():
            self.assertContains(response, f'value="{value}"')
        self.assertNotContains(response, 'name="csrfmiddlewaretoken" value="x"')
        self.assertFalse(self.invited())

    def test_right_password__does_what_was_sent(self):
        self.assertEqual(self.answer().status_code, 302)
        self.assertTrue(self.invited())

    def test_wrong_password__is_told_noted_and_does_nothing(self):
        response = self.answer("sai")
        self.assertContains(response, "Mật khẩu chưa đúng.")
        self.assertContains(response, "Phạm Thị Đào")
        self.assertNotContains(response, 'value="sai"')
        self.assertFalse(self.invited())
        self.assertEqual(SignInEvent.objects.filter(kind="password_wrong", user=self.portal.operator).count(), 1)

    def test_five_wrong__and_the_right_one_waits(self):
        for _number in range(5):
            self.answer("sai")
        self.assertContains(self.answer(), "Xin đợi")
        self.assertFalse(self.invited())

    def test_wrong_ones__are_counted_within_ten_minutes_of_the_right_one_too(self):
        self.age(minutes=1)
        self.assertContains(self.answer("sai"), "Mật khẩu chưa đúng.")
        self.assertFalse(self.invited())

    def test_ten_minutes__nothing_is_asked_again(self):
        self.answer()
        second = self.data | {"email": "cuc@example.org"}
        self.assertEqual(self.send(**second).status_code, 302)
        self.age(minutes=10)
        third = self.data | {"email": "mai@example.org"}
        self.assertContains(self.send(**third), ASKED)

    def test_inviting_an_editor__asks_nothing(self):
        self.assertEqual(self.send(**self.data | {"role": "editor"}).status_code, 302)

    def test_board_member__is_not_suspended_or_re_roled_unasked(self):
        member = self.portal.board.memberships.get()
        for data in ({"action": "suspend"}, {"role": "editor"}):
            self.assertContains(self.send(f"/admin/nguoi-dung/{member.pk}/", **data), ASKED)
        member.refresh_from_db()
        self.assertEqual((member.role, member.is_active), ("board", True))
        self.assertFalse(MembershipEvent.objects.exists())

    def test_button__is_carried_through(self):
        member = self.portal.board.memberships.get()
        address = f"/admin/nguoi-dung/{member.pk}/"
        self.assertContains(self.send(address, action="suspend"), 'name="action" value="suspend"')
        self.answer(path=address, action="suspend")
        member.refresh_from_db()
        self.assertFalse(member.is_active)

    def test_closing_a_site__looks_ahead_freely_and_closes_with_the_password(self):
        data = {"closing": [self.building.pk], "date": "2030-01-01", "basis": "Quyết định 1"}
        self.assertNotContains(self.send(CLOSE, **data), ASKED)
        response = self.send(CLOSE, **data, confirm="1")
        self.assertContains(response, ASKED)
        self.assertContains(response, f'name="closing" value="{self.building.pk}"')
        self.assertFalse(Change.objects.exists())
        self.answer(path=CLOSE, **data, confirm="1")
        self.assertTrue(Change.objects.exists())

    def test_who_may_not__is_refused_before_anything_is_asked(self):
        self.as_user(self.portal.stranger)
        self.age(minutes=11)
        self.assertNotContains(self.client.post(INVITE, self.data, headers=HOST, follow=True), ASKED)
        self.assertEqual(self.send(CLOSE, confirm="1").status_code, 302)

    def test_somebody_elses_password__opens_nothing(self):
        self.portal.board.set_password("Mật khẩu của người khác 1")
        self.portal.board.save()
        self.assertContains(self.answer("Mật khẩu của người khác 1"), "Mật khẩu chưa đúng.")

    def test_typing_within_another_session__holds_for_that_one_alone(self):
        self.answer()
        other = self.client_class()
        other.force_login(self.portal.operator)
        OpenSession.objects.filter(pk=other.session["phien"]).update(password_at=timezone.now() - timedelta(minutes=11))
        second = self.data | {"email": "cuc@example.org"}
        self.assertContains(other.post(INVITE, second, headers=HOST), ASKED)


class Download(AdminScreen, AsksPassword):
    """A screen that is opened, not sent."""

    def may(self, user):
        return True

    def is_dangerous(self, request):
        return True

    def get(self, request):
        return HttpResponse("names")


class OpenedTest(ManagersTest):
    def request(self, method, **data):
        self.as_user(self.portal.operator)
        OpenSession.objects.update(password_at=timezone.now() - timedelta(minutes=11))
        request = getattr(RequestFactory(), method)("/admin/ra/?kieu=csv", data)
        request.user, request.session = self.portal.operator, self.client.session
        request._messages = []
        return request

    def test_download__asks_first(self):
        response = Download.as_view()(self.request("get"))
        self.assertEqual(response.template_name, "organisations/signing_in/again.html")
        self.assertEqual(response.context_data["sent"], [("mo-lai", "1")])
