"""RSS: what is in it, what is not, and that it is sent once to who has it already."""

import datetime
import xml.etree.ElementTree as ET
from email.utils import parsedate_to_datetime

from django.test import TestCase, override_settings
from django.utils import timezone

from editorial.models import HomeProposal
from tests.factories import make_article, make_organisation, make_section
from tests.news.support import hours_ago, make_image, make_province, queries_of, restrict, translate

HOST = "soxaydung.localhost"
ATOM = "{http://www.w3.org/2005/Atom}"


class FeedTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.province = make_province()
        cls.building = make_organisation("soxaydung", "Sở Xây dựng")
        cls.section = make_section(cls.building)

    def get(self, path="/rss.xml", host=HOST, **headers):
        return self.client.get(path, headers={"host": host, **headers})

    def channel(self, *args, **where):
        response = self.get(*args, **where)
        self.assertEqual(response.status_code, 200)
        return ET.fromstring(response.content).find("channel")

    def titles(self, *args, **where):
        return [item.findtext("title") for item in self.channel(*args, **where).iter("item")]

    def test_feed__thirty_newest_with_absolute_addresses_and_dates(self):
        day = datetime.datetime(2018, 5, 9, 7, 30, tzinfo=timezone.get_default_timezone())
        for number in range(32):
            published = day - datetime.timedelta(hours=number)
            make_article(self.section, f"Tin {number}", lead="Sapo & <b>", published_at=published)
        channel = self.channel()
        items = list(channel.iter("item"))
        self.assertEqual([item.findtext("title") for item in items], [f"Tin {number}" for number in range(30)])
        self.assertEqual(items[0].findtext("link"), "http://soxaydung.localhost:8000/tin-tuc/tin-0/")
        self.assertEqual(items[0].findtext("pubDate"), "Wed, 09 May 2018 07:30:00 +0700")
        # Readers of feeds take it for markup: what was typed as words is shown as words.
        self.assertEqual(items[0].findtext("description"), "Sapo &amp; &lt;b&gt;")
        self.assertEqual(channel.findtext("language"), "vi")
        self.assertEqual(channel.find(f"{ATOM}link").get("href"), "http://soxaydung.localhost:8000/rss.xml")

    def test_picture__is_enclosed_with_its_length(self):
        make_article(self.section, "Có ảnh", main_image=make_image())
        make_article(self.section, "Không ảnh")
        [enclosure] = self.channel().iter("enclosure")
        self.assertTrue(enclosure.get("url").startswith("http://soxaydung.localhost:8000/media/"))
        self.assertGreater(int(enclosure.get("length")), 100)
        self.assertEqual(enclosure.get("type"), "image/webp")

    def test_section__has_its_own(self):
        make_article(self.section, "Tin tức của sở")
        make_article(make_section(self.building, "Thông báo"), "Thông báo của sở")
        self.assertEqual(self.titles("/tin-tuc/rss.xml"), ["Tin tức của sở"])
        self.assertEqual(set(self.titles()), {"Tin tức của sở", "Thông báo của sở"})
        self.assertEqual(self.get("/khong-co/rss.xml").status_code, 404)
        self.assertEqual(self.get("/tin-tuc/tin-tuc-cua-so/rss.xml").status_code, 404)

    def test_province__own_and_taken_over(self):
        taken = make_article(self.section, "Tin của sở", published_at=hours_ago(90))
        make_article(self.section, "Tin của sở chưa được nhận")
        make_article(make_section(self.province), "Tin của tỉnh", published_at=hours_ago(2))
        HomeProposal.objects.create(page=taken.page_ptr, live=True, decided_at=hours_ago(1))
        self.assertEqual(self.titles(host="localhost"), ["Tin của sở", "Tin của tỉnh"])
        taken.unpublish()
        self.assertEqual(self.titles(host="localhost"), ["Tin của tỉnh"])

    def test_feeds__hold_what_everybody_may_read_only(self):
        make_article(self.section, "Nháp", live=False)
        make_article(self.section, "Hẹn giờ", live=False, go_live_at=timezone.now() + datetime.timedelta(days=1))
        make_article(self.section, "Hết hạn").unpublish(set_expired=True)
        restrict(make_article(self.section, "Nội bộ"))
        for path in ("/rss.xml", "/tin-tuc/rss.xml"):
            self.assertEqual(self.titles(path), [])

    def test_restricted_section__has_no_feed(self):
        make_article(self.section, "Nội bộ")
        restrict(self.section)
        self.assertEqual(self.get("/tin-tuc/rss.xml").status_code, 404)
        self.assertEqual(self.titles(), [])

    def test_english__where_there_is_an_english_site(self):
        self.assertEqual(self.get("/en/rss.xml").status_code, 404)
        section = make_section(self.province)
        make_article(section, "Tin tiếng Việt")
        home = translate(self.province.home_page, title="Quảng Ngãi Province")
        make_article(translate(section), "News in English", locale=home.locale)
        self.assertEqual(self.titles("/en/rss.xml", host="localhost"), ["News in English"])
        self.assertEqual(self.channel("/en/rss.xml", host="localhost").findtext("title"), "Quảng Ngãi Province")

    @override_settings(PUBLIC_CACHE_SECONDS=60)
    def test_again__is_not_sent_until_something_changes(self):
        make_article(self.section, "Tin 1", published_at=hours_ago(5))
        first = self.get()
        self.assertEqual(first.headers["Cache-Control"], "public, max-age=60, stale-while-revalidate=30")
        again = self.get(**{"if-none-match": first.headers["ETag"]})
        self.assertEqual((again.status_code, again.content), (304, b""))
        self.assertEqual(self.get(**{"if-modified-since": first.headers["Last-Modified"]}).status_code, 304)
        self.assertLess(parsedate_to_datetime(first.headers["Last-Modified"]), timezone.now())
        make_article(self.section, "Tin 2")
        self.assertEqual(self.get(**{"if-none-match": first.headers["ETag"]}).status_code, 200)

    def test_post__is_refused(self):
        self.assertEqual(self.client.post("/rss.xml", headers={"host": HOST}).status_code, 405)

    def test_cost__the_same_for_10_and_20_articles(self):
        image = make_image()
        for path in ("/rss.xml", "/tin-tuc/rss.xml"):
            for number in range(10):
                make_article(self.section, f"Tin {number} {path}", main_image=image)
            ten = queries_of(lambda path=path: self.get(path))
            for number in range(10, 20):
                make_article(self.section, f"Tin {number} {path}", main_image=image)
            self.assertEqual(queries_of(lambda path=path: self.get(path)), ten)
