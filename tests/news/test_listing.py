"""Lists by section, subject, month and genre; what they count; what bad addresses get."""

import datetime

from django.test import TestCase
from django.utils import timezone

from news.models import Category, NewsPage
from tests.factories import make_article, make_organisation, make_section
from tests.news.support import hours_ago, make_province, queries_of, restrict

HOST = "soxaydung.localhost"


def on_day(year, month, day, hour=8):
    return datetime.datetime(year, month, day, hour, tzinfo=timezone.get_default_timezone())


class SectionTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.province = make_province()
        cls.building = make_organisation("soxaydung", "Sở Xây dựng")
        cls.section = make_section(cls.building)
        cls.roads = Category.objects.create(name="Giao thông", slug="giao-thong")
        cls.health = Category.objects.create(name="Y tế", slug="y-te", order=1)

    def list(self, query="", path="/tin-tuc/", host=HOST):
        return self.client.get(f"{path}{query}", headers={"host": host})

    def titles(self, *args, **where):
        return [article.title for article in self.list(*args, **where).context["articles"]]

    def make_many(self, count, **fields):
        return [
            make_article(self.section, f"Tin {number}", **({"published_at": hours_ago(number)} | fields))
            for number in range(count)
        ]

    def test_pages__newest_first_twenty_at_a_time(self):
        self.make_many(45)
        self.assertEqual(self.titles("?trang=3"), [f"Tin {number}" for number in range(40, 45)])
        response = self.list("?trang=2")
        self.assertContains(response, '<link rel="prev" href="/tin-tuc/">', html=True)
        self.assertContains(response, '<link rel="next" href="/tin-tuc/?trang=3">', html=True)
        self.assertContains(
            response, '<link rel="canonical" href="http://soxaydung.localhost:8000/tin-tuc/?trang=2">', html=True
        )

    def test_choice__by_subject_and_month_together(self):
        for month in (4, 5):
            for category in (self.roads, self.health):
                make_article(
                    self.section,
                    f"{category} tháng {month}",
                    category=category,
                    published_at=on_day(2018, month, 9),
                )
        self.assertEqual(self.titles("?linh-vuc=y-te&thang=2018-05"), ["Y tế tháng 5"])
        context = self.list("?thang=2018-05").context
        self.assertEqual([(c["label"], c["count"]) for c in context["categories"]], [("Giao thông", 1), ("Y tế", 1)])
        self.assertEqual([(m["value"], m["count"]) for m in context["months"]], [("2018-05", 2), ("2018-04", 2)])

    def test_month__begins_and_ends_at_midnight_in_vietnam(self):
        make_article(self.section, "Đêm cuối tháng", published_at=on_day(2018, 4, 30, 23))
        make_article(self.section, "Sớm đầu tháng", published_at=on_day(2018, 5, 1, 0))
        self.assertEqual(self.titles("?thang=2018-05"), ["Sớm đầu tháng"])
        self.assertEqual([month["count"] for month in self.list().context["months"]], [1, 1])

    def test_bad_address__is_not_found(self):
        self.make_many(1)
        bad = ("trang=abc", "trang=0", "trang=-1", "trang=2", "trang=99999999999", "trang=١", "thang=2018-13",
               "thang=2018", "thang=0000-01", "linh-vuc=khong-co", "the-loai=phim")  # fmt: skip
        for query in bad:
            with self.subTest(query):
                self.assertEqual(self.list(f"?{query}").status_code, 404)

    def test_bad_address__says_why(self):
        self.assertContains(self.list("?thang=2018-13"), "Không có tháng “2018-13”", status_code=404)

    def test_empty_choice__is_an_empty_list(self):
        self.make_many(1)
        self.assertEqual(self.titles("?linh-vuc=y-te"), [])

    def test_lists_and_counts__hold_what_everybody_may_read_only(self):
        self.make_many(2, category=self.roads, published_at=on_day(2018, 5, 9))
        make_article(self.section, "Nháp", live=False, category=self.roads, published_at=on_day(2018, 5, 9))
        restrict(make_article(self.section, "Nội bộ", category=self.roads, published_at=on_day(2018, 5, 9)))
        for path in ("/tin-tuc/", "/tin-bai/"):
            context = self.list(path=path).context
            self.assertEqual(context["articles"].paginator.count, 2)
            self.assertEqual([choice["count"] for choice in context["categories"] + context["months"]], [2, 2])
            self.assertEqual(len(context["articles"]), 2)

    def test_expired__disappears_from_list_and_count_at_once(self):
        first, _second = self.make_many(2)
        self.assertEqual(self.list().context["articles"].paginator.count, 2)
        with self.captureOnCommitCallbacks(execute=True):
            first.unpublish(set_expired=True)
        self.assertEqual(self.titles(), ["Tin 1"])
        self.assertEqual(self.list().context["articles"].paginator.count, 1)

    def test_restricted_section__is_not_shown_to_strangers(self):
        self.make_many(1)
        restrict(self.section)
        self.assertEqual(self.list().status_code, 302)
        self.assertEqual(self.titles(path="/tin-bai/"), [])

    def test_archive__of_an_agency_its_own_and_of_the_province_all(self):
        self.make_many(1)
        make_article(make_section(make_organisation("soyte", "Sở Y tế")), "Tin y tế", genre=NewsPage.Genre.VIDEO)
        self.assertEqual(self.titles(path="/tin-bai/"), ["Tin 0"])
        self.assertEqual(set(self.titles(path="/tin-bai/", host="localhost")), {"Tin 0", "Tin y tế"})
        self.assertEqual(self.titles("?the-loai=video", path="/tin-bai/", host="localhost"), ["Tin y tế"])

    def test_archive__english_only_where_there_is_an_english_site(self):
        self.assertEqual(self.list(path="/en/tin-bai/").status_code, 404)

    def test_cost__the_same_for_10_and_20_articles(self):
        for path in ("/tin-tuc/", "/tin-bai/"):
            self.make_many(10, category=self.roads)
            ten = queries_of(lambda path=path: self.list(path=path))
            self.make_many(10, category=self.health)
            self.assertEqual(queries_of(lambda path=path: self.list(path=path)), ten)
            self.assertLessEqual(ten, 12)

    def test_cost__of_a_deep_page(self):
        self.make_many(60)
        self.assertEqual(queries_of(lambda: self.list("?trang=3")), queries_of(self.list))
