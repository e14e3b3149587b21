"""Screens register with their pages: for the class and those below it, one for each place, and never over each other."""

from unittest import mock

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.test import RequestFactory, TestCase

from home import screens
from home.checks import screens_are_there
from home.models import BasePage, HomePageMixin, OrganisationHomePage, StandardPage
from home.screens import answer_for, answers, context_of, feed_for, feed_of, with_screens
from news.models import NewsPage, NewsSectionPage


class ScreensTest(TestCase):
    def setUp(self):
        known = mock.patch.dict(screens._screens, clear=True)
        known.start()
        self.addCleanup(known.stop)

    def shown(self, page):
        return with_screens({"page": page}, page, self.get())

    def get(self, query=""):
        return RequestFactory().get(f"/?{query}")

    def test_context__is_given_to_the_class_and_those_below_it(self):
        context_of(BasePage)(lambda page, request: {"base": page.title})
        context_of(HomePageMixin)(lambda page, request: {"home": True})
        self.assertEqual(self.shown(StandardPage(title="A")).keys(), {"page", "base"})
        self.assertEqual(self.shown(OrganisationHomePage(title="A")).keys(), {"page", "base", "home"})

    def test_context__same_key_of_two_is_refused(self):
        context_of(HomePageMixin)(lambda page, request: {"latest": []})
        context_of(OrganisationHomePage)(lambda page, request: {"latest": []})
        with self.assertRaisesMessage(ImproperlyConfigured, "latest"):
            self.shown(OrganisationHomePage(title="A"))

    def test_context__key_of_the_page_itself_is_refused(self):
        context_of(StandardPage)(lambda page, request: {"page": None})
        with self.assertRaisesMessage(ImproperlyConfigured, "page"):
            self.shown(StandardPage(title="A"))

    def test_feed__second_one_is_refused(self):
        feed_of(StandardPage)(lambda page, request: HttpResponse())
        with self.assertRaisesMessage(ImproperlyConfigured, "StandardPage"):
            feed_of(StandardPage)(lambda page, request: HttpResponse())

    def test_feed__of_the_class_goes_before_that_of_the_class_above(self):
        general = feed_of(BasePage)(lambda page, request: HttpResponse("all"))
        own = feed_of(StandardPage)(lambda page, request: HttpResponse("own"))
        self.assertIs(feed_for(StandardPage()), own)
        self.assertIs(feed_for(NewsPage()), general)
        self.assertIsNone(feed_for(None))

    def test_answer__stands_in_the_place_of_the_page(self):
        answers(StandardPage, "dang")(lambda page, request: HttpResponse(request.GET["dang"]))
        self.assertEqual(answer_for(StandardPage(), self.get("trang=2&dang=csv")).content, b"csv")

    def test_answer__unknown_empty_or_other_parameter_is_ignored(self):
        answers(StandardPage, "dang")(lambda page, request: HttpResponse())
        for query in ("", "khac=csv", "dang=", "context=1", "feed=1"):
            with self.subTest(query=query):
                self.assertIsNone(answer_for(StandardPage(), self.get(query)))
        self.assertIsNone(answer_for(NewsPage(), self.get("dang=csv")))

    def test_answer__none_leaves_it_to_the_page(self):
        answers(StandardPage, "dang")(lambda page, request: None)
        self.assertIsNone(answer_for(StandardPage(), self.get("dang=csv")))

    def test_answer__second_one_for_a_parameter_is_refused(self):
        answers(StandardPage, "dang")(lambda page, request: None)
        answers(StandardPage, "khac")(lambda page, request: None)
        with self.assertRaises(ImproperlyConfigured):
            answers(StandardPage, "dang")(lambda page, request: None)

    def test_check__names_each_class_without_a_screen_it_needs(self):
        context_of(NewsSectionPage)(lambda page, request: {})
        lacking = {(error.obj, error.msg.split("“")[1]) for error in screens_are_there(None)}
        self.assertLessEqual({(NewsSectionPage, "feed”."), (NewsPage, "context”.")}, lacking)
        self.assertNotIn((NewsSectionPage, "context”."), lacking)
        self.assertEqual({error.id for error in screens_are_there(None)}, {"qn.E001"})


def test_check__every_page_class_has_its_screens():
    assert screens_are_there(None) == []
