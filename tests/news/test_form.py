"""The editor's form of an article: bad input is named in Vietnamese, and nothing typed is lost."""

import datetime
import json

from django.test import TestCase
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from news.models import Contributor, NewsPage
from tests.factories import make_article, make_moderated_portal

HOST = {"host": "localhost"}


class ArticleFormTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_moderated_portal()
        cls.author = Contributor.objects.create(organisation=cls.portal.building, pen_name="Trà Giang")
        cls.foreign = Contributor.objects.create(organisation=cls.portal.health, pen_name="Người Sở Y tế")

    def post(self, bylines=(), body=(), **fields):
        self.client.force_login(self.portal.editor)
        data = {
            "title": "Khởi công cầu mới",
            "lead": "Sapo đã gõ",
            "genre": "tin",
            "slug": "",
            "comment_notifications": "",
        }
        data |= {
            "body": streamfield(list(body)),
            "bylines": inline_formset(list(bylines)),
            "comments": inline_formset([]),
        }
        url = reverse("wagtailadmin_pages:add", args=["news", "newspage", self.portal.section.pk])
        return self.client.post(url, nested_form_data(data | fields), headers=HOST)

    def assert_refused(self, response, sentence):
        self.assertContains(response, sentence)
        self.assertContains(response, "Sapo đã gõ")
        self.assertFalse(NewsPage.objects.exists())

    def test_draft__saved_with_an_address_made_from_the_title(self):
        self.post()
        article = NewsPage.objects.get()
        self.assertEqual((article.slug, article.live, article.owner), ("khoi-cong-cau-moi", False, self.portal.editor))

    def test_draft__second_of_the_same_title_gets_its_own_address(self):
        make_article(self.portal.section, "Khởi công cầu mới")
        self.post()
        self.assertTrue(NewsPage.objects.filter(slug="khoi-cong-cau-moi-2").exists())

    def test_title__of_400_characters(self):
        self.assert_refused(self.post(title="Dài " * 100), "chỉ có tối đa 255 kí tự (hiện có 399)")

    def test_title__only_of_emoji(self):
        self.assert_refused(self.post(title="🎉🎉🎉"), "không thể chỉ gồm biểu tượng")

    def test_schedule__in_the_past(self):
        past = timezone.localtime() - datetime.timedelta(days=1)
        self.assert_refused(self.post(go_live_at=past.strftime("%d/%m/%Y %H:%M")), "Giờ hẹn đăng đã qua")

    def test_shares__must_make_up_the_whole(self):
        bylines = [{"contributor": self.author.pk, "share": 60}]
        self.assert_refused(self.post(bylines), "cộng lại là 60%, phải bằng 100%")

    def test_author__of_another_organisation_is_neither_offered_nor_taken(self):
        response = self.post([{"contributor": self.foreign.pk, "share": 100}])
        self.assertFalse(NewsPage.objects.exists())
        self.assertNotContains(response, "Người Sở Y tế")

    def test_body__with_script_in_it_is_tamed(self):
        hostile = '<p onclick="x()">Nội dung</p><script>alert(1)</script><a href="javascript:alert(2)">bấm</a>'
        self.post(body=[("paragraph", rich_text(hostile))])
        article = NewsPage.objects.get()
        stored = json.dumps(article.body.get_prep_value())
        for trace in ("<script", "onclick", "javascript:"):
            self.assertNotIn(trace, stored)
        article.save_revision().publish()
        page = self.client.get(f"/tin-tuc/{article.slug}/", headers={"host": "soxaydung.localhost"})
        self.assertContains(page, "Nội dung")
        for trace in ("<script>alert", "onclick", "javascript:"):
            self.assertNotContains(page, trace)

    def test_title__with_markup_is_shown_as_text(self):
        article = make_article(self.portal.section, "<script>alert(1)</script> tiêu đề")
        for path in ("/", "/tin-tuc/", f"/tin-tuc/{article.slug}/"):
            page = self.client.get(path, headers={"host": "soxaydung.localhost"})
            self.assertContains(page, "&lt;script&gt;alert(1)")
            self.assertNotContains(page, "<script>alert(1)")
