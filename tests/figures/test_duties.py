"""Deadlines from signing to publishing: working days, dated rules, late ones first, each for their own organisation."""

import datetime

import pytest
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from documents.models import DocumentPage, PublicHoliday, PublishingDeadline
from figures.duties import late_items, summary
from tests.factories import make_moderated_portal

from ..documents.support import UBND, day, make_document, make_register

HOST = {"host": "localhost"}
SXD = "Sở Xây dựng"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("5/3/2018", "5/3/2018", 0),
        ("5/3/2018", "6/3/2018", 1),
        ("9/3/2018", "12/3/2018", 1),  # over a weekend
        ("9/3/2018", "11/3/2018", 0),
        ("27/4/2018", "2/5/2018", 1),  # 30 April and 1 May
        ("14/2/2018", "21/2/2018", 0),  # Tết, entered by the operator
        ("29/12/2017", "2/1/2018", 1),
        ("2/1/2018", "2/1/2019", 253),
    ],
)
def test_working_days(start, end, days):
    for number in range(15, 22):
        PublicHoliday.objects.create(day=datetime.date(2018, 2, number), name="Tết")
    calendar, start, end = PublishingDeadline.in_use().calendar, day(start), day(end)
    assert calendar.between(start, end) == days
    walked = sum(calendar.is_working(start + datetime.timedelta(n)) for n in range(1, (end - start).days + 1))
    assert walked == days


class DutiesTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_moderated_portal()
        cls.register = make_register(cls.portal.building)
        cls.foreign = make_register(cls.portal.health)
        for first, own in ((day("1/10/2011"), 2), (day("1/6/2018"), 5)):
            PublishingDeadline.objects.create(valid_from=first, own_days=own, other_days=10, basis=f"Luật {first:%Y}")

    def published(self, number, issued, public, register=None, issuers=(SXD,), **fields):
        document = make_document(register or self.register, number, issued, issuers=issuers, **fields)
        moment = datetime.datetime.combine(day(public), datetime.time(9), datetime.UTC)
        DocumentPage.objects.filter(pk=document.pk).update(first_published_at=moment)
        return document

    def test_summary__counts_by_the_rule_of_the_day_and_the_issuer(self):
        self.published("1/QĐ-SXD", "5/3/2018", "7/3/2018")
        late = self.published("2/QĐ-SXD", "5/3/2018", "9/3/2018")
        self.published("3/QĐ-UBND", "5/3/2018", "9/3/2018", issuers=[UBND])
        self.published("4/QĐ-SXD", "4/6/2018", "11/6/2018")
        self.published("5/QĐ-SXD", "5/3/2010", "5/3/2011")
        row = summary([self.portal.building], 2018)[0]
        self.assertEqual((row.published, row.on_time, row.late, row.longest, row.median), (4, 3, 1, 5, 4))
        items, number = late_items(self.portal.building, 2018)
        self.assertEqual(
            [(item.document.pk, item.days, item.allowed, item.over) for item in items], [(late.pk, 4, 2, 2)]
        )
        self.assertEqual(number, 1)
        self.assertEqual(summary([self.portal.building], 2010), [])

    def test_draft__is_late_while_it_waits_and_the_editor_sees_the_days(self):
        draft = make_document(self.register, "6/QĐ-SXD", "5/3/2018", issuers=[SXD], live=False)
        self.assertEqual(summary([self.portal.building], 2018)[0].waiting_late, 1)
        self.assertEqual(draft.due(day("6/3/2018")).left, 1)
        self.assertEqual(draft.due(day("7/3/2018")).left, 0)
        self.assertEqual(draft.due(day("12/3/2018")).left, -3)
        self.client.force_login(self.portal.editor)
        page = self.client.get(f"/admin/pages/{draft.pk}/edit/", headers=HOST)
        self.assertContains(page, "Quá hạn đăng")
        self.assertContains(page, "hạn 07/03/2018, theo Luật 2011")
        live = self.published("7/QĐ-SXD", "5/3/2018", "6/3/2018")
        self.assertNotContains(self.client.get(f"/admin/pages/{live.pk}/edit/", headers=HOST), "ngày làm việc")

    def test_report__shows_each_their_own(self):
        self.published("8/QĐ-SYT", "5/3/2018", "20/3/2018", register=self.foreign, issuers=["Sở Y tế"])
        self.published("2/QĐ-SXD", "5/3/2018", "9/3/2018")
        self.client.force_login(self.portal.editor)
        page = self.client.get("/admin/thoi-han-dang-van-ban/?nam=2018&don-vi=soyte", headers=HOST)
        self.assertContains(page, "2/QĐ-SXD")
        self.assertNotContains(page, "8/QĐ-SYT")
        self.assertNotContains(page, "Sở Y tế")
        self.client.force_login(self.portal.operator)
        page = self.client.get("/admin/thoi-han-dang-van-ban/?nam=2018", headers=HOST)
        self.assertContains(page, "Sở Y tế")
        for nonsense in ("abc", "99999999", "-1", "٢٠١٨"):
            page = self.client.get("/admin/thoi-han-dang-van-ban/", {"nam": nonsense}, headers=HOST)
            self.assertEqual(page.status_code, 200)

    def test_report__costs_the_same_for_10_and_20_documents(self):
        def cost():
            with CaptureQueriesContext(connection) as queries:
                self.client.get("/admin/thoi-han-dang-van-ban/?nam=2018", headers=HOST)
            return len(queries)

        self.client.force_login(self.portal.editor)
        for number in range(1, 11):
            self.published(f"{number}/QĐ-SXD", "5/3/2018", "9/3/2018")
        cost()
        ten = cost()
        for number in range(11, 21):
            self.published(f"{number}/QĐ-SXD", "5/3/2018", "9/3/2018")
        self.assertEqual(cost(), ten)
