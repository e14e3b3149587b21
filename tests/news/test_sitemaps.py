"""Sitemaps and robots.txt: every public page once, in parts, with its translations; nothing else."""

import datetime
import xml.etree.ElementTree as ET
from unittest import mock

from django.test import TestCase

from home.models import StandardPage
from tests.factories import make_article, make_organisation, make_section
from tests.news.support import make_province, queries_of, restrict, translate

HOST = "soxaydung.localhost"
ROOT = "http://soxaydung.localhost:8000"
NS = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


class SitemapTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.province = make_province()
        cls.building = make_organisation("soxaydung", "Sở Xây dựng")
        cls.section = make_section(cls.building)

    def get(self, path="/sitemap.xml", host=HOST):
        return self.client.get(path, headers={"host": host})

    def parts(self, host=HOST):
        found = ET.fromstring(self.get(host=host).content).findall("s:sitemap/s:loc", NS)
        return [loc.text.partition(":8000")[2] for loc in found]

    def read(self, path, host=HOST):
        return ET.fromstring(self.get(path, host).getvalue()).findall("s:url", NS)

    def urls(self, host=HOST):
        return [url for path in self.parts(host) for url in self.read(path, host)]

    def addresses(self, host=HOST):
        return [url.findtext("s:loc", namespaces=NS) for url in self.urls(host)]

    def test_addresses__every_public_page_of_the_site_once(self):
        make_article(self.section, "Khởi công cầu mới")
        make_article(make_section(make_organisation("soyte", "Sở Y tế")), "Tin y tế")
        expected = [f"{ROOT}/", f"{ROOT}/tin-tuc/", f"{ROOT}/tin-tuc/khoi-cong-cau-moi/"]
        self.assertEqual(sorted(self.addresses()), expected)
        for address in expected:
            self.assertEqual(self.get(address.removeprefix(ROOT)).status_code, 200)

    def test_addresses__nothing_that_not_everybody_may_read(self):
        make_article(self.section, "Nháp", live=False)
        make_article(self.section, "Hết hạn").unpublish(set_expired=True)
        restrict(make_article(self.section, "Nội bộ"))
        inner = self.building.home_page.add_child(instance=StandardPage(title="Mạng nội bộ"))
        inner.add_child(instance=StandardPage(title="Danh bạ"))
        restrict(inner)
        self.assertEqual(sorted(self.addresses()), [f"{ROOT}/", f"{ROOT}/tin-tuc/"])

    def test_lastmod__when_it_was_last_published(self):
        article = make_article(self.section, "Tin")
        article.save_revision().publish()
        article.refresh_from_db()
        found = [url.findtext("s:lastmod", namespaces=NS) for url in self.urls()]
        self.assertEqual([text for text in found if text], [article.last_published_at.isoformat(timespec="seconds")])

    def test_parts__small_enough_and_together_everything(self):
        for number in range(9):
            make_article(self.section, f"Tin {number}")
        with mock.patch.multiple("home.sitemaps", PART=4, BAND=2):
            sizes = [len(self.read(path)) for path in self.parts()]
            addresses = self.addresses()
        self.assertGreater(len(sizes), 2)
        self.assertLessEqual(max(sizes), 4)
        self.assertEqual((len(addresses), len(set(addresses))), (11, 11))

    def test_part__of_no_sense_is_not_found(self):
        self.assertEqual(self.get("/sitemap-5-1.xml").status_code, 404)
        self.assertEqual(self.get("/sitemap-0-99999999999999999999.xml").status_code, 404)
        self.assertEqual(self.read("/sitemap-900000-900001.xml"), [])

    def test_translations__name_each_other(self):
        section = make_section(self.province)
        home = translate(self.province.home_page)
        translate(section)
        found = {
            url.findtext("s:loc", namespaces=NS): {
                link.get("hreflang"): link.get("href") for link in url.findall("x:link", NS)
            }
            for url in self.urls("localhost")
        }
        both = {"vi": "http://localhost:8000/tin-tuc/", "en": "http://localhost:8000/en/tin-tuc/"}
        self.assertEqual((found[both["vi"]], found[both["en"]]), (both, both))
        home.unpublish()
        self.assertNotIn("http://localhost:8000/en/", self.addresses("localhost"))

    def test_closed_organisation__invites_no_robots(self):
        self.assertIn(f"Sitemap: {ROOT}/sitemap.xml", self.get("/robots.txt").content.decode())
        self.building.valid_to = datetime.date(2025, 6, 30)
        self.building.save()
        self.assertEqual(self.get().status_code, 404)
        robots = self.get("/robots.txt").content.decode()
        self.assertNotIn("Sitemap", robots)
        self.assertIn("Disallow: /hien-thi/", robots)
        self.assertNotIn("/admin/", robots)  # it is not here

    def test_cost__the_same_for_10_and_20_pages(self):
        def read_all():
            for path in self.parts():
                self.read(path)

        for number in range(10):
            make_article(self.section, f"Tin {number}")
        ten = queries_of(read_all)
        for number in range(10, 20):
            make_article(self.section, f"Tin {number}")
        self.assertEqual(queries_of(read_all), ten)
