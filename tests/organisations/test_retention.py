"""What is kept has an end, each with its reason; nothing goes before its day, and a run can stop anywhere."""

from datetime import timedelta
from io import StringIO
from unittest import mock

from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import PageLogEntry

from commune_sites.models import SiteOrders
from editorial.models import OrganisationTaskState
from importing.models import DocumentUpload
from organisations import people, retention
from organisations.models import Membership, MembershipEvent, Role, User
from search.models import AskedWords
from tests.factories import make_moderated_portal, make_person, make_waiting_article

DAY = timedelta(days=1)


def clean_up(**options):
    out = StringIO()
    call_command("clean_up", stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


def days_of(name):
    return next(kept.days for kept in retention.table if kept.name == name)


class RetentionTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_moderated_portal()
        cls.building = cls.portal.building
        cls.manager = make_person("manager", cls.building, Role.MANAGER)

    def invite(self, email="dao@example.org", role=Role.EDITOR):
        return people.invite(self.building, role, email, "Phạm Thị Đào", self.manager)

    def age(self, rows, field, days):
        rows.update(**{field: timezone.now() - days * DAY})


class TableTest(RetentionTest):
    def test_each__has_an_end_a_reason_and_a_name_of_its_own(self):
        names = [kept.name for kept in retention.table]
        self.assertEqual(len(names), len(set(names)))
        for kept in retention.table:
            self.assertGreater(kept.days, 0)
            self.assertGreater(len(str(kept.why)), 10)
            self.assertEqual(kept.due(timezone.now()).count(), 0)

    def test_every_log_of_the_portal__is_in_the_table(self):
        models = {kept.due(timezone.now()).model for kept in retention.table}
        wanted = {MembershipEvent, AskedWords, DocumentUpload, SiteOrders, PageLogEntry, DBTaskResult, Session}
        self.assertEqual(wanted - models, set())

    def test_decisions__are_not_in_the_table(self):
        models = {kept.due(timezone.now()).model for kept in retention.table}
        self.assertNotIn(OrganisationTaskState, models)

    def test_events__outlive_the_days_in_which_letters_are_counted(self):
        self.assertGreater(days_of("membership_events"), 1)


class CleanUpTest(RetentionTest):
    def test_event__goes_the_day_after_its_last(self):
        people.note(self.manager.memberships.get(), people.Action.RESTORED, None)
        days = days_of("membership_events")
        for age, left in ((days - 1, 1), (days + 1, 0)):
            self.age(MembershipEvent.objects.all(), "at", age)
            clean_up()
            self.assertEqual(MembershipEvent.objects.count(), left)

    def test_invitation_unanswered__goes_and_then_the_account_it_made(self):
        self.invite()
        self.age(MembershipEvent.objects.all(), "at", 91)
        self.age(Membership.objects.filter(accepted_at=None), "created_at", 91)
        self.age(User.objects.filter(email="dao@example.org"), "date_joined", 91)
        clean_up()
        self.assertFalse(User.objects.filter(email="dao@example.org").exists())

    def test_invitation_sent_again_lately__stays(self):
        membership = self.invite()
        self.age(Membership.objects.filter(pk=membership.pk), "created_at", 200)
        people.note(membership, people.Action.RESENT, self.manager)
        clean_up()
        self.assertTrue(Membership.objects.filter(pk=membership.pk).exists())

    def test_accepted_or_suspended_membership__stays_for_ever(self):
        self.age(Membership.objects.all(), "created_at", 9000)
        self.manager.memberships.update(is_active=False)
        before = Membership.objects.count()
        clean_up()
        self.assertEqual(Membership.objects.count(), before)

    def test_account_with_password_or_role_or_visit__stays(self):
        kept = []
        for name, fields in (
            ("password", {}),
            ("visit", {"last_login": timezone.now()}),
            ("root", {"is_superuser": True}),
        ):
            user = User(username=name, email=f"{name}@example.org", **fields)
            user.set_password("Mật khẩu đủ dài 2018") if name == "password" else user.set_unusable_password()
            user.save()
            kept.append(user.pk)
        kept.append(self.invite().user_id)
        self.age(User.objects.all(), "date_joined", 9000)
        clean_up()
        self.assertEqual(User.objects.filter(pk__in=kept).count(), 4)

    def test_asked_words_and_uploads__go_after_their_time(self):
        today = timezone.localdate()
        for days in (10, days_of("asked_words") + 40):
            AskedWords.objects.create(organisation=self.building, month=today - days * DAY, words=f"đất {days}")
        for name in ("moi.xlsx", "cu.xlsx"):
            DocumentUpload.objects.create(organisation=self.building, user=self.manager, name=name, lines=[{"a": 1}])
            SiteOrders.objects.create(user=self.manager, name=name, lines=[])
        for model in (DocumentUpload, SiteOrders):
            self.age(model.objects.filter(name="cu.xlsx"), "created", 91)
        clean_up()
        self.assertEqual(AskedWords.objects.get().words, "đất 10")
        self.assertEqual([DocumentUpload.objects.get().name, SiteOrders.objects.get().name], ["moi.xlsx", "moi.xlsx"])

    def test_decision__keeps_its_hash_when_the_log_has_gone(self):
        _article, step = make_waiting_article(self.portal)
        step.task.specific.on_action(step, self.portal.approver, "approve")
        self.age(PageLogEntry.objects.all(), "timestamp", 9000)
        self.age(OrganisationTaskState.objects.all(), "finished_at", 9000)
        clean_up()
        self.assertFalse(PageLogEntry.objects.exists())
        self.assertEqual(len(OrganisationTaskState.objects.get().digest), 64)

    def test_again__does_nothing_and_says_so(self):
        people.note(self.manager.memberships.get(), people.Action.RESTORED, None)
        self.age(MembershipEvent.objects.all(), "at", 9000)
        self.assertIn("việc về thành viên: 1 (", clean_up())
        self.assertIn("việc về thành viên: 0 (", clean_up())

    def test_dry_run__counts_and_deletes_nothing(self):
        people.note(self.manager.memberships.get(), people.Action.RESTORED, None)
        self.age(MembershipEvent.objects.all(), "at", 9000)
        self.assertIn("việc về thành viên: 1 (", clean_up(dry_run=True))
        self.assertEqual(MembershipEvent.objects.count(), 1)

    def test_only__leaves_the_others(self):
        people.note(self.manager.memberships.get(), people.Action.RESTORED, None)
        self.age(MembershipEvent.objects.all(), "at", 9000)
        clean_up(only="sessions")
        self.assertEqual(MembershipEvent.objects.count(), 1)

    def test_stopped_halfway__goes_on_where_it_was(self):
        membership = self.manager.memberships.get()
        for _number in range(5):
            people.note(membership, people.Action.RESTORED, None)
        self.age(MembershipEvent.objects.all(), "at", 9000)
        kept = next(kept for kept in retention.table if kept.name == "membership_events")
        with mock.patch.object(retention, "BATCH", 2):
            self.assertEqual(next(retention.clean(kept)), 2)
            self.assertEqual(MembershipEvent.objects.count(), 3)
            self.assertEqual(list(retention.clean(kept)), [2, 3])

    def test_one_kind_that_fails__holds_up_no_other(self):
        people.note(self.manager.memberships.get(), people.Action.RESTORED, None)
        self.age(MembershipEvent.objects.all(), "at", 9000)

        def fail(moment):
            raise DatabaseError("hỏng")

        broken = retention.Kept("broken", "bảng hỏng", 1, "lý do đủ dài", fail)
        with (
            mock.patch.object(retention.table, "parts", [broken, *retention.table.parts]),
            self.assertRaisesMessage(CommandError, "Không xóa được: broken"),
        ):
            clean_up()
        self.assertFalse(MembershipEvent.objects.exists())

    def test_cost__a_batch_at_a_time_whatever_the_number(self):
        membership = self.manager.memberships.get()
        costs = []
        for number in (10, 20):
            for _event in range(number):
                people.note(membership, people.Action.RESTORED, None)
            self.age(MembershipEvent.objects.all(), "at", 9000)
            with CaptureQueriesContext(connection) as queries:
                clean_up(only="membership_events")
            costs.append(len(queries))
        self.assertEqual(costs[0], costs[1])
