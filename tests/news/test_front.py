"""Home pages: whose news stands where, in which order, at what cost."""

import datetime

from django.test import TestCase

from editorial.models import HomeProposal
from news.models import NewsPage
from organisations.models import Organisation
from tests.factories import make_article, make_organisation, make_section
from tests.news.support import NOW, hours_ago, make_province, queries_of, restrict, translate


def take_over(article, hours):
    """The board took `article` over so many hours ago."""
    return HomeProposal.objects.create(
        page=article.page_ptr, live=True, status=HomeProposal.Status.ACCEPTED, decided_at=hours_ago(hours)
    )


class HomePageTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.province = make_province()
        cls.building = make_organisation("soxaydung", "Sở Xây dựng")
        cls.health = make_organisation("soyte", "Sở Y tế")
        cls.own = make_section(cls.province, "Thời sự")
        cls.section = make_section(cls.building)

    def home(self, host="localhost", path="/"):
        return self.client.get(path, headers={"host": host})

    def titles(self, name, **where):
        found = self.home(**where).context[name]
        return [article.title for article in found]

    def test_newest__first_and_in_three_lists(self):
        for number in range(17):
            make_article(self.section, f"Tin {number}", published_at=hours_ago(number))
        context = self.home("soxaydung.localhost").context
        self.assertEqual(context["lead_story"].title, "Tin 0")
        self.assertEqual([article.title for article in context["top_stories"]], [f"Tin {n}" for n in range(1, 5)])
        self.assertEqual([article.title for article in context["latest"]], [f"Tin {n}" for n in range(5, 15)])

    def test_province__shows_what_the_board_took_over_when_it_did(self):
        make_article(self.own, "Tin mới nhất của tỉnh", published_at=hours_ago(1))
        make_article(self.own, "Tin cũ của tỉnh", published_at=hours_ago(9))
        take_over(make_article(self.section, "Tin của sở", published_at=hours_ago(50)), 5)
        context = self.home().context
        self.assertEqual(context["lead_story"].title, "Tin mới nhất của tỉnh")
        self.assertEqual([article.title for article in context["top_stories"]], ["Tin của sở", "Tin cũ của tỉnh"])
        self.assertContains(self.home(), 'href="http://soxaydung.localhost:8000/tin-tuc/tin-cua-so/"')

    def test_province__what_was_not_accepted_or_came_down_is_not_shown(self):
        waiting = make_article(self.section, "Chờ duyệt lên trang chủ")
        HomeProposal.objects.create(page=waiting.page_ptr, live=False)
        gone = make_article(self.section, "Đã gỡ", live=False)
        take_over(gone, 1)
        self.assertIsNone(self.home().context["lead_story"])

    def test_component_news__a_busy_site_does_not_fill_the_list(self):
        for number in range(10):
            make_article(self.section, f"Tin xây dựng {number}", published_at=hours_ago(number))
        make_article(make_section(self.health), "Tin y tế", published_at=hours_ago(100))
        self.assertEqual(self.titles("component_news"), ["Tin xây dựng 0", "Tin xây dựng 1", "Tin y tế"])

    def test_component_news__only_on_the_province_s_page(self):
        make_article(self.section, "Tin xây dựng")
        self.assertEqual(self.titles("component_news", host="soyte.localhost"), [])

    def test_pictures__photo_stories_and_videos_only(self):
        for genre in NewsPage.Genre.values:
            make_article(self.section, f"Thể loại {genre}", genre=genre)
        self.assertEqual(set(self.titles("pictures", host="soxaydung.localhost")), {"Thể loại anh", "Thể loại video"})

    def test_sections__leave_out_what_the_page_opens_with(self):
        notices = make_section(self.building, "Thông báo")
        for number in range(7):
            make_article(notices, f"Thông báo {number}", published_at=hours_ago(number))
        [section] = self.home("soxaydung.localhost").context["sections"]
        self.assertEqual(section["page"].title, "Thông báo")
        self.assertEqual([article.title for article in section["articles"]], ["Thông báo 5", "Thông báo 6"])

    def test_sections__show_what_the_page_does_not_show_elsewhere(self):
        notices = make_section(self.building, "Thông báo")
        for number in range(18):
            make_article(notices, f"Thông báo {number}", published_at=hours_ago(number))
        [section] = self.home("soxaydung.localhost").context["sections"]
        self.assertEqual([article.title for article in section["articles"]], [f"Thông báo {n}" for n in (15, 16, 17)])

    def test_lists__no_draft_no_expired_no_restricted_article(self):
        make_article(self.section, "Nháp", live=False)
        make_article(self.section, "Chờ đến giờ", live=False, go_live_at=NOW + datetime.timedelta(days=1))
        expired = make_article(self.section, "Hết hạn", genre="anh", expire_at=hours_ago(1))
        expired.unpublish(set_expired=True)
        restrict(make_article(self.section, "Chỉ người trong cuộc", genre="anh"))
        inner = make_section(self.building, "Nội bộ")
        make_article(inner, "Trong mục nội bộ", genre="anh")
        restrict(inner)
        context = self.home("soxaydung.localhost").context
        self.assertIsNone(context["lead_story"])
        self.assertEqual((context["pictures"], context["sections"]), ([], []))
        self.assertEqual(self.titles("component_news"), [])

    def test_english__shows_its_own_articles_only(self):
        home = translate(self.province.home_page)
        make_article(self.own, "Tin tiếng Việt")
        make_article(translate(self.own), "News in English", locale=home.locale)
        context = self.home(path="/en/").context
        self.assertEqual((context["lead_story"].title, context["top_stories"]), ("News in English", []))
        self.assertEqual(self.titles("component_news", path="/en/"), [])

    def test_cost__the_same_for_10_and_20_articles_and_more_sites(self):
        def fill(start, stop):
            for number in range(start, stop):
                code = f"xa{number}"
                section = make_section(make_organisation(code, f"Xã {number}", Organisation.Kind.COMMUNE))
                take_over(make_article(section, f"Tin xã {number}"), number)
                make_article(self.own, f"Tin tỉnh {number}")

        fill(0, 10)
        ten = queries_of(self.home)
        fill(10, 20)
        self.assertEqual(queries_of(self.home), ten)
        self.assertLessEqual(ten, 10)

    def test_head__names_the_feed_and_the_list_of_all(self):
        make_article(self.section, "Tin 1")
        for number in range(6):
            make_article(self.section, f"Tin khác {number}")
        response = self.home("soxaydung.localhost")
        link = '<link rel="alternate" type="application/rss+xml" title="Tin mới" href="/rss.xml">'
        self.assertContains(response, link, html=True)
        self.assertContains(response, 'href="/tin-bai/"')
