"""Wrong passwords and letters asked for: few are free, the wait grows and ends, and the answers tell nothing about accounts."""

from datetime import timedelta
from unittest import mock

from django.core import mail
from django.test import Client, TestCase, override_settings
from django.utils import timezone

from organisations.models import Role, User
from organisations.signing_in import limits
from organisations.signing_in.models import SignInEvent, Tries
from tests.concurrency import TwoProcessesTest, at_once
from tests.factories import make_organisation, make_person

RIGHT = "mat-khau-thu-nghiem"
HOME, AWAY = "203.0.113.5", "198.51.100.7"
ADMIN = {"host": "quantri.localhost"}


def later(**ago):
    """Everything that was counted happened so much earlier."""
    for row in Tries.objects.all():
        row.last_at, row.free_at = row.last_at - timedelta(**ago), row.free_at - timedelta(**ago)
        row.save()


class SignInTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make_person("editor", make_organisation("soxaydung", "Sở Xây dựng"), Role.EDITOR)

    def sign_in(self, password="sai", name="editor", address=HOME, **extra):
        data = {"username": name, "password": password}
        return Client().post("/admin/login/", data, headers=ADMIN, REMOTE_ADDR=address, **extra)

    def wrong(self, times, **where):
        for _number in range(times):
            response = self.sign_in(**where)
        return response

    def test_five_wrong__and_then_the_right_one_waits_too(self):
        self.assertNotContains(self.wrong(5), "Xin đợi")
        self.assertContains(self.sign_in(RIGHT), "Đã thử quá nhiều lần. Xin đợi 1 phút rồi thử lại.")
        later(seconds=31)
        self.assertEqual(self.sign_in(RIGHT).status_code, 302)

    def test_wait__doubles_to_a_quarter_of_an_hour_and_no_further(self):
        waits = [limits.PERSON_HERE.wait(count).total_seconds() for count in range(1, 14)]
        self.assertEqual(waits, [0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900, 900, 900])

    def test_asking_while_waiting__makes_the_wait_no_longer(self):
        self.wrong(20)
        self.assertEqual(max(Tries.objects.values_list("count", flat=True)), 5)

    def test_name_in_another_spelling__counts_for_the_same(self):
        for name in ("editor", "EDITOR", " editor", "ｅditor", "Editor "):
            self.sign_in(name=name)
        self.assertContains(self.sign_in(), "Xin đợi")

    def test_account_that_is_not_there__is_answered_like_one_that_is(self):
        for number in range(7):
            there, nowhere = self.sign_in(address=HOME), self.sign_in(name="khong-co", address=AWAY)
            answers = [r.context["form"].non_field_errors() for r in (there, nowhere)]
            self.assertEqual(*answers, number)

    def test_stranger_elsewhere__does_not_keep_the_person_out(self):
        self.wrong(30, address=AWAY)
        self.assertEqual(self.sign_in(RIGHT, address=HOME).status_code, 302)

    def test_strangers_from_everywhere__wait_and_the_person_at_the_known_desk_does_not(self):
        self.assertEqual(self.sign_in(RIGHT).status_code, 302)
        for number in range(40):
            self.sign_in(address=f"198.51.{number}.1")
        self.assertContains(self.sign_in(RIGHT, address="192.0.2.77"), "Xin đợi")
        self.assertEqual(self.sign_in(RIGHT, address=HOME).status_code, 302)

    def test_one_address_for_many_names__waits(self):
        for number in range(50):
            self.sign_in(name=f"ten-{number}")
        self.assertContains(self.sign_in(name="mot-ten-khac"), "Xin đợi")
        self.assertNotContains(self.sign_in(name="mot-ten-khac", address=AWAY), "Xin đợi")

    def test_own_account_in_between__does_not_free_the_address(self):
        for number in range(50):
            self.sign_in(name=f"ten-{number}")
            self.sign_in(RIGHT)
        self.assertContains(self.sign_in(name="mot-ten-khac"), "Xin đợi")

    @override_settings(PROXIES=1)
    def test_address_behind_our_proxy__is_the_one_that_the_proxy_saw(self):
        for number in range(5):
            self.sign_in(HTTP_X_FORWARDED_FOR=f"10.0.0.{number}, {AWAY}")
        self.assertContains(self.sign_in(HTTP_X_FORWARDED_FOR=f"10.9.9.9, {AWAY}"), "Xin đợi")
        self.assertNotContains(self.sign_in(HTTP_X_FORWARDED_FOR=HOME), "Xin đợi")

    def test_addresses_of_one_network_of_the_new_kind__are_one(self):
        self.assertEqual(limits.neighbourhood("2001:db8:1:2::5"), limits.neighbourhood("2001:0db8:1:2:9::1"))

    def test_right_password__forgets_the_wrong_ones(self):
        self.wrong(4)
        self.sign_in(RIGHT)
        self.assertNotContains(self.wrong(4), "Xin đợi")

    def test_day_later__begins_anew(self):
        self.wrong(5)
        later(days=2)
        self.assertNotContains(self.wrong(5), "Xin đợi")

    def test_name_that_was_typed__is_kept_nowhere(self):
        self.sign_in(name="mat-khau-go-nham-cho")
        event = SignInEvent.objects.get()
        self.assertEqual((event.kind, event.user, event.detail), ("failed", None, ""))
        self.assertFalse(Tries.objects.filter(subject__contains="mat-khau").exists())


class ResetTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make_person("editor", make_organisation("soxaydung", "Sở Xây dựng"), Role.EDITOR)

    def ask(self, email="editor@example.org", address=HOME):
        return self.client.post("/admin/password_reset/", {"email": email}, REMOTE_ADDR=address)

    def test_letter__leads_to_the_admin(self):
        self.assertEqual(self.ask().status_code, 302)
        self.assertIn("://quantri.localhost", mail.outbox[0].body)

    def test_fourth_letter__is_refused_with_the_time_to_wait(self):
        for _number in range(3):
            self.ask()
        self.assertContains(self.ask(), "Xin đợi 15 phút")
        self.assertEqual(len(mail.outbox), 3)

    def test_address_of_nobody__is_answered_alike(self):
        for _number in range(5):
            somebody, nobody = self.ask(), self.ask("khong-co@example.org", AWAY)
            self.assertEqual(somebody.status_code, nobody.status_code)
            self.assertEqual(somebody.headers.get("Location"), nobody.headers.get("Location"))

    def test_many_addresses_of_mail_from_one_place__wait(self):
        for number in range(20):
            self.ask(f"ten-{number}@example.org")
        self.assertContains(self.ask("mot-ten-khac@example.org"), "Xin đợi")

    def test_letter__is_not_written_in_the_request_where_there_is_a_worker(self):
        with mock.patch("organisations.signing_in.forms.send_reset_letter") as letter:
            self.ask()
            self.ask("khong-co@example.org")
        self.assertEqual(letter.enqueue.call_count, 2)
        self.assertEqual(mail.outbox, [])


class AtOnceTest(TwoProcessesTest):
    def test_eight_wrong_at_once__five_are_looked_at(self):
        make_person("editor", make_organisation("soxaydung", "Sở Xây dựng"), Role.EDITOR)

        def wrong():
            data = {"username": "editor", "password": "sai"}
            return "Xin đợi" in Client().post("/admin/login/", data, headers=ADMIN).content.decode()

        self.assertEqual(sorted(at_once(*[wrong] * 8)), [False] * 5 + [True] * 3)
        self.assertEqual(SignInEvent.objects.filter(kind="failed").count(), 5)
        self.assertEqual(User.objects.count(), 1)
        self.assertLess(max(Tries.objects.values_list("free_at", flat=True)), timezone.now() + timedelta(minutes=1))
