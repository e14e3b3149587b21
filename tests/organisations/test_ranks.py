"""Who gives and takes which role: below the own, and what decides for the province by operators alone."""

from organisations import people
from organisations.models import Membership, Role
from tests.concurrency import TwoProcessesTest, at_once
from tests.factories import make_organisation, make_person
from tests.organisations.support import LIST, ManagersTest, fresh

BELOW_MANAGER = ["author", "editor", "approver"]


class GrantableTest(ManagersTest):
    def roles(self, user, organisation):
        return [role.value for role in people.grantable_roles(fresh(user), organisation)]

    def test_manager_of_an_agency__below_the_own_rank(self):
        self.assertEqual(self.roles(self.manager, self.building), BELOW_MANAGER)
        self.assertEqual(self.roles(self.manager, self.health), [])

    def test_manager_of_the_province__translators_and_neither_secretary_nor_board_nor_operator(self):
        self.assertEqual(
            sorted(self.roles(self.province_manager, self.province)), sorted([*BELOW_MANAGER, "translator"])
        )

    def test_operator__every_role_that_the_place_has(self):
        self.assertEqual(self.roles(self.portal.operator, self.building), [*BELOW_MANAGER, "manager"])
        self.assertEqual(self.roles(self.portal.operator, self.province), [role.value for role in Role])

    def test_others__none(self):
        for user in (self.portal.editor, self.portal.approver):
            self.assertEqual([r for r in self.roles(user, self.building) if r == "manager"], [])
        self.assertEqual(self.roles(self.portal.stranger, self.building), [])

    def test_manager_and_editor_in_one__stands_as_high_as_the_higher(self):
        Membership.objects.create(user=self.manager, organisation=self.building, role=Role.EDITOR)
        self.assertEqual(self.roles(self.manager, self.building), BELOW_MANAGER)


class EqualRankTest(ManagersTest):
    def assert_untouched(self, user, membership):
        """Neither suspended, nor restored, nor given another role, by screen or by function."""
        before = (membership.role, membership.is_active)
        self.act(user, membership, action="suspend")
        self.act(user, membership, action="restore")
        self.act(user, membership, role="author")
        membership.refresh_from_db()
        self.assertEqual((membership.role, membership.is_active), before)

    def test_province_manager__touches_neither_board_nor_secretary_nor_operator(self):
        for username in ("board", "secretary", "operator"):
            with self.subTest(username):
                self.assert_untouched(self.province_manager, self.membership(username))

    def test_province_manager__makes_no_member_of_the_board(self):
        make_person("province-editor", self.province, Role.EDITOR)
        membership = self.membership("province-editor")
        for role in ("board", "secretary", "operator", "manager"):
            self.assertContains(self.act(self.province_manager, membership, role=role), "không trao được vai trò này")
            self.invite(self.province_manager, role=role, organisation=self.province.pk)
        membership.refresh_from_db()
        self.assertEqual(membership.role, "editor")
        self.assertFalse(Membership.objects.filter(user__email="dao@example.org").exists())

    def test_manager__touches_no_other_manager_of_the_organisation(self):
        make_person("deputy", self.building, Role.MANAGER)
        self.assert_untouched(self.manager, self.membership("deputy"))

    def test_manager__makes_no_manager(self):
        self.assertContains(self.act(self.manager, self.membership("editor"), role="manager"), "không trao được")
        self.invite(self.manager, role="manager")
        self.assertEqual(Membership.objects.filter(organisation=self.building, role="manager").count(), 1)

    def test_operator__names_a_deputy_manager_and_a_member_of_the_board(self):
        self.invite(self.portal.operator, role="manager")
        self.act(self.portal.operator, self.membership("secretary"), role="board")
        self.assertEqual(Membership.objects.get(user__email="dao@example.org").role, "manager")
        self.assertEqual(self.membership("secretary").role, "board")

    def test_screen__offers_what_it_would_accept(self):
        page = self.as_user(self.province_manager).get(
            f"{LIST}{self.membership('board').pk}/", headers={"host": "localhost"}
        )
        self.assertContains(page, "Ban biên tập")
        self.assertNotContains(page, "Tạm dừng")
        self.assertNotContains(page, "Đổi vai trò")


class OwnMembershipTest(ManagersTest):
    def test_nobody__changes_the_own_membership(self):
        for user in (self.manager, self.portal.operator):
            membership = user.memberships.get()
            before = membership.role
            self.act(user, membership, action="suspend")
            self.act(user, membership, role="author")
            membership.refresh_from_db()
            self.assertEqual((membership.role, membership.is_active), (before, True))

    def test_nobody__changes_another_own_membership_either(self):
        second = Membership.objects.create(user=self.manager, organisation=self.building, role=Role.AUTHOR)
        self.act(self.manager, second, role="approver")
        second.refresh_from_db()
        self.assertEqual(second.role, "author")

    def test_nobody__invites_himself(self):
        for user, role in ((self.manager, "approver"), (self.portal.operator, "board")):
            organisation = user.memberships.get().organisation
            response = self.invite(user, email=user.email.upper(), role=role, organisation=organisation.pk)
            self.assertContains(response, "không thể tự mời mình")
            self.assertEqual(user.memberships.count(), 1)

    def test_rights_lost_meanwhile__hold_for_a_manager_whose_page_is_still_open(self):
        manager = self.manager
        people.may_change(manager, self.membership("editor"))  # read, and kept on the object
        manager.memberships.update(is_active=False)
        with self.assertRaises(people.PermissionDenied):
            people.change_role(self.membership("editor"), Role.AUTHOR, manager)
        self.assertEqual(self.membership("editor").role, "editor")


class LastOperatorTest(ManagersTest):
    def root(self):
        root = make_person("root", self.province, Role.MANAGER)
        root.is_superuser = True
        root.save()
        return root

    def test_last_operator__is_neither_suspended_nor_given_another_role(self):
        root, membership = self.root(), self.membership("operator")
        response = self.act(root, membership, action="suspend")
        self.assertContains(self.said(response), "người quản trị vận hành cuối cùng")
        self.assertContains(self.act(root, membership, role="editor"), "người quản trị vận hành cuối cùng")
        membership.refresh_from_db()
        self.assertEqual((membership.role, membership.is_active), ("operator", True))

    def test_one_of_two_operators__is_suspended_by_the_other(self):
        second = make_person("operator2", self.province, Role.OPERATOR)
        self.act(second, self.membership("operator"), action="suspend")
        self.assertFalse(self.membership("operator").is_active)

    def test_second_operator_who_cannot_sign_in__does_not_count(self):
        second = make_person("operator2", self.province, Role.OPERATOR)
        second.is_active = False
        second.save()
        self.act(self.root(), self.membership("operator"), action="suspend")
        self.assertTrue(self.membership("operator").is_active)


class OperatorsAtOnceTest(TwoProcessesTest):
    def test_two_operators_suspend_each_other__one_stays(self):
        province = make_organisation("quangngai", "Văn phòng UBND tỉnh", "province")
        first, second = (make_person(name, province, Role.OPERATOR) for name in ("mot", "hai"))
        at_once(
            lambda: people.set_active(second.memberships.get(), False, fresh(first)),
            lambda: people.set_active(first.memberships.get(), False, fresh(second)),
        )
        self.assertEqual(Membership.objects.at_work().filter(role=Role.OPERATOR).count(), 1)
