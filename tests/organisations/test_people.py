"""Managers look after the people of their own organisation, never above themselves, never beyond its border."""

import re
from unittest import mock

from django.core import mail, signing
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from organisations import people
from organisations.models import Membership, MembershipEvent, Role, User
from tests.factories import make_moderated_portal, make_person

HOST = {"host": "localhost"}
LIST, INVITE = "/admin/nguoi-dung/", "/admin/nguoi-dung/moi/"


class PeopleTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_moderated_portal()
        cls.building, cls.health = cls.portal.building, cls.portal.health
        cls.manager = make_person("manager", cls.building, Role.MANAGER)
        cls.stranger = make_person("foreign-manager", cls.health, Role.MANAGER)

    def as_user(self, user):
        self.client.force_login(user)
        return self.client

    def invite(self, user, **data):
        defaults = {
            "full_name": "Phạm Thị Đào",
            "email": "dao@example.org",
            "role": "editor",
            "organisation": self.building.pk,
        }
        return self.as_user(user).post(INVITE, defaults | data, headers=HOST)

    def act(self, user, membership, **data):
        return self.as_user(user).post(reverse("people:member", args=[membership.pk]), data, headers=HOST)

    def membership(self, username):
        return Membership.objects.get(user__username=username)


class ListTest(PeopleTest):
    def test_list__own_people_alone(self):
        response = self.as_user(self.manager).get(LIST, headers=HOST)
        self.assertContains(response, "editor@example.org")
        self.assertNotContains(response, "foreign-manager")
        self.assertNotContains(response, "secretary")

    def test_list__closed_to_who_manages_nobody(self):
        for user in (self.portal.editor, self.portal.approver, self.portal.secretary):
            response = self.as_user(user).get(LIST, headers=HOST)
            self.assertRedirects(response, "/admin/", fetch_redirect_response=False)

    def test_list__operator_sees_the_province_and_can_narrow_it(self):
        client = self.as_user(self.portal.operator)
        self.assertContains(client.get(LIST, headers=HOST), "foreign-manager")
        narrowed = client.get(LIST, {"don-vi": "soxaydung"}, headers=HOST)
        self.assertNotContains(narrowed, "foreign-manager")

    def test_search__finds_names_with_and_without_marks(self):
        person = make_person("dao", self.building, Role.EDITOR)
        person.full_name = "Phạm Thị Đào"
        person.save()
        for query in ("Đào", "dao", "PHAM THI", "thị đào"):
            response = self.as_user(self.manager).get(LIST, {"q": query}, headers=HOST)
            self.assertContains(response, "Phạm Thị Đào")
            self.assertNotContains(response, "approver2")

    def test_order__by_given_name_the_vietnamese_way(self):
        for name in ("Lê Văn Ân", "Trần An", "Ngô Đức", "Võ Dung"):
            person = make_person(name, self.building, Role.AUTHOR)
            person.full_name = name
            person.save()
        body = self.as_user(self.manager).get(LIST, headers=HOST).content.decode()
        places = [body.index(f">{name}<") for name in ("Trần An", "Lê Văn Ân", "Võ Dung", "Ngô Đức")]
        self.assertEqual(places, sorted(places))

    def test_list__costs_the_same_for_10_and_20_people(self):
        costs = []
        for batch in range(2):
            for number in range(10):
                make_person(f"p{batch}{number}", self.building, Role.AUTHOR)
            self.as_user(self.manager).get(LIST, headers=HOST)
            with CaptureQueriesContext(connection) as queries:
                self.client.get(LIST, headers=HOST)
            costs.append(len(queries))
        self.assertEqual(costs[0], costs[1])


class InviteTest(PeopleTest):
    def link(self):
        return re.search(r"/loi-moi/\S+", mail.outbox[-1].body).group()

    def test_invite__new_person_gets_a_letter_chooses_a_password_and_works(self):
        self.invite(self.manager)
        person = User.objects.get(email="dao@example.org")
        self.assertEqual(mail.outbox[0].to, ["dao@example.org"])
        self.assertIn("Sở Xây dựng", mail.outbox[0].body)
        self.assertFalse(person.has_perm("wagtailadmin.access_admin"))
        self.client.logout()
        link = self.link()
        short = self.client.post(link, {"new_password1": "ngan", "new_password2": "ngan"}, headers=HOST)
        self.assertContains(short, "14")
        password = "Mật khẩu đủ dài 2018"
        self.client.post(link, {"new_password1": password, "new_password2": password}, headers=HOST)
        self.assertTrue(self.client.login(username="dao@example.org", password=password))
        self.assertTrue(User.objects.get(pk=person.pk).has_perm("wagtailadmin.access_admin"))
        self.assertContains(self.client.get(link, headers=HOST), "không còn dùng được", status_code=410)

    def test_invite__somebody_with_an_account_keeps_it_and_gains_nothing_before_accepting(self):
        email = self.portal.stranger.email
        response = self.invite(self.manager, email=email, full_name="Tên khác")
        self.assertRedirects(response, LIST, fetch_redirect_response=False)
        stranger = User.objects.get(pk=self.portal.stranger.pk)
        self.assertNotEqual(stranger.full_name, "Tên khác")
        self.assertEqual(Membership.objects.active().filter(user=stranger).count(), 1)
        self.assertNotContains(self.client.get(LIST, headers=HOST), stranger.get_full_name() + "</a>")
        self.client.post(self.link(), headers=HOST)
        self.assertEqual(Membership.objects.active().filter(user=stranger).count(), 2)
        self.assertTrue(stranger.check_password("mat-khau-thu-nghiem"))

    def test_invite__into_another_organisation_is_refused_and_keeps_the_text(self):
        response = self.invite(self.manager, organisation=self.health.pk)
        self.assertContains(response, "Anh/Chị không quản lý đơn vị này.")
        self.assertContains(response, "dao@example.org")
        self.assertFalse(User.objects.filter(email="dao@example.org").exists())

    def test_invite__role_of_the_province_or_above_the_own_is_refused(self):
        for role in ("operator", "board", "secretary"):
            self.assertContains(self.invite(self.manager, role=role), "Vai trò", status_code=200)
        self.assertFalse(User.objects.filter(email="dao@example.org").exists())

    def test_invite__bad_input_is_named_and_kept(self):
        self.assertContains(self.invite(self.manager, email="khong-phai-thu"), "Địa chỉ thư chưa đúng")
        self.assertContains(self.invite(self.manager, full_name="Dài " * 75), "150")
        self.invite(self.manager)
        again = self.invite(self.manager)
        self.assertContains(again, "đã giữ vai trò này ở đơn vị")
        self.assertEqual(Membership.objects.filter(user__email="dao@example.org").count(), 1)

    def test_invite__closed_to_editors(self):
        self.invite(self.portal.editor)
        self.assertFalse(User.objects.filter(email="dao@example.org").exists())

    def test_invite__mail_server_down_is_said_and_nothing_is_lost(self):
        with mock.patch("organisations.people.EmailMessage.send", side_effect=OSError):
            self.invite(self.manager)
        page = self.client.get(LIST, headers=HOST)
        self.assertContains(page, "máy chủ thư không nhận thư")
        membership = Membership.objects.get(user__email="dao@example.org")
        self.act(self.manager, membership, action="resend")
        self.assertEqual(len(mail.outbox), 1)

    def test_resend__makes_the_older_letter_useless(self):
        self.invite(self.manager)
        old = self.link()
        self.act(self.manager, Membership.objects.get(user__email="dao@example.org"), action="resend")
        self.assertEqual(self.client.get(old, headers=HOST).status_code, 410)
        self.assertEqual(self.client.get(self.link(), headers=HOST).status_code, 200)

    def test_link__forged_or_expired_is_refused(self):
        self.invite(self.manager)
        link = self.link()
        self.assertEqual(self.client.get(link[:-8] + "xxxxxxx/", headers=HOST).status_code, 410)
        forged = signing.dumps([1, ""], salt="organisations.invitation")
        self.assertEqual(self.client.get(f"/loi-moi/{forged}/", headers=HOST).status_code, 410)
        with mock.patch("django.core.signing.time.time", return_value=4_102_444_800):
            self.assertEqual(self.client.get(link, headers=HOST).status_code, 410)


class ChangeTest(PeopleTest):
    def test_role__changed_and_noted(self):
        membership = self.membership("editor")
        self.act(self.manager, membership, role="author")
        membership.refresh_from_db()
        self.assertEqual(membership.role, "author")
        event = MembershipEvent.objects.get()
        self.assertEqual(
            (event.action, event.by, event.detail), ("role", self.manager, "Biên tập viên → Cộng tác viên")
        )

    def test_role__above_the_own_or_of_the_province_is_refused(self):
        membership = self.membership("editor")
        for role in ("operator", "board", "khong-co"):
            self.assertContains(self.act(self.manager, membership, role=role), "không trao được vai trò này")
        membership.refresh_from_db()
        self.assertEqual(membership.role, "editor")

    def test_suspend__holds_from_the_next_request_and_can_be_restored(self):
        membership = self.membership("editor")
        visitor = self.client_class()
        visitor.force_login(self.portal.editor)
        self.assertEqual(visitor.get("/admin/", headers=HOST).status_code, 200)
        self.act(self.manager, membership, action="suspend")
        self.assertEqual(visitor.get("/admin/", headers=HOST).status_code, 302)
        self.act(self.manager, membership, action="restore")
        self.assertEqual(visitor.get("/admin/", headers=HOST).status_code, 302)
        visitor.force_login(self.portal.editor)
        self.assertEqual(visitor.get("/admin/", headers=HOST).status_code, 200)

    def test_stranger__may_neither_see_nor_change(self):
        membership = self.membership("editor")
        url = reverse("people:member", args=[membership.pk])
        self.assertEqual(self.as_user(self.stranger).get(url, headers=HOST).status_code, 404)
        for data in ({"role": "author"}, {"action": "suspend"}, {"action": "resend"}):
            self.assertEqual(self.act(self.stranger, membership, **data).status_code, 404)
        membership.refresh_from_db()
        self.assertEqual((membership.role, membership.is_active), ("editor", True))
        self.assertFalse(MembershipEvent.objects.exists())

    def test_self__cannot_change_the_own_membership(self):
        membership = self.membership("manager")
        self.act(self.manager, membership, action="suspend")
        self.act(self.manager, membership, role="author")
        membership.refresh_from_db()
        self.assertEqual((membership.role, membership.is_active), ("manager", True))

    def test_manager_of_the_province__reaches_no_operator(self):
        manager = make_person("province-manager", self.portal.province, Role.MANAGER)
        membership = self.membership("operator")
        self.act(manager, membership, action="suspend")
        self.act(manager, membership, role="author")
        membership.refresh_from_db()
        self.assertEqual((membership.role, membership.is_active), ("operator", True))

    def test_superuser__reached_by_nobody_below(self):
        root = make_person("root", self.building, Role.EDITOR)
        root.is_superuser = True
        root.save()
        membership = self.membership("root")
        for user in (self.manager, self.portal.operator):
            self.assertEqual(self.act(user, membership, action="suspend").status_code, 404)
            self.assertNotContains(self.as_user(user).get(LIST, headers=HOST), "root@example.org")
        self.assertFalse(people.may_change(self.portal.operator, membership))

    def test_last_manager__suspended_by_the_operator_with_a_warning(self):
        response = self.act(self.portal.operator, self.membership("manager"), action="suspend")
        page = self.client.get(response.headers["Location"], headers=HOST)
        self.assertContains(page, "Đơn vị không còn ai giữ vai trò Quản trị trang.")


class StockScreensTest(PeopleTest):
    def test_wagtails_own_user_screens__closed_below_superuser(self):
        urls = [
            reverse("wagtailusers_users:index"),
            reverse("wagtailusers_users:add"),
            reverse("wagtailusers_users:edit", args=[self.portal.editor.pk]),
            reverse("wagtailusers_users:delete", args=[self.portal.editor.pk]),
            reverse("wagtailusers_groups:index"),
        ]
        for user in (self.manager, self.portal.operator):
            for url in urls:
                self.as_user(user).post(url, {"is_superuser": "on", "username": "editor"}, headers=HOST)
                self.assertEqual(self.client.get(url, headers=HOST).status_code, 302, url)
        self.assertFalse(User.objects.filter(is_superuser=True).exists())

    def test_account__own_name_in_one_field_and_no_rights_gained(self):
        client = self.as_user(self.portal.editor)
        page = client.get("/admin/account/", headers=HOST)
        self.assertContains(page, "Họ và tên")
        self.assertNotContains(page, "first_name")
        client.post(
            "/admin/account/",
            {
                "name_email-full_name": "Trần Thị Bích Ngọc",
                "name_email-phone": "",
                "notifications-submitted_notifications": "on",
                "locale-preferred_language": "vi",
                "locale-current_time_zone": "Asia/Ho_Chi_Minh",
                "theme-theme": "system",
                "theme-contrast": "system",
                "theme-density": "default",
                "theme-keyboard_shortcuts": "on",
                "is_superuser": "on",
            },
            headers=HOST,
        )
        editor = User.objects.get(pk=self.portal.editor.pk)
        self.assertEqual((editor.full_name, editor.first_name), ("Trần Thị Bích Ngọc", "Ngọc"))
        self.assertFalse(editor.is_superuser)
