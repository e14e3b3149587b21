"""Signing out is done by a button; an address that somebody is led to does not do it."""

from django.contrib.sessions.models import Session
from django.test import TestCase

from organisations.models import Role
from tests.factories import make_organisation, make_person
from tests.organisations.support import HOST

ADDRESS = "/admin/logout/"


class SignOutTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make_person("editor", make_organisation("soxaydung", "Sở Xây dựng"), Role.EDITOR)

    def setUp(self):
        self.client.force_login(self.editor)

    def is_signed_in(self):
        return self.client.get("/admin/", headers=HOST).status_code == 200

    def test_address_opened__leaves_cookie_and_session(self):
        for method in (self.client.get, self.client.head):
            response = method(ADDRESS, headers=HOST)
            self.assertRedirects(response, "/admin/", fetch_redirect_response=False)
            self.assertNotIn("sessionid", response.cookies)
            self.assertTrue(self.is_signed_in())

    def test_button__ends_the_session_on_the_server_too(self):
        self.client.post(ADDRESS, headers=HOST)
        self.assertFalse(Session.objects.exists())
        self.assertFalse(self.is_signed_in())

    def test_stolen_cookie__is_worth_nothing_after_signing_out(self):
        key = self.client.cookies["sessionid"].value
        self.client.post(ADDRESS, headers=HOST)
        self.client.cookies["sessionid"] = key
        self.assertFalse(self.is_signed_in())

    def test_without_token__is_refused(self):
        strict = self.client_class(enforce_csrf_checks=True)
        strict.force_login(self.editor)
        self.assertContains(strict.post(ADDRESS, headers=HOST), "Phiên làm việc đã hết hạn", status_code=403)
        self.assertTrue(Session.objects.exists())

    def test_signed_out_person__is_led_to_signing_in(self):
        self.client.logout()
        response = self.client.get(ADDRESS, headers=HOST, follow=True)
        self.assertContains(response, "Mật khẩu")
