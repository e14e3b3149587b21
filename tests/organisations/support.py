"""People of two closed and two open organisations, and the screens through which they are managed."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from organisations.models import Membership, MembershipEvent, Role, User
from tests.factories import make_moderated_portal, make_organisation, make_person

HOST = {"host": "localhost"}
LIST, INVITE = "/admin/nguoi-dung/", "/admin/nguoi-dung/moi/"


def close(organisation, *successors, days_ago=3):
    """`organisation` ended `days_ago` days ago, followed by `successors`."""
    organisation.valid_to = timezone.localdate() - timedelta(days=days_ago)
    organisation.save()
    organisation.successors.set(successors)


def fresh(user):
    """The person as a new request reads them: rights are kept on the object."""
    return User.objects.get(pk=user.pk)


def note_on(membership, action, day):
    """An event of `membership` at noon of `day`."""
    event = MembershipEvent.objects.create(membership=membership, action=action)
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    MembershipEvent.objects.filter(pk=event.pk).update(at=noon)


class ManagersTest(TestCase):
    """The moderated portal with a manager at the province and at each agency."""

    @classmethod
    def setUpTestData(cls):
        cls.portal = make_moderated_portal()
        cls.building, cls.health, cls.province = cls.portal.building, cls.portal.health, cls.portal.province
        cls.planning = make_organisation("sokehoach", "Sở Kế hoạch và Đầu tư")
        cls.manager = make_person("manager", cls.building, Role.MANAGER)
        cls.province_manager = make_person("province-manager", cls.province, Role.MANAGER)

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

    def said(self, response):
        """The page that the answer leads to, with its messages."""
        return self.client.get(response.headers["Location"], headers=HOST)

    def membership(self, username):
        return Membership.objects.get(user__username=username)
