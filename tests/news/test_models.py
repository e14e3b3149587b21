"""An article knows its place, its date and its authors."""

from django.core.exceptions import ValidationError
from django.test import TestCase
from django.utils import timezone

from news.models import NewsPage
from tests.factories import make_article, make_organisation, make_section


class ArticleTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.building = make_organisation("soxaydung", "Sở Xây dựng")
        cls.section = make_section(cls.building)
        cls.other_section = make_section(make_organisation("soyte", "Sở Y tế"))

    def test_save__notes_section_and_publisher(self):
        article = make_article(self.section, "Khởi công cầu mới")
        self.assertEqual((article.section_id, article.publisher), (self.section.pk, self.building))

    def test_move__notes_the_new_place(self):
        article = make_article(self.section, "Khởi công cầu mới")
        article.move(self.other_section, pos="last-child")
        article = NewsPage.objects.get(pk=article.pk)
        self.assertEqual((article.section_id, article.publisher.code), (self.other_section.pk, "soyte"))

    def test_published_at__set_when_it_goes_live_and_kept_by_later_revisions(self):
        article = make_article(self.section, "Khởi công cầu mới", live=False)
        self.assertIsNone(article.published_at)
        article.save_revision().publish()
        first = NewsPage.objects.get(pk=article.pk).published_at
        self.assertLess(timezone.now() - first, timezone.timedelta(minutes=1))
        older = NewsPage.objects.get(pk=article.pk).revisions.first()
        older.publish()
        self.assertEqual(NewsPage.objects.get(pk=article.pk).published_at, first)

    def test_clean__address_of_a_source_needs_its_name(self):
        article = NewsPage(title="Tin đăng lại", lead="Sapo", source_url="https://example.org/tin")
        with self.assertRaisesMessage(ValidationError, "Hãy ghi tên nguồn"):
            article.clean()
