"""A session ends: left alone, after a day's work, by its person, with the password, with the last right."""

from datetime import timedelta

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from organisations import people
from organisations.models import Membership, Role
from organisations.signing_in.models import OpenSession, SignInEvent
from tests.client import PortalClient
from tests.factories import make_organisation, make_person

RIGHT, NEW = "mat-khau-thu-nghiem", "Mật khẩu mới đủ dài 2018"
END = "/admin/phien-dang-nhap/ket-thuc/"
ACCOUNT = "/admin/account/"
PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Mobile Safari/537.36"


class SessionsTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.building = make_organisation("soxaydung", "Sở Xây dựng")
        cls.health = make_organisation("soyte", "Sở Y tế")
        cls.editor = make_person("editor", cls.building, Role.EDITOR)
        cls.manager = make_person("manager", cls.building, Role.MANAGER)
        cls.stranger = make_person("stranger", cls.health, Role.MANAGER)

    def browser(self, user=None):
        browser = PortalClient(headers={"user-agent": PHONE})
        browser.post("/admin/login/", {"username": (user or self.editor).username, "password": RIGHT})
        return browser

    def is_in(self, browser):
        return browser.get(ACCOUNT).status_code == 200

    def age(self, **ago):
        then = timezone.now() - timedelta(**ago)
        OpenSession.objects.update(seen_at=then)

    def reasons(self):
        return list(SignInEvent.objects.filter(kind="session_ended").values_list("detail", flat=True))

    def test_half_an_hour_alone__ends_it_and_says_why(self):
        browser = self.browser()
        self.age(minutes=29)
        self.assertTrue(self.is_in(browser))
        self.age(minutes=31)
        response = browser.get(ACCOUNT, follow=True)
        self.assertContains(response, "đã kết thúc sau 30 phút không dùng")
        self.assertContains(response, "Mật khẩu")

    def test_requests__keep_it_open(self):
        browser = self.browser()
        self.age(minutes=20)
        self.assertTrue(self.is_in(browser))
        self.assertLess(timezone.now() - OpenSession.objects.get().seen_at, timedelta(minutes=1))

    def test_open_page_that_asks_by_itself__keeps_nothing_open(self):
        browser = self.browser()
        self.age(minutes=20)
        browser.post("/admin/editing-sessions/ping/news/newspage/1/1/")
        self.assertGreater(timezone.now() - OpenSession.objects.get().seen_at, timedelta(minutes=19))

    def test_twelve_hours__are_the_end_however_busy(self):
        browser = self.browser()
        OpenSession.objects.update(started_at=timezone.now() - timedelta(hours=12))
        self.assertContains(browser.get(ACCOUNT, follow=True), "đã kết thúc sau 12 giờ")

    def test_list__names_device_and_this_session(self):
        browser, _other = self.browser(), self.browser()
        response = browser.get(ACCOUNT)
        self.assertContains(response, "Chrome, Android", count=3)
        self.assertContains(response, "phiên này", count=1)
        self.assertContains(response, "Kết thúc mọi phiên khác")

    def test_browser_that_was_just_closed__is_not_listed_for_long(self):
        self.browser()
        self.age(minutes=31)
        response = self.browser().get(ACCOUNT)
        self.assertContains(response, "Chrome, Android", count=1)
        self.assertEqual(OpenSession.objects.count(), 1)

    def test_account_page__costs_the_same_with_many_sessions(self):
        browser, counts = self.browser(), []
        browser.get(ACCOUNT)
        for _number in range(2):
            for _row in range(10):
                OpenSession.objects.create(user=self.editor, device="Firefox, Linux")
            with CaptureQueriesContext(connection) as queries:
                browser.get(ACCOUNT)
            counts.append(len(queries))
        self.assertEqual(*counts)

    def test_one_ended__the_other_browser_is_out(self):
        here, there = self.browser(), self.browser()
        row = OpenSession.objects.order_by("pk").last()
        self.assertContains(here.post(END, {"phien": row.pk}, follow=True), "Đã kết thúc 1 phiên.")
        self.assertEqual((self.is_in(here), self.is_in(there)), (True, False))
        self.assertIn("do chính người dùng kết thúc", self.reasons()[0])

    def test_all_others_ended__this_one_stays(self):
        here, *others = (self.browser() for _number in range(3))
        here.post(END, {"phien": "khac"})
        self.assertTrue(self.is_in(here))
        self.assertFalse(any(self.is_in(other) for other in others))

    def test_session_of_somebody_else__is_not_ended(self):
        mine, theirs = self.browser(), self.browser(self.stranger)
        for chosen in (OpenSession.objects.get(user=self.stranger).pk, "khac", "x", "", "9" * 30):
            mine.post(END, {"phien": chosen})
        self.assertTrue(self.is_in(theirs))

    def test_somebody_signed_out__is_led_to_signing_in(self):
        self.assertRedirects(PortalClient().post(END), f"/admin/login/?next={END}", fetch_redirect_response=False)

    def test_address_opened__ends_nothing(self):
        here, there = self.browser(), self.browser()
        self.assertEqual(here.get(f"{END}?phien=khac").status_code, 405)
        self.assertTrue(self.is_in(there))

    def test_suspended__all_end(self):
        browser = self.browser()
        people.set_active(self.editor.memberships.get(), False, self.manager)
        self.assertFalse(self.is_in(browser))
        self.assertFalse(OpenSession.objects.filter(user=self.editor).exists())

    def test_last_role_gone__all_end_and_one_of_two_ends_none(self):
        second = Membership.objects.create(user=self.editor, organisation=self.health, role=Role.AUTHOR)
        browser = self.browser()
        second.delete()
        self.assertTrue(self.is_in(browser))
        self.editor.memberships.get().delete()
        self.assertFalse(OpenSession.objects.filter(user=self.editor).exists())

    def test_account_closed__all_end(self):
        self.browser()
        self.editor.is_active = False
        self.editor.save()
        self.assertFalse(OpenSession.objects.exists())

    def test_new_password__ends_all_but_the_browser_it_was_typed_in(self):
        here, there = self.browser(), self.browser()
        fields = {"password-old_password": RIGHT, "password-new_password1": NEW, "password-new_password2": NEW}
        profile = {"name_email-full_name": "Lê Văn Sửa", "theme-theme": "system", "theme-contrast": "system"}
        profile |= {"theme-density": "default", "theme-keyboard_shortcuts": "on", "locale-preferred_language": "vi"}
        response = here.post(ACCOUNT, fields | profile)
        self.assertEqual(response.status_code, 302)
        self.assertEqual((self.is_in(here), self.is_in(there)), (True, False))
        self.assertEqual(OpenSession.objects.count(), 1)

    def test_name_changed__ends_nothing(self):
        here, there = self.browser(), self.browser()
        self.editor.full_name = "Lê Văn Sửa"
        self.editor.save()
        self.assertTrue(self.is_in(here) and self.is_in(there))

    def test_signing_out__is_noted_once_and_leaves_no_row(self):
        browser = self.browser()
        browser.post(reverse("wagtailadmin_logout"))
        self.assertFalse(OpenSession.objects.exists())
        self.assertEqual(list(SignInEvent.objects.values_list("kind", flat=True)), ["signed_out", "signed_in"])
