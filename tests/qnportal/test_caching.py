"""What caches may keep of the public pages."""

from django.test import TestCase, override_settings

from tests.factories import make_article, make_organisation, make_person, make_section

HOST = "soxaydung.localhost"


@override_settings(PUBLIC_CACHE_SECONDS=60)
class CacheHeaderTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.building = make_organisation("soxaydung", "Sở Xây dựng")
        make_article(make_section(cls.building), "Tin")

    def get(self, path="/", **headers):
        return self.client.get(path, headers={"host": HOST, **headers})

    def test_public_pages__may_be_kept_and_set_no_cookie(self):
        for path in ("/", "/tin-tuc/", "/tin-tuc/tin/", "/tin-bai/", "/rss.xml", "/sitemap.xml", "/robots.txt"):
            with self.subTest(path):
                response = self.get(path)
                self.assertEqual(response.headers["Cache-Control"], "public, max-age=60, stale-while-revalidate=30")
                self.assertEqual(len(response.cookies), 0)

    def test_vary__by_cookie_since_readers_choose_how_pages_look_not_by_the_browser_s_languages(self):
        self.assertEqual(self.get(**{"accept-language": "en"}).headers["Vary"], "Cookie")
        self.assertFalse(self.get("/rss.xml").has_header("Vary"))

    def test_signed_in__nothing_is_kept(self):
        self.client.force_login(make_person("editor", self.building, "editor"))
        self.assertEqual(self.get().headers["Cache-Control"], "private, no-cache")

    def test_not_found_and_admin__are_left_alone(self):
        self.assertEqual(self.get("/khong-co/").headers["Cache-Control"], "private, no-cache")
        self.assertNotIn("public", self.get("/admin/login/").headers.get("Cache-Control", ""))

    def test_preferences_page__keeps_its_own_rule(self):
        self.assertIn("no-store", self.get("/hien-thi/").headers["Cache-Control"])
