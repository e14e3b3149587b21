"""What readers asked: each organisation sees its own site's words."""

import datetime

from django.test import TestCase

from search.models import AskedWords
from tests.factories import make_moderated_portal

HOST = {"host": "localhost"}
ADDRESS = "/admin/ban-doc-tim-gi/"


class AskedReportTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_moderated_portal()
        for organisation, words, times, found in (
            (cls.portal.building, "nhà ở xã hội", 5, 12),
            (cls.portal.building, "lịch cắt điện", 3, 0),
            (cls.portal.health, "tiêm chủng kín", 9, 0),
        ):
            month = datetime.date(2026, 10, 1)
            AskedWords.objects.create(organisation=organisation, month=month, words=words, times=times, found=found)

    def test_editor__sees_the_own_site_only(self):
        self.client.force_login(self.portal.editor)
        for query in ("", "?don-vi=soyte", "?thang=2026-10", "?thang=vô-nghĩa"):
            page = self.client.get(ADDRESS + query, headers=HOST)
            self.assertContains(page, "nhà ở xã hội")
            self.assertNotContains(page, "tiêm chủng kín")
        self.assertEqual([row.words for row in page.context["fruitless"]], ["lịch cắt điện"])
        self.assertEqual([row.words for row in page.context["object_list"]], ["nhà ở xã hội", "lịch cắt điện"])

    def test_operator__sees_all_or_one(self):
        self.client.force_login(self.portal.operator)
        self.assertContains(self.client.get(ADDRESS, headers=HOST), "tiêm chủng kín")
        self.assertNotContains(self.client.get(f"{ADDRESS}?don-vi=soxaydung", headers=HOST), "tiêm chủng kín")
