"""The second factor: asked for after the password, taken once, demanded from a day on, taken away by operators alone."""

import re
import time
from datetime import timedelta
from unittest import mock

import pyotp
from django.core import mail
from django.test import Client, override_settings
from django.utils import timezone

from organisations.models import Role, User
from organisations.signing_in import factors
from organisations.signing_in.models import OpenSession, RecoveryCode, SecondFactor, SignInEvent
from tests.client import PortalClient
from tests.concurrency import TwoProcessesTest, at_once
from tests.factories import make_organisation, make_person
from tests.organisations.support import HOST, ManagersTest

RIGHT = "mat-khau-thu-nghiem"
SIGN_IN, CODE, SET_UP, ACCOUNT = (
    "/admin/login/",
    "/admin/login/ma-xac-nhan/",
    "/admin/xac-thuc-buoc-hai/",
    "/admin/account/",
)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code(steps=0, secret=SECRET):
    """What the app shows, `steps` half minutes from now."""
    return pyotp.TOTP(secret).at(int(time.time()) + steps * factors.STEP_SECONDS)


def give_factor(user):
    """`user` has the app with SECRET, set up a while ago; gives the recovery codes."""
    codes = factors.set_up(user, SECRET, code())
    SecondFactor.objects.filter(user=user).update(last_step=0)
    return codes


class FactorTest(ManagersTest):
    def setUp(self):
        self.codes = give_factor(self.manager)

    def half_in(self, user=None, **data):
        browser = PortalClient()
        name = (user or self.manager).username
        self.answer = browser.post(SIGN_IN, {"username": name, "password": RIGHT} | data)
        return browser

    def is_in(self, browser):
        return browser.get(ACCOUNT).status_code == 200

    def kinds(self):
        return list(SignInEvent.objects.order_by("pk").values_list("kind", flat=True))


class EnteringTest(FactorTest):
    def test_password_alone__opens_nothing(self):
        browser = self.half_in()
        self.assertRedirects(self.answer, CODE, fetch_redirect_response=False)
        self.assertFalse(self.is_in(browser))
        self.assertFalse(OpenSession.objects.exists())
        self.assertContains(browser.get(CODE), "Nhập mã xác nhận")

    def test_code__lets_in_and_leads_to_where_one_wanted(self):
        browser = self.half_in(next="/admin/nguoi-dung/")
        response = browser.post(CODE, {"code": code()})
        self.assertRedirects(response, "/admin/nguoi-dung/", fetch_redirect_response=False)
        self.assertTrue(self.is_in(browser))
        self.assertTrue(OpenSession.objects.get().with_factor)

    def test_code_in_other_spellings__is_the_same(self):
        shown = code()
        wide = "".join(chr(ord(sign) + 0xFEE0) for sign in shown)
        arabic = "".join(chr(0x0660 + int(sign)) for sign in shown)
        for typed in (f"{shown[:3]} {shown[3:]}", f" {shown}\u200b", f"{shown[:3]}-{shown[3:]}", wide, arabic):
            self.assertIsNotNone(factors.step_of(SECRET, typed), typed)

    def test_used_code__is_refused_the_second_time(self):
        shown = code()
        self.half_in().post(CODE, {"code": shown})
        browser = self.half_in()
        self.assertContains(browser.post(CODE, {"code": shown}), "Mã chưa đúng hoặc đã dùng")
        self.assertFalse(self.is_in(browser))

    def test_code_before_the_last_one__is_refused(self):
        self.half_in().post(CODE, {"code": code()})
        browser = self.half_in()
        browser.post(CODE, {"code": code(-1)})
        self.assertFalse(self.is_in(browser))

    def test_clock_off_by_half_a_minute__is_forgiven_and_by_two_minutes_not(self):
        self.assertIsNotNone(factors.step_of(SECRET, code(1)))
        self.assertIsNone(factors.step_of(SECRET, code(4)))
        self.assertIsNone(factors.step_of(SECRET, code(-4)))

    def test_wrong_codes__wait_after_five_and_are_noted(self):
        browser = self.half_in()
        for _number in range(5):
            browser.post(CODE, {"code": "000 00x"})
        self.assertContains(browser.post(CODE, {"code": code()}), "Xin đợi")
        self.assertFalse(self.is_in(browser))
        self.assertEqual(self.kinds().count("code_wrong"), 5)

    def test_password_once_more__frees_no_tries(self):
        for _number in range(5):
            self.half_in().post(CODE, {"code": "000 00x"})
        self.assertContains(self.half_in().post(CODE, {"code": code()}), "Xin đợi")

    def test_recovery_code__is_good_once(self):
        browser = self.half_in()
        self.assertEqual(browser.post(CODE, {"code": self.codes[0].lower().replace("-", " ")}).status_code, 302)
        self.assertTrue(self.is_in(browser))
        self.assertIn("recovery_used", self.kinds())
        again = self.half_in()
        again.post(CODE, {"code": self.codes[0]})
        self.assertFalse(self.is_in(again))

    def test_recovery_code_of_somebody_else__is_refused(self):
        others = give_factor(self.province_manager)
        browser = self.half_in()
        browser.post(CODE, {"code": others[0]})
        self.assertFalse(self.is_in(browser))
        self.assertEqual(RecoveryCode.objects.filter(user=self.province_manager).count(), 10)

    def test_code_screen__without_the_password_leads_back(self):
        for method in ("get", "post"):
            response = getattr(PortalClient(), method)(CODE, {"code": code()})
            self.assertRedirects(response, SIGN_IN, fetch_redirect_response=False)

    def test_half_way__is_open_for_five_minutes(self):
        browser = self.half_in()
        with mock.patch("organisations.signing_in.entering.time.time", return_value=time.time() + 301):
            self.assertRedirects(browser.post(CODE, {"code": code()}), SIGN_IN, fetch_redirect_response=False)

    def test_half_way__ends_with_a_new_password_and_a_closed_account(self):
        browser = self.half_in()
        self.manager.is_active = False
        self.manager.save()
        browser.post(CODE, {"code": code()})
        self.assertFalse(self.is_in(browser))
        self.manager.is_active = True
        self.manager.set_password("Mật khẩu mới đủ dài 2018")
        self.manager.save()
        browser.post(CODE, {"code": code()})
        self.assertFalse(self.is_in(browser))

    def test_address_elsewhere__is_not_where_one_is_led(self):
        browser = self.half_in(next="https://example.org/")
        self.assertEqual(browser.post(CODE, {"code": code()}).headers["Location"], "/admin/")

    def test_without_a_factor__the_password_is_enough(self):
        self.assertTrue(self.is_in(self.half_in(self.province_manager)))

    def test_database__keeps_neither_secret_nor_codes(self):
        kept = SecondFactor.objects.get(user=self.manager).secret
        digests = " ".join(RecoveryCode.objects.values_list("digest", flat=True))
        self.assertNotIn(SECRET, kept)
        self.assertFalse([one for one in self.codes if one in digests or one.replace("-", "") in digests])


class SettingUpTest(ManagersTest):
    def setUp(self):
        self.as_user(self.manager)

    def secret(self):
        return re.search(r'pp-secret">(\w+)<', self.client.get(SET_UP).content.decode()).group(1)

    def confirm(self, typed):
        return self.client.post(SET_UP, {"code": typed})

    def test_picture__lies_in_the_page_and_the_policy_lets_it(self):
        response = self.client.get(SET_UP)
        self.assertContains(response, 'src="data:image/svg+xml')
        self.assertIn("img-src 'self' data:", response.headers["Content-Security-Policy"])
        self.assertNotIn("<svg", response.content.decode().split("pp-qr")[1].split(">")[0])
        self.assertIn("no-store", response.headers["Cache-Control"])

    def test_right_code__sets_it_and_shows_the_recovery_codes_once(self):
        response = self.confirm(code(secret=self.secret()))
        self.assertContains(response, "Mỗi mã dùng một lần")
        self.assertEqual(len(re.findall(r"<li><code>[\w]{5}-[\w]{5}</code>", response.content.decode())), 10)
        self.assertNotContains(self.client.get(SET_UP), response.context["codes"][0])
        self.assertTrue(SecondFactor.objects.filter(user=self.manager).exists())
        self.assertTrue(OpenSession.objects.get(user=self.manager).with_factor)

    def test_code_of_setting_up__lets_nobody_in(self):
        shown = code(secret=self.secret())
        self.confirm(shown)
        browser = PortalClient()
        browser.post(SIGN_IN, {"username": "manager", "password": RIGHT})
        self.assertContains(browser.post(CODE, {"code": shown}), "đã dùng")

    def test_wrong_code__sets_nothing_and_keeps_the_picture(self):
        before = self.secret()
        self.assertContains(self.confirm("123"), "Mã chưa đúng")
        self.assertEqual(self.secret(), before)
        self.assertFalse(SecondFactor.objects.exists())

    def test_password__is_asked_again_first(self):
        OpenSession.objects.update(password_at=timezone.now() - timedelta(minutes=11))
        self.assertContains(self.client.get(SET_UP), "Cổng hỏi lại mật khẩu")

    def test_other_browsers__sign_in_anew(self):
        other = PortalClient()
        other.force_login(self.manager)
        self.confirm(code(secret=self.secret()))
        self.assertEqual(other.get(ACCOUNT).status_code, 302)
        self.assertEqual(self.client.get(ACCOUNT).status_code, 200)

    def test_session_in_which_it_was_not_shown__changes_nothing(self):
        give_factor(self.manager)
        before = SecondFactor.objects.get().secret
        self.client.post(SET_UP, {"code": code()})
        self.assertEqual(SecondFactor.objects.get().secret, before)

    def test_account_page__says_whether_there_is_one(self):
        self.assertContains(self.client.get(ACCOUNT), "Đặt xác thực bước hai")
        self.confirm(code(secret=self.secret()))
        self.assertContains(self.client.get(ACCOUNT), "Còn 10 mã dự phòng")


class DemandTest(FactorTest):
    def demanded(self, days=0):
        day = timezone.localdate() + timedelta(days=days)
        return override_settings(SECOND_FACTOR_FROM=day)

    def test_from_the_day_on__who_decides_sets_it_up_before_anything_else(self):
        with self.demanded():
            for user in (self.portal.board, self.portal.secretary, self.portal.approver, self.portal.operator):
                self.as_user(user)
                for path in ("/admin/", "/admin/pages/", ACCOUNT):
                    self.assertRedirects(self.client.get(path), SET_UP, fetch_redirect_response=False)
                self.assertContains(self.client.get(SET_UP), "Xin đặt trước khi làm việc")

    def test_until_the_day_and_for_other_roles__nothing_is_demanded(self):
        with self.demanded(days=1):
            self.assertEqual(self.as_user(self.portal.board).get("/admin/").status_code, 200)
        with self.demanded():
            self.assertEqual(self.as_user(self.portal.editor).get("/admin/").status_code, 200)
        self.assertEqual(self.as_user(self.portal.board).get("/admin/").status_code, 200)

    def test_who_has_set_it_up__works(self):
        with self.demanded():
            browser = self.half_in()
            browser.post(CODE, {"code": code()})
            self.assertTrue(self.is_in(browser))

    def test_session_from_before_without_it__signs_in_anew(self):
        self.as_user(self.manager)
        with self.demanded():
            self.assertRedirects(self.client.get(ACCOUNT), SIGN_IN, fetch_redirect_response=False)

    def test_signing_out__stays_open(self):
        self.as_user(self.portal.board)
        with self.demanded():
            self.client.post("/admin/logout/")
        self.assertFalse(OpenSession.objects.exists())


class ResetFactorTest(FactorTest):
    def take(self, by, person=None, **data):
        membership = (person or self.manager).memberships.get()
        return self.as_user(by).post(
            f"/admin/nguoi-dung/{membership.pk}/", {"action": "reset-factor"} | data, headers=HOST
        )

    def has_factor(self, person=None):
        return SecondFactor.objects.filter(user=person or self.manager).exists()

    def test_operator__takes_it_away_and_the_person_is_told(self):
        browser = self.half_in()
        browser.post(CODE, {"code": code()})
        self.take(self.portal.operator)
        self.assertFalse(self.has_factor())
        self.assertFalse(RecoveryCode.objects.filter(user=self.manager).exists())
        self.assertFalse(self.is_in(browser))
        self.assertEqual(mail.outbox[0].to, [self.manager.email])
        self.assertIn("đã gỡ xác thực bước hai", mail.outbox[0].body)
        event = SignInEvent.objects.get(kind="factor_reset")
        self.assertEqual((event.user, event.by), (self.manager, self.portal.operator))

    def test_nobody_else__may(self):
        for user in (self.province_manager, self.portal.stranger, self.portal.board, self.manager):
            self.take(user)
            self.assertTrue(self.has_factor(), user)
        self.assertEqual(mail.outbox, [])

    def test_manager_of_the_same_organisation__may_not(self):
        editor = self.portal.editor
        give_factor(editor)
        self.take(self.manager, editor)
        self.assertTrue(self.has_factor(editor))

    def test_operators_own__stays(self):
        give_factor(self.portal.operator)
        self.take(self.portal.operator, self.portal.operator)
        self.assertTrue(self.has_factor(self.portal.operator))

    def test_password__is_asked_again(self):
        self.as_user(self.portal.operator)
        OpenSession.objects.update(password_at=timezone.now() - timedelta(minutes=11))
        address = f"/admin/nguoi-dung/{self.manager.memberships.get().pk}/"
        response = self.client.post(address, {"action": "reset-factor"}, headers=HOST)
        self.assertContains(response, "Cổng hỏi lại mật khẩu")
        self.assertTrue(self.has_factor())

    def test_mail_server_down__is_told_and_it_is_done(self):
        with mock.patch("organisations.signing_in.setting_up.EmailMessage.send", side_effect=OSError):
            response = self.take(self.portal.operator)
        self.assertContains(self.said(response), "máy chủ thư không nhận thư báo")
        self.assertFalse(self.has_factor())


class AtOnceTest(TwoProcessesTest):
    def setUp(self):
        super().setUp()
        self.person = make_person("manager", make_organisation("soxaydung", "Sở Xây dựng"), Role.MANAGER)
        self.codes = give_factor(self.person)

    def enter(self, typed):
        browser = Client(headers={"host": "quantri.localhost"})
        browser.post(SIGN_IN, {"username": "manager", "password": RIGHT})
        browser.post(CODE, {"code": typed})
        return browser.get(ACCOUNT).status_code

    def test_one_code_in_two_processes__lets_one_in(self):
        shown = code()
        self.assertEqual(sorted(at_once(*[lambda: self.enter(shown)] * 2)), [200, 302])

    def test_one_recovery_code_in_two_processes__lets_one_in(self):
        self.assertEqual(sorted(at_once(*[lambda: self.enter(self.codes[0])] * 2)), [200, 302])
        self.assertEqual(RecoveryCode.objects.count(), 9)

    def test_set_up_twice_at_once__leaves_one_factor_with_its_codes(self):
        results = at_once(*[lambda: factors.set_up(User.objects.get(), SECRET, code())] * 2)
        self.assertEqual(SecondFactor.objects.count(), 1)
        self.assertEqual(RecoveryCode.objects.count(), 10)
        self.assertEqual([len(codes) for codes in results], [10, 10])
