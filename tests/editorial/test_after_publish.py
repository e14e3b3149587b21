"""What follows a publication comes in its order, undoes nothing, is written down, tried again and at last shown."""

import datetime
import itertools
from unittest import mock

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from documents.models import Citation
from editorial import after_publish
from editorial.after_publish import When
from editorial.publications import KEPT, WAITS, Event, Publication, State
from editorial.scheduling import run_due
from home.models import SharedPage
from home.sharing import shared_with
from news.models import NewsPage
from organisations.models import Organisation
from search.models import QueuedPage
from tests.factories import make_article, make_moderated_portal, make_organisation, make_section, submit
from tests.threads import Beside
from translation.models import Work

HOST = {"host": "localhost"}
BODY = [{"type": "paragraph", "value": "<p>Theo Nghị định 43/2011/NĐ-CP</p>"}]


class OrderTest(TestCase):
    def setUp(self):
        order = {"a.first": When.WITHIN, "b.second": When.WITHIN, "c.cache": When.FORGET, "d.later": When.AFTER}
        self.enterContext(mock.patch.dict(after_publish.ORDER, order, clear=True))
        self.enterContext(mock.patch.object(after_publish.steps, "parts", []))
        self.done = []

    def register(self, *names, events=(Event.PUBLISHED,)):
        for name in names:
            after_publish.step(name, name, events)(lambda happening, name=name: self.done.append(name))

    def make_page(self):
        return make_article(make_section(make_organisation("soyte", "Sở Y tế")), "Tin")

    def test_steps__run_in_the_written_order_whoever_registers_first(self):
        self.register("d.later", "c.cache", "b.second", "a.first")
        page = self.make_page()
        with self.captureOnCommitCallbacks() as callbacks:
            after_publish.follow(Event.PUBLISHED, page)
        self.assertEqual(self.done, ["a.first", "b.second"])
        for callback in callbacks:
            callback()
        self.assertEqual(self.done, ["a.first", "b.second", "c.cache", "d.later"])
        self.assertEqual(Publication.objects.get().state, State.DONE)

    def test_other_events_and_other_pages__are_left_alone(self):
        self.register("a.first", "d.later")
        after_publish.follow(Event.MOVED, self.make_page())
        self.assertEqual((self.done, Publication.objects.count()), ([], 0))

    def test_step_without_a_place__stops_the_start(self):
        with self.assertRaisesMessage(ImproperlyConfigured, "nobody.orders"):
            self.register("nobody.orders")

    def test_place_without_a_step__stops_the_start(self):
        self.register("a.first", "b.second", "d.later")
        with self.assertRaisesMessage(ImproperlyConfigured, "c.cache"):
            after_publish.check_complete()

    def test_same_name_twice__stops_the_start(self):
        self.register("a.first")
        with self.assertRaisesMessage(ImproperlyConfigured, "a.first"):
            self.register("a.first")


class FailureTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_moderated_portal()
        cls.article = make_article(cls.portal.section, "Khởi công cầu mới", live=False, body=BODY)

    def setUp(self):
        Publication.objects.all().delete()
        QueuedPage.objects.all().delete()

    def publish(self, broken, **patch):
        """Publish the article while the function `broken` fails; gives the row of the event."""
        failing = mock.patch(broken, side_effect=ValueError("hỏng"))
        with failing, self.assertLogs("editorial.after_publish", "ERROR"), self.captureOnCommitCallbacks(execute=True):
            NewsPage.objects.get(pk=self.article.pk).save_revision().publish()
        return Publication.objects.get()

    def fail(self, broken, publication):
        """A round of the clock at its time, with `broken` still failing."""
        with mock.patch(broken, side_effect=ValueError("hỏng")), self.assertLogs("editorial.after_publish", "ERROR"):
            after_publish.carry_on_due(publication.due)
        publication.refresh_from_db()

    def steps(self, publication):
        return {entry["name"]: entry for entry in publication.steps}

    def test_within__publication_stands_and_the_other_steps_are_done(self):
        publication = self.publish("search.signals.enqueue")
        self.assertTrue(NewsPage.objects.get(pk=self.article.pk).live)
        entry = self.steps(publication).pop("search.queue")
        self.assertEqual((entry["state"], entry["reason"]), (State.FAILED, "ValueError: hỏng"))
        self.assertEqual([one["name"] for one in publication.unfinished_steps()], ["search.queue"])
        self.assertEqual(Citation.objects.count(), 1)

    def test_within__what_the_step_wrote_before_it_failed_is_gone(self):
        def write_and_fail(pks):
            QueuedPage.objects.create(page_id=1)
            raise ValueError("hỏng")

        with mock.patch("search.signals.enqueue", write_and_fail), self.assertLogs("editorial.after_publish", "ERROR"):
            NewsPage.objects.get(pk=self.article.pk).save_revision().publish()
        self.assertEqual(QueuedPage.objects.count(), 0)

    def test_within__tried_again_at_once_after_the_commit(self):
        answers = itertools.chain([ValueError("hỏng")], itertools.repeat(None))
        with (
            mock.patch("search.signals.enqueue", side_effect=answers) as enqueue,
            self.assertLogs("editorial.after_publish", "ERROR"),
            self.captureOnCommitCallbacks(execute=True),
        ):
            NewsPage.objects.get(pk=self.article.pk).save_revision().publish()
        publication = Publication.objects.get()
        self.assertEqual((publication.state, publication.tries), (State.DONE, 0))
        self.assertEqual(self.steps(publication)["search.queue"]["tries"], enqueue.call_count)

    def test_after__tried_again_by_the_clock(self):
        publication = self.publish("documents.signals.remember")
        self.assertTrue(NewsPage.objects.get(pk=self.article.pk).live)
        self.assertEqual((publication.state, publication.tries), (State.WAITING, 1))
        self.assertEqual(run_due(publication.due - datetime.timedelta(seconds=1)).followed, 0)
        self.assertEqual(run_due(publication.due).followed, 1)
        publication.refresh_from_db()
        self.assertEqual((publication.state, publication.due), (State.DONE, None))
        self.assertEqual(Citation.objects.count(), 1)

    def test_cache_that_is_down__holds_up_nothing(self):
        publication = self.publish("news.signals.recount")
        self.assertEqual([one["name"] for one in publication.unfinished_steps()], ["news.counts"])
        self.assertEqual(Citation.objects.count(), 1)

    def test_process_that_died_after_the_commit__the_clock_takes_over(self):
        NewsPage.objects.get(pk=self.article.pk).save_revision().publish()
        publication = Publication.objects.get()
        self.assertEqual((publication.state, Citation.objects.count()), (State.WAITING, 0))
        run_due(publication.due)
        publication.refresh_from_db()
        self.assertEqual((publication.state, Citation.objects.count()), (State.DONE, 1))

    def test_every_wait_is_longer__and_the_last_gives_up(self):
        publication = self.publish("documents.signals.remember")
        waits = []
        while publication.state == State.WAITING:
            waits.append(publication.due - timezone.now())
            self.fail("documents.signals.remember", publication)
        self.assertEqual(waits, sorted(waits))
        self.assertEqual((len(waits), publication.state, publication.due), (len(WAITS), State.FAILED, None))
        self.assertEqual(run_due(timezone.now() + KEPT).followed, 0)

    def test_taken_down_before_the_retry__goes_by_what_the_page_is_now(self):
        publication = self.publish("documents.signals.remember")
        NewsPage.objects.get(pk=self.article.pk).unpublish()
        after_publish.carry_on_due(publication.due)
        publication.refresh_from_db()
        self.assertEqual((publication.state, Citation.objects.count()), (State.DONE, 0))

    def test_deleted_before_the_retry__is_done(self):
        publication = self.publish("documents.signals.remember")
        NewsPage.objects.get(pk=self.article.pk).delete()
        after_publish.carry_on_due(publication.due)
        publication.refresh_from_db()
        self.assertEqual(publication.state, State.DONE)

    def test_source_deleted__its_waiting_translation_comes_back_at_a_later_try(self):
        NewsPage.objects.get(pk=self.article.pk).save_revision().publish()
        work = Work.objects.create(page=self.article.page_ptr, title="Tin", status="submitted")
        Publication.objects.all().delete()
        broken = mock.patch("django.db.models.query.QuerySet.update", side_effect=ValueError("hỏng"))
        with broken, self.assertLogs("editorial.after_publish", "ERROR"):
            after_publish.follow(Event.DELETED, NewsPage.objects.get(pk=self.article.pk))
        NewsPage.objects.get(pk=self.article.pk).delete()
        Work.objects.filter(pk=work.pk).update(status="submitted")
        after_publish.carry_on.call(Publication.objects.order_by("pk").first().pk)
        work.refresh_from_db()
        self.assertEqual(work.status, "open")

    def test_approved_for_later__nothing_follows_yet(self):
        article = make_article(self.portal.section, "Hẹn giờ", live=False, owner=self.portal.editor)
        article.go_live_at = timezone.now() + datetime.timedelta(hours=1)
        step = submit(article, self.portal.editor).current_task_state.specific
        step.task.specific.on_action(step, self.portal.approver, "approve")
        self.assertEqual(Publication.objects.count(), 0)

    def test_done__thinned_out_after_its_time_and_failures_kept(self):
        long_ago = timezone.now() - KEPT - datetime.timedelta(days=1)
        for state, happened in ((State.DONE, long_ago), (State.DONE, timezone.now()), (State.FAILED, long_ago)):
            Publication.objects.create(page_id=1, title="Tin", event="published", state=state, happened=happened)
        run_due()
        self.assertEqual(Publication.objects.filter(happened=long_ago).get().state, State.FAILED)
        self.assertEqual(Publication.objects.count(), 2)

    def test_recording__costs_the_same_with_10_and_20_records(self):
        def cost():
            with CaptureQueriesContext(connection) as queries, self.captureOnCommitCallbacks(execute=True):
                NewsPage.objects.get(pk=self.article.pk).save_revision().publish()
            return len(queries)

        cost()
        costs = []
        for _number in range(2):
            for _row in range(10):
                Publication.objects.create(page_id=self.article.pk, title="Tin", event="published", tries=1)
            costs.append(cost())
        self.assertEqual(costs[0], costs[1])


class ReportTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_moderated_portal()
        cls.article = make_article(cls.portal.section, "Khởi công cầu mới")
        entry = {"name": "documents.citations", "state": "failed", "reason": "ValueError: hỏng", "tries": 7}
        cls.publication = Publication.objects.create(
            page_id=cls.article.pk,
            title=cls.article.title,
            event="published",
            state=State.FAILED,
            tries=6,
            steps=[{"started": "", "ms": 0} | entry],
        )

    def get(self, user, name="editorial:publications"):
        self.client.force_login(user)
        return self.client.get(reverse(name), headers=HOST)

    def retry(self, user):
        self.client.force_login(user)
        response = self.client.post(reverse("editorial:retry_publication", args=[self.publication.pk]), headers=HOST)
        self.publication.refresh_from_db()
        return response

    def test_operator__reads_page_step_reason_and_tries(self):
        response = self.get(self.portal.operator)
        for text in (
            "Khởi công cầu mới",
            "Văn bản được nhắc đến trong bài",
            "ValueError: hỏng",
            "đã thử 7 lần",
            "Chạy lại",
        ):
            self.assertContains(response, text)

    def test_operator__tries_again(self):
        response = self.retry(self.portal.operator)
        self.assertRedirects(response, reverse("editorial:publications"), fetch_redirect_response=False)
        self.assertEqual(self.publication.state, State.DONE)
        self.assertContains(self.get(self.portal.operator), "Mọi việc sau khi đăng đều đã xong.")

    def test_still_failing__is_said(self):
        broken = mock.patch("documents.signals.remember", side_effect=ValueError("vẫn hỏng"))
        with broken, self.assertLogs("editorial.after_publish", "ERROR"):
            self.retry(self.portal.operator)
        self.assertEqual(self.publication.state, State.FAILED)
        self.assertContains(self.get(self.portal.operator), "vẫn hỏng")

    def test_get__tries_nothing(self):
        self.client.force_login(self.portal.operator)
        address = reverse("editorial:retry_publication", args=[self.publication.pk])
        self.assertEqual(self.client.get(address, headers=HOST).status_code, 405)

    def test_others__are_refused(self):
        for user in (self.portal.stranger, self.portal.approver, self.portal.secretary):
            self.assertNotContains(self.get(user, "wagtailadmin_home"), "việc sau khi đăng")
            self.assertEqual(self.get(user).status_code, 302)
            self.assertEqual(self.retry(user).status_code, 302)
            self.assertEqual(self.publication.state, State.FAILED)

    def test_dashboard__tells_the_operator(self):
        said = "1 trang có việc sau khi đăng không làm được"
        self.assertContains(self.get(self.portal.operator, "wagtailadmin_home"), said)
        self.retry(self.portal.operator)
        self.assertNotContains(self.get(self.portal.operator, "wagtailadmin_home"), said)

    def test_export__has_the_reasons(self):
        self.client.force_login(self.portal.operator)
        response = self.client.get(reverse("editorial:publications"), {"export": "csv"}, headers=HOST)
        self.assertIn("ValueError: hỏng", b"".join(response.streaming_content).decode())


@pytest.mark.django_db(transaction=True)
def test_cache__is_forgotten_after_the_commit(restored_root):
    """Another process reads between the change and the commit, and keeps what it read."""
    province = make_organisation("quangngai", "Văn phòng UBND tỉnh", Organisation.Kind.PROVINCE)
    agency = make_organisation("soyte", "Sở Y tế")
    article = make_article(make_section(province), "Thông báo")
    SharedPage.objects.create(page=article.page_ptr, owner=province, kinds=[agency.kind])
    with transaction.atomic():
        NewsPage.objects.get(pk=article.pk).unpublish()
        seen_beside = Beside(lambda: shared_with(agency)).join()
    assert [row["title"] for row in seen_beside] == ["Thông báo"]
    assert shared_with(agency) == []
