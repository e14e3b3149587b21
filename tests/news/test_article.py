"""An article's own page: what it says, to readers and to machines, and what it costs."""

import datetime
import json
import re

from django.test import TestCase, override_settings

from news.models import Byline, Category, Contributor, NewsPage
from tests.factories import make_article, make_organisation, make_person, make_section
from tests.news.support import hours_ago, make_image, make_province, queries_of, restrict, translate

HOST = "soxaydung.localhost"
ADDRESS = "http://soxaydung.localhost:8000/tin-tuc/khoi-cong-cau-moi/"


def json_ld(response):
    """The two things of the page's JSON-LD: the article and the way to it."""
    [text] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', response.content.decode(), re.DOTALL)
    return json.loads(text)["@graph"]


class ArticlePageTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.province = make_province()
        cls.building = make_organisation("soxaydung", "Sở Xây dựng")
        cls.section = make_section(cls.building)
        cls.roads = Category.objects.create(name="Giao thông", slug="giao-thong")

    def read(self, path="/tin-tuc/khoi-cong-cau-moi/", host=HOST):
        return self.client.get(path, headers={"host": host})

    def make(self, **fields):
        return make_article(self.section, "Khởi công cầu mới", **fields)

    def sign(self, article, *names):
        for order, name in enumerate(names):
            writer = Contributor.objects.create(
                organisation=self.building,
                pen_name=name,
                user=make_person(f"nguoi-viet-{order}", self.building, "editor"),
            )
            Byline.objects.create(page=article, contributor=writer, share=100 // len(names) + order, sort_order=order)

    def test_bylines__pen_names_in_order_never_shares_nor_accounts(self):
        morning = datetime.datetime(2018, 5, 9, 8, tzinfo=datetime.UTC)
        self.sign(self.make(published_at=morning), "Thanh Trà", "An Hải", "Minh Long")
        response = self.read()
        names = [byline.contributor.pen_name for byline in response.context["bylines"]]
        self.assertEqual(names, ["Thanh Trà", "An Hải", "Minh Long"])
        self.assertContains(response, "Thanh Trà, An Hải, Minh Long")
        article, _way = json_ld(response)
        self.assertEqual([author["name"] for author in article["author"]], names)
        facts = re.search(r'<p class="article__facts">.*?</p>', response.content.decode(), re.DOTALL).group()
        for secret in ("nguoi-viet", "33", "34", "35"):
            self.assertNotIn(secret, json.dumps(article) + facts)

    def test_source_and_event__shown_when_there_are_any(self):
        self.make(source_name="Báo Quảng Ngãi", source_url="https://example.org/cau", event_date="2018-05-09")
        response = self.read()
        self.assertContains(response, "Báo Quảng Ngãi")
        self.assertContains(response, "sự kiện ngày 09/05/2018")
        self.assertEqual(json_ld(response)[0]["isBasedOn"], "https://example.org/cau")

    def test_head__address_share_card_and_feeds(self):
        self.make(main_image=make_image(), main_image_alt="Cầu Trà Khúc", category=self.roads)
        response = self.read()
        image = response.context["share_image"]
        self.assertEqual((image["width"], image["height"]), (1200, 630))
        self.assertTrue(image["url"].startswith("http://soxaydung.localhost:8000/media/images/"))
        self.assertContains(response, f'<link rel="canonical" href="{ADDRESS}">', html=True)
        self.assertContains(response, '<meta name="twitter:card" content="summary_large_image">', html=True)
        self.assertContains(response, f'<meta property="og:image" content="{image["url"]}">', html=True)
        self.assertContains(response, 'href="/tin-bai/?linh-vuc=giao-thong"')
        self.assertEqual([feed["url"] for feed in response.context["feeds"]], ["/rss.xml", "/tin-tuc/rss.xml"])

    def test_head__no_image_no_image_tags(self):
        self.make()
        response = self.read()
        self.assertNotContains(response, "og:image")
        self.assertNotIn("image", json_ld(response)[0])

    def test_structured_data__what_is_typed_cannot_close_the_script(self):
        evil = '</script><script>alert("x")</script> & <!--'
        self.make(lead=evil)
        response = self.read()
        article, way = json_ld(response)
        self.assertEqual(article["description"], evil)
        self.assertNotContains(response, "<script>alert")
        self.assertEqual([step["item"] for step in way["itemListElement"]], [
            "http://soxaydung.localhost:8000/", "http://soxaydung.localhost:8000/tin-tuc/", ADDRESS,
        ])  # fmt: skip

    def test_print_view__has_no_menu_and_the_same_address(self):
        self.make()
        response = self.read("/tin-tuc/khoi-cong-cau-moi/?in")
        self.assertTemplateUsed(response, "news/news_page_print.html")
        self.assertContains(response, f'<link rel="canonical" href="{ADDRESS}">', html=True)

    def test_related__newest_public_ones_of_the_section_without_itself(self):
        self.make()
        for number in range(7):
            make_article(self.section, f"Tin {number}", published_at=hours_ago(number))
        make_article(self.section, "Nháp", live=False)
        restrict(make_article(self.section, "Nội bộ"))
        self.assertEqual([article.title for article in self.read().context["related"]], [f"Tin {n}" for n in range(5)])

    def test_chosen_related__shows_the_public_ones_only(self):
        draft = make_article(self.section, "Bài nháp bí mật", live=False)
        other = make_article(make_section(self.building, "Kinh tế"), "Giá vật liệu xây dựng")
        chosen = {"title": "", "items": [draft.pk, other.pk]}
        self.make(body=[{"type": "related", "value": chosen}])
        response = self.read()
        self.assertContains(response, "Giá vật liệu xây dựng")
        self.assertNotContains(response, "Bài nháp bí mật")

    def test_alternates__only_where_a_translation_is_live(self):
        section = make_section(self.province, "Thời sự")
        article = make_article(section, "Bão số 9")
        self.assertEqual(self.read("/thoi-su/bao-so-9/", "localhost").context["alternates"], [])
        translate(self.province.home_page)
        translate(section)
        english = translate(article, title="Typhoon No. 9", slug="typhoon-no-9")
        response = self.read("/thoi-su/bao-so-9/", "localhost")
        address = "http://localhost:8000/en/thoi-su/typhoon-no-9/"
        self.assertContains(response, f'<link rel="alternate" hreflang="en" href="{address}">', html=True)
        self.assertContains(self.read("/en/thoi-su/typhoon-no-9/", "localhost"), "Typhoon No. 9")
        with self.captureOnCommitCallbacks(execute=True):
            english.unpublish()
        self.assertEqual(self.read("/thoi-su/bao-so-9/", "localhost").context["alternates"], [])

    def test_preview__of_an_article_that_was_never_saved(self):
        article = NewsPage(title="Khởi công cầu mới", slug="khoi-cong-cau-moi", lead="Sapo", locale=self.section.locale)
        article.depth = self.section.depth + 1
        article.path = NewsPage._get_children_path_interval(self.section.path)[1]
        article.set_url_path(self.section)
        response = article.make_preview_request()
        self.assertEqual(response.status_code, 200)
        self.assertContains(response.render(), "<h1>Khởi công cầu mới</h1>", html=True)

    @override_settings(PUBLIC_CACHE_SECONDS=60)
    def test_preview__of_a_draft_is_not_kept_by_caches(self):
        response = self.make(live=False).make_preview_request()
        self.assertEqual(response.status_code, 200)
        self.assertEqual(response.headers["Cache-Control"], "private")

    def test_genre__of_a_photo_story_and_a_video_is_named(self):
        article = self.make(genre=NewsPage.Genre.PHOTO_STORY, category=self.roads)
        self.assertContains(self.read(), "Phóng sự ảnh")
        NewsPage.objects.filter(pk=article.pk).update(genre=NewsPage.Genre.VIDEO)
        self.assertContains(self.read(), "· Video")

    def test_expired__is_gone(self):
        self.make().unpublish(set_expired=True)
        self.assertEqual(self.read().status_code, 404)

    def test_cost__the_same_for_10_and_20_pictures_neighbours_and_authors(self):
        image = make_image()

        def gallery(count):
            item = {"image": image.pk, "alt": "Cầu", "caption": "", "source": ""}
            return [{"type": "gallery", "value": {"title": "", "items": [item] * count}}]

        article = self.make(main_image=image, main_image_alt="Cầu", category=self.roads, body=gallery(10))
        self.sign(article, "Thanh Trà")
        for number in range(3):
            make_article(self.section, f"Tin {number}", main_image=image)
        few = queries_of(self.read)
        for number in range(3, 9):
            make_article(self.section, f"Tin {number}", main_image=image)
        article.body = gallery(20)
        article.save()
        self.assertEqual(queries_of(self.read), few)

    def test_cost__of_a_plain_article(self):
        image = make_image()
        article = self.make(main_image=image, main_image_alt="Cầu", category=self.roads)
        self.sign(article, "Thanh Trà", "An Hải")
        make_article(self.section, "Tin khác", main_image=image)
        self.assertLessEqual(queries_of(self.read), 14)

    def test_cost__of_a_translated_article_of_the_province(self):
        section = make_section(self.province, "Thời sự")
        article = make_article(section, "Bão số 9", main_image=make_image(), main_image_alt="Bão", category=self.roads)
        translate(self.province.home_page)
        translate(section)
        translate(article)
        make_article(section, "Tin khác")
        self.assertLessEqual(queries_of(lambda: self.read("/thoi-su/bao-so-9/", "localhost")), 14)
