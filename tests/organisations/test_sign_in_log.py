"""The log of signing in: for operators' eyes, changed by nobody, taken along as a file or as lines of JSON."""

import io
import json
from datetime import timedelta

from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from organisations.signing_in.models import OpenSession, SignInEvent
from tests.organisations.support import HOST, ManagersTest

LOG = "/admin/nhat-ky-dang-nhap/"


class LogTest(ManagersTest):
    def setUp(self):
        self.manager.full_name = "Lê Thị Quản"
        self.manager.save()
        self.note(user=self.manager)
        self.note(kind="failed", user=None, address="198.51.100.7")
        self.as_user(self.portal.operator)

    def note(self, **fields):
        known = {"kind": "signed_in", "address": "203.0.113.5", "device": "Chrome, Android"}
        return SignInEvent.objects.create(**known | fields)

    def get(self, path=LOG, **asked):
        return self.client.get(path, asked, headers=HOST)

    def shown(self, **asked):
        return [event.address for event in self.get(**asked).context["object_list"]]

    def test_operator__sees_who_came_and_who_could_not(self):
        response = self.get()
        self.assertContains(response, "Lê Thị Quản")
        self.assertContains(response, "198.51.100.7")
        self.assertContains(response, "Đăng nhập không được")

    def test_person_without_marks__address_and_kind__are_found(self):
        self.assertEqual(self.shown(person="le thi quan"), ["203.0.113.5"])
        self.assertEqual(self.shown(address="198.51."), ["198.51.100.7"])
        self.assertEqual(self.shown(kind="failed"), ["198.51.100.7"])

    def test_nobody_else__sees_anything(self):
        for user in (self.manager, self.portal.board, self.portal.secretary, self.portal.stranger):
            self.as_user(user)
            for path in (LOG, f"{LOG}ket-qua/"):
                response = self.get(path)
                self.assertNotContains(response, "198.51.100.7", status_code=302)

    def test_nothing_changes_or_deletes_it(self):
        before = SignInEvent.objects.count()
        for method in (self.client.post, self.client.put, self.client.patch, self.client.delete):
            self.assertEqual(method(LOG, headers=HOST).status_code, 405)
        self.assertEqual(SignInEvent.objects.count(), before)

    def test_file__asks_for_the_password_and_names_the_person(self):
        OpenSession.objects.update(password_at=timezone.now() - timedelta(minutes=11))
        self.assertContains(self.get(export="csv"), "Cổng hỏi lại mật khẩu")
        sent = {"mo-lai": "1", "nhap-lai-mat-khau": "mat-khau-thu-nghiem"}
        response = self.client.post(f"{LOG}?export=csv", sent, headers=HOST)
        self.assertRedirects(response, f"{LOG}?export=csv", fetch_redirect_response=False)
        self.assertIn("Lê Thị Quản", b"".join(self.get(export="csv").streaming_content).decode())

    def test_wrong_password_for_the_file__asks_again(self):
        OpenSession.objects.update(password_at=timezone.now() - timedelta(minutes=11))
        sent = {"mo-lai": "1", "nhap-lai-mat-khau": "sai"}
        response = self.client.post(f"{LOG}?export=csv", sent, headers=HOST)
        self.assertContains(response, "Mật khẩu chưa đúng.")
        self.assertContains(response, 'name="mo-lai" value="1"')

    def test_many_rows__cost_the_same(self):
        counts = []
        for number in (10, 20):
            for _row in range(number):
                self.note(user=self.manager, by=self.portal.operator)
            with CaptureQueriesContext(connection) as queries:
                self.get()
            counts.append(len(queries))
        self.assertEqual(*counts)

    def test_lines__are_json_oldest_first_and_go_on_where_they_stopped(self):
        out = io.StringIO()
        call_command("export_sign_ins", stdout=out)
        lines = [json.loads(line) for line in out.getvalue().splitlines()]
        self.assertEqual([line["user"] for line in lines[:2]], ["manager", None])
        self.assertEqual(set(lines[0]), {"id", "at", "kind", "user", "by", "address", "device", "detail"})
        rest = io.StringIO()
        call_command("export_sign_ins", after=lines[0]["id"], stdout=rest)
        self.assertEqual(len(rest.getvalue().splitlines()), len(lines) - 1)

    def test_account_deleted__what_happened_stays(self):
        SignInEvent.objects.filter(user=self.manager).update(by=self.portal.stranger)
        before = SignInEvent.objects.count()
        self.portal.stranger.delete()
        self.assertGreaterEqual(SignInEvent.objects.count(), before)
