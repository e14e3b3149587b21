"""One broken page does not hold up the others' schedule."""

import datetime
from io import StringIO
from unittest import mock

from django.core.management import CommandError, call_command
from django.test import TestCase
from django.utils import timezone

from news.models import NewsPage
from tests.factories import make_article, make_moderated_portal, submit

HOUR = datetime.timedelta(hours=1)


class ScheduleTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_moderated_portal()

    def make_scheduled(self, title):
        """Approved for an hour from now."""
        article = make_article(self.portal.section, title, live=False, owner=self.portal.editor)
        article.go_live_at = timezone.now() + HOUR
        step = submit(article, self.portal.editor).current_task_state.specific
        step.task.specific.on_action(step, self.portal.approver, "approve")
        return article

    def run_later(self):
        with mock.patch("django.utils.timezone.now", return_value=timezone.now() + 2 * HOUR):
            call_command("publish_scheduled", stdout=StringIO(), stderr=StringIO())

    def live(self):
        return set(NewsPage.objects.live().values_list("title", flat=True))

    def test_approved_for_later__waits_for_its_hour(self):
        self.make_scheduled("Tin hẹn giờ")
        call_command("publish_scheduled", stdout=StringIO())
        self.assertEqual(self.live(), set())
        self.run_later()
        self.assertEqual(self.live(), {"Tin hẹn giờ"})

    def test_broken_page__is_named_and_the_rest_goes_live(self):
        for title in ("Tin một", "Tin hỏng", "Tin ba"):
            self.make_scheduled(title)
        save = NewsPage.save

        def save_or_fail(page, *args, **kwargs):
            if page.title == "Tin hỏng":
                raise ValueError("hỏng")
            return save(page, *args, **kwargs)

        with (
            mock.patch.object(NewsPage, "save", save_or_fail),
            self.assertLogs("editorial.scheduling", "ERROR"),
            self.assertRaisesMessage(CommandError, "1 mục không đăng hoặc gỡ được"),
        ):
            self.run_later()
        self.assertEqual(self.live(), {"Tin một", "Tin ba"})
        self.run_later()
        self.assertEqual(self.live(), {"Tin một", "Tin hỏng", "Tin ba"})

    def test_expired__comes_down(self):
        article = make_article(self.portal.section, "Tin hết hạn", expire_at=timezone.now() + HOUR)
        self.run_later()
        article.refresh_from_db()
        self.assertEqual((article.live, article.expired), (False, True))
