"""A role goes on at a successor once, as it was on the closing day, and never where the person is known already."""

from datetime import timedelta

from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from organisations.models import Membership, MembershipEvent, Role
from organisations.succession import move, offers_to
from tests.concurrency import TwoProcessesTest, at_once
from tests.factories import make_organisation, make_person
from tests.organisations.support import HOST, close, fresh, note_on

Action = MembershipEvent.Action


class OffersTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.old = make_organisation("sotttt", "Sở Thông tin và Truyền thông")
        cls.science = make_organisation("sokhcn", "Sở Khoa học và Công nghệ")
        cls.culture = make_organisation("sovhttdl", "Sở Văn hóa, Thể thao và Du lịch")
        cls.person = make_person("nhan", cls.old, Role.MANAGER)
        cls.membership = cls.person.memberships.get()

    def offers(self):
        return [(m.role, s.code) for m, s in offers_to(fresh(self.person))]

    def take_up(self, successor, person=None):
        self.client.force_login(person or self.person)
        data = {"offer": f"{self.membership.pk}-{successor.pk}"}
        return self.client.post(reverse("sites:take_up"), data, headers=HOST)

    def roles_at(self, organisation):
        return [m.role for m in Membership.objects.filter(user=self.person, organisation=organisation)]

    def test_offer__role_of_the_closing_day_at_each_successor(self):
        close(self.old, self.science, self.culture)
        self.assertEqual(self.offers(), [("manager", "sokhcn"), ("manager", "sovhttdl")])

    def test_offer__spent_at_one_successor_is_spent_at_the_other(self):
        close(self.old, self.science, self.culture)
        self.take_up(self.science)
        self.take_up(self.culture)
        self.assertEqual((self.roles_at(self.science), self.roles_at(self.culture)), (["manager"], []))
        self.assertEqual(self.offers(), [])

    def test_offer__stays_spent_when_the_new_membership_is_gone(self):
        close(self.old, self.science)
        self.take_up(self.science)
        Membership.objects.filter(user=self.person, organisation=self.science).delete()
        self.assertEqual(self.offers(), [])

    def test_demoted_at_the_successor__does_not_come_back_as_what_he_was(self):
        close(self.old, self.science)
        self.take_up(self.science)
        Membership.objects.filter(user=self.person, organisation=self.science).update(role=Role.AUTHOR)
        self.take_up(self.science)
        self.assertEqual(self.roles_at(self.science), ["author"])

    def test_suspended_at_the_successor__does_not_come_back(self):
        close(self.old, self.science)
        Membership.objects.create(user=self.person, organisation=self.science, role=Role.AUTHOR, is_active=False)
        self.take_up(self.science)
        self.assertEqual(self.roles_at(self.science), ["author"])

    def test_invited_at_the_successor_and_not_accepted__is_known_there(self):
        close(self.old, self.science)
        Membership.objects.create(user=self.person, organisation=self.science, role=Role.AUTHOR, accepted_at=None)
        self.assertEqual(self.offers(), [])

    def test_raised_after_the_closing_day__is_offered_nothing(self):
        close(self.old, self.science)
        for action in (Action.ROLE_CHANGED, Action.RESTORED, Action.ACCEPTED, Action.MOVED):
            with self.subTest(action):
                MembershipEvent.objects.all().delete()
                note_on(self.membership, action, self.old.valid_to)
                self.assertEqual(len(self.offers()), 1)
                note_on(self.membership, action, self.old.valid_to + timedelta(days=1))
                self.assertEqual(self.offers(), [])

    def test_raised_in_the_first_hours_after_the_last_day__counts_by_the_provinces_clock(self):
        close(self.old, self.science)
        event = MembershipEvent.objects.create(membership=self.membership, action=Action.ROLE_CHANGED)
        # 00:30 in Quảng Ngãi is still the last day in UTC.
        first_hour = timezone.make_aware(
            timezone.datetime.combine(self.old.valid_to + timedelta(days=1), timezone.datetime.min.time())
        ) + timedelta(minutes=30)
        MembershipEvent.objects.filter(pk=event.pk).update(at=first_hour)
        self.assertEqual(self.offers(), [])

    def test_suspended_at_the_closed_one__is_offered_nothing_and_stays_out(self):
        close(self.old, self.science)
        Membership.objects.update(is_active=False)
        self.assertEqual(self.offers(), [])
        self.assertFalse(fresh(self.person).has_perm("wagtailadmin.access_admin"))

    def test_admin__open_while_there_is_an_offer_and_no_longer(self):
        close(self.old, self.science)
        self.assertTrue(fresh(self.person).has_perm("wagtailadmin.access_admin"))
        self.science.valid_to = self.old.valid_to
        self.science.save()
        self.assertFalse(fresh(self.person).has_perm("wagtailadmin.access_admin"))

    def test_account_switched_off__is_offered_nothing(self):
        close(self.old, self.science)
        self.person.is_active = False
        self.person.save()
        self.assertEqual(self.offers(), [])

    def test_offer__of_another_person_changes_nothing(self):
        close(self.old, self.science)
        stranger = make_person("la", self.culture, Role.EDITOR)
        self.take_up(self.science, stranger)
        self.assertFalse(Membership.objects.filter(organisation=self.science).exists())

    def test_two_roles__one_of_them_goes_on(self):
        second = Membership.objects.create(user=self.person, organisation=self.old, role=Role.APPROVER)
        close(self.old, self.science)
        self.assertEqual(self.offers(), [("manager", "sokhcn"), ("approver", "sokhcn")])
        self.assertIsNotNone(move(second, self.science))
        self.assertIsNone(move(self.membership, self.science))
        self.assertEqual(self.roles_at(self.science), ["approver"])

    def test_successor_closed_in_turn__carried_over_role_goes_on_from_there_alone(self):
        close(self.old, self.science, days_ago=5)
        moved = move(self.membership, self.science)
        MembershipEvent.objects.filter(membership=moved).update(at=timezone.now() - timedelta(days=4))
        close(self.science, self.culture, days_ago=2)
        self.assertEqual(self.offers(), [("manager", "sovhttdl")])
        moved.role = Role.EDITOR
        moved.save()
        self.assertEqual(self.offers(), [("editor", "sovhttdl")])

    def test_move__notes_where_from_and_keeps_the_old_membership(self):
        close(self.old, self.science)
        moved = move(self.membership, self.science)
        event = MembershipEvent.objects.get(membership=moved)
        self.assertEqual((event.action, event.detail), ("moved", "Sở Thông tin và Truyền thông"))
        self.membership.refresh_from_db()
        self.assertTrue(self.membership.is_active)
        self.assertIsNotNone(self.membership.carried_over_at)


class SuccessorsManagerTest(TestCase):
    """The manager of one successor reaches the people of the closed one, and raises nobody by it."""

    @classmethod
    def setUpTestData(cls):
        cls.old = make_organisation("sotttt", "Sở Thông tin và Truyền thông")
        cls.science = make_organisation("sokhcn", "Sở Khoa học và Công nghệ")
        cls.culture = make_organisation("sovhttdl", "Sở Văn hóa, Thể thao và Du lịch")
        cls.editor = make_person("nhan", cls.old, Role.EDITOR)
        cls.manager = make_person("truong", cls.science, Role.MANAGER)
        close(cls.old, cls.science, cls.culture)

    def act(self, **data):
        self.client.force_login(self.manager)
        url = reverse("people:member", args=[self.editor.memberships.get().pk])
        return self.client.post(url, data, headers=HOST)

    def test_manager__sees_the_people_and_may_suspend_them(self):
        self.client.force_login(self.manager)
        page = self.client.get(reverse("people:member", args=[self.editor.memberships.get().pk]), headers=HOST)
        self.assertContains(page, "Tạm dừng")
        self.assertNotContains(page, "Đổi vai trò")
        self.act(action="suspend")
        self.assertFalse(self.editor.memberships.get().is_active)
        self.assertEqual(offers_to(fresh(self.editor)), [])

    def test_manager__gives_no_role_at_the_closed_one(self):
        for role in ("manager", "approver", "author"):
            self.act(role=role)
            self.assertEqual(self.editor.memberships.get().role, "editor")
        self.assertEqual([(m.role, s.code) for m, s in offers_to(fresh(self.editor))][1], ("editor", "sovhttdl"))

    def test_manager__restores_nobody_at_the_closed_one(self):
        self.editor.memberships.update(is_active=False)
        self.act(action="restore")
        self.assertFalse(self.editor.memberships.get().is_active)

    def test_invitation_of_the_closed_one__is_not_sent_again_nor_accepted(self):
        self.editor.memberships.update(accepted_at=None)
        self.act(action="resend")
        self.assertFalse(MembershipEvent.objects.exists())


class AtOnceTest(TwoProcessesTest):
    def setUp(self):
        super().setUp()
        self.old = make_organisation("sotttt", "Sở Thông tin và Truyền thông")
        self.science = make_organisation("sokhcn", "Sở Khoa học và Công nghệ")
        self.culture = make_organisation("sovhttdl", "Sở Văn hóa, Thể thao và Du lịch")
        self.membership = make_person("nhan", self.old, Role.EDITOR).memberships.get()
        close(self.old, self.science, self.culture)

    def test_two_clicks__one_membership(self):
        results = at_once(*[lambda: move(self.membership, self.science)] * 2)
        self.assertEqual(sum(isinstance(r, Membership) for r in results), 1)
        self.assertEqual(results.count(None), 1)

    def test_two_successors_in_two_windows__one_membership(self):
        at_once(lambda: move(self.membership, self.science), lambda: move(self.membership, self.culture))
        self.assertEqual(Membership.objects.filter(organisation__in=[self.science, self.culture]).count(), 1)
