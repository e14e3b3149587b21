"""Listings of pages cost the same for 10 rows and 20, for whoever opens them."""

from unittest import mock

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import make_article, make_moderated_portal


class ExplorerCostTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_moderated_portal()

    def cost(self, user):
        self.client.force_login(user)
        url = reverse("wagtailadmin_explore", args=[self.portal.section.pk])
        self.client.get(url, headers={"host": "localhost"})
        with CaptureQueriesContext(connection) as queries:
            response = self.client.get(url, headers={"host": "localhost"})
        self.assertContains(response, "Tin số 1")
        return len(queries)

    def add(self, numbers):
        for number in numbers:
            make_article(self.portal.section, f"Tin số {number}", live=number % 3 > 0, owner=self.portal.editor)

    def test_explorer__same_cost_for_10_and_20_rows(self):
        people = (self.portal.editor, self.portal.approver, self.portal.operator)
        self.add(range(10))
        before = [self.cost(person) for person in people]
        self.add(range(10, 20))
        self.assertEqual([self.cost(person) for person in people], before)


class DirectPublishingTest(TestCase):
    """What only a superuser may do without moderation."""

    @classmethod
    def setUpTestData(cls):
        cls.portal = make_moderated_portal()
        cls.live = make_article(cls.portal.section, "Tin đang đăng", owner=cls.portal.editor)
        cls.draft = make_article(cls.portal.section, "Bản nháp", live=False, owner=cls.portal.editor)

    def test_live_article__nobody_below_superuser_publishes_unpublishes_or_deletes(self):
        for person in (self.portal.editor, self.portal.approver, self.portal.operator):
            may = self.live.permissions_for_user(person)
            self.assertFalse(may.can_publish() or may.can_unpublish() or may.can_delete(), person)

    def test_draft__editor_may_delete_and_stranger_may_not(self):
        self.assertTrue(self.draft.permissions_for_user(self.portal.editor).can_delete())
        self.assertFalse(self.draft.permissions_for_user(self.portal.stranger).can_delete())

    def test_section_with_live_articles__not_even_the_operator_deletes(self):
        section = self.portal.section
        section.unpublish()
        section.refresh_from_db()
        self.assertFalse(section.permissions_for_user(self.portal.operator).can_delete())

    def test_move__live_by_the_operator_alone(self):
        self.assertTrue(self.live.permissions_for_user(self.portal.operator).can_move())
        self.assertFalse(self.live.permissions_for_user(self.portal.editor).can_move())
        self.assertTrue(self.draft.permissions_for_user(self.portal.editor).can_move())


class ManualOrderTest(TestCase):
    def test_many_children__only_the_first_are_offered_for_dragging(self):
        portal = make_moderated_portal()
        for number in range(4):
            make_article(portal.section, f"Tin số {number}")
        self.client.force_login(portal.operator)
        url = reverse("wagtailadmin_explore", args=[portal.section.pk]) + "?ordering=ord"
        with mock.patch("editorial.wagtail_hooks.DRAGGABLE", 3):
            response = self.client.get(url, headers={"host": "localhost"})
        self.assertContains(response, "Chỉ 3 trang đầu hiện ra")
        self.assertContains(response, "Tin số 2")
        self.assertNotContains(response, "Tin số 3")
