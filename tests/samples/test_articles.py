"""Sample content: the bulk loader writes what the ORM writes, and the figures are met exactly."""

import datetime
import random

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, PageLogEntry, ReferenceIndex
from wagtail.search.backends import get_search_backend

from figures.annual import shares
from news.models import Byline, Category, Contributor, NewsPage
from organisations.models import AnnualFigure, Organisation
from samples import article_maker, pictures
from samples.article_maker import add_articles
from samples.grammar import SampleTextError, fill, load_topics, parse_topics
from tests.factories import make_article, make_organisation, make_section

MOMENT = datetime.datetime(2018, 3, 5, 8, 30, tzinfo=datetime.UTC)
HOST = {"host": "bato.localhost"}
# What differs between any two pages, and what only the ORM's creation time decides.
OWN = {"id", "page_ptr", "path", "translation_key", "slug", "url_path", "index_entries"}


def bulk_article(publisher, image, contributor, title="Nông thôn mới ở xã Ba Vinh"):
    body = [
        {"type": "paragraph", "value": "<p>Đoạn một.</p>"},
        {"type": "image", "value": {"image": image.pk, "alt": "Đồng lúa", "caption": "", "source": ""}},
    ]
    article = NewsPage(
        title=title,
        lead="Sapo.",
        body=body,
        main_image=image,
        main_image_alt="Đồng lúa",
        publisher=publisher,
        published_at=MOMENT,
        event_date=MOMENT.date(),
    )
    article.bylines = [Byline(contributor=contributor, share=100)]
    return article


class BulkTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.organisation = make_organisation("bato", "Huyện Ba Tơ", Organisation.Kind.DISTRICT)
        cls.section = make_section(cls.organisation)
        cls.image = get_image_model().objects.create(title="Ảnh", file=get_test_image_file())
        cls.contributor = Contributor.objects.create(organisation=cls.organisation, pen_name="Núi Ấn")

    def add_both_ways(self):
        """The same article by the ORM and in bulk."""
        article = bulk_article(self.organisation, self.image, self.contributor)
        article.first_published_at = article.last_published_at = MOMENT
        self.section.add_child(instance=article)
        add_articles(self.section, [bulk_article(self.organisation, self.image, self.contributor)])
        return NewsPage.objects.order_by("path")

    def test_bulk__writes_the_fields_the_orm_writes(self):
        one, other = self.add_both_ways()
        fields = [field for field in NewsPage._meta.concrete_fields if field.name not in OWN]
        values = [[(f.name, f.value_to_string(page)) for f in fields if f.name != "body"] for page in (one, other)]
        assert values[0] == values[1]
        strip = [
            [(block.block_type, block.block.get_prep_value(block.value)) for block in p.body] for p in (one, other)
        ]
        assert strip[0] == strip[1]

    def test_bulk__leaves_the_tree_sound(self):
        one, other = self.add_both_ways()
        assert other.path == one._inc_path()
        assert other.slug == f"{one.slug}-2"
        assert other.url_path == f"{self.section.url_path}{other.slug}/"
        assert other.translation_key != one.translation_key
        assert Page.find_problems() == ([], [], [], [], [])
        third = make_article(NewsPage.objects.first().section, "Viết bằng tay sau đó")
        assert third.path > other.path

    def test_bulk__references_and_search_are_the_orms(self):
        one, other = self.add_both_ways()

        def references(page):
            rows = ReferenceIndex.get_references_for_object(page).exclude(model_path__startswith="bylines")
            return sorted(rows.values_list("content_type", "to_content_type", "to_object_id", "model_path"))

        assert references(one) == references(other)
        assert ("main_image" in {row[3] for row in references(other)}) is True
        found = get_search_backend().search("nong thon moi", NewsPage.objects.all())
        assert {page.pk for page in found} == {one.pk, other.pk}
        entries = [page.index_entries.values_list("title", "body", "autocomplete").get() for page in (one, other)]
        assert entries[0] == entries[1]

    def test_bulk__bylines_and_history(self):
        article = self.add_both_ways()[1]
        assert [(b.contributor, b.share, b.sort_order) for b in article.bylines.all()] == [(self.contributor, 100, 0)]
        assert PageLogEntry.objects.filter(page=article).values_list("action", "timestamp").get() == (
            "wagtail.publish",
            MOMENT,
        )

    def test_bulk__costs_the_same_for_ten_and_twenty(self):
        def articles(number):
            made = [bulk_article(self.organisation, self.image, self.contributor, f"Tin {i}") for i in range(number)]
            for article in made:
                article.body = []
            return made

        add_articles(self.section, articles(1))
        with self.assertNumQueries(self.queries(articles(10))):
            add_articles(self.section, articles(20))

    def queries(self, articles):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(
            connection,
        ) as context:
            add_articles(self.section, articles)
        return len(context)

    def test_bulk__editor_history_and_unpublish_work_without_a_revision(self):
        article = self.add_both_ways()[1]
        self.client.force_login(get_user_model().objects.create_superuser("root", "root@example.org", "mat-khau"))
        for name in ("edit", "history", "unpublish", "usage"):
            address = reverse(f"wagtailadmin_pages:{name}", args=[article.pk])
            assert self.client.get(address, headers=HOST).status_code == 200, name
        self.client.post(reverse("wagtailadmin_pages:unpublish", args=[article.pk]), headers=HOST)
        article.refresh_from_db()
        assert article.live is False
        revision = article.save_revision()
        revision.publish()
        article.refresh_from_db()
        assert article.live
        assert article.published_at == MOMENT

    def test_public_page__shows_what_was_loaded(self):
        article = self.add_both_ways()[1]
        response = self.client.get(article.get_url(), headers=HOST)
        assert response.status_code == 200
        self.assertContains(response, "Đoạn một.")
        self.assertContains(response, "Núi Ấn")


@pytest.mark.usefixtures("few_pictures")
class GenerateTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.province = make_organisation("quangngai", "Văn phòng UBND tỉnh", Organisation.Kind.PROVINCE)
        cls.district = make_organisation("bato", "Huyện Ba Tơ", Organisation.Kind.DISTRICT)
        cls.agency = make_organisation("soxaydung", "Sở Xây dựng")
        cls.silent = make_organisation("soyte", "Sở Y tế")
        Category.objects.create(name="Y tế", slug="y-te")
        for organisation, items in ((cls.province, 100), (cls.district, 60), (cls.agency, 33), (cls.silent, None)):
            AnnualFigure.objects.create(organisation=organisation, year=2018, items=items)
            make_section(organisation, "Tin tức")

    def counts(self):
        return [NewsPage.objects.live().of(o).count() for o in (self.province, self.district, self.agency, self.silent)]

    def test_scale_one__meets_every_figure_and_adds_nothing_the_second_time(self):
        call_command("generate_content", year=2018, verbosity=0)
        assert self.counts() == [100, 60, 33, 0]
        call_command("generate_content", year=2018)
        assert self.counts() == [100, 60, 33, 0]
        assert Page.find_problems() == ([], [], [], [], [])

    def test_growing__keeps_what_is_there(self):
        call_command("generate_content", year=2018, scale=0.1)
        assert sum(self.counts()) == 19
        first = set(NewsPage.objects.values_list("pk", flat=True))
        call_command("generate_content", year=2018, scale=0.5)
        assert sum(self.counts()) == 96
        assert first <= set(NewsPage.objects.values_list("pk", flat=True))
        titles = NewsPage.objects.of(self.district).values_list("title", flat=True)
        assert len(titles) == len(set(titles))

    def test_same_seed__gives_the_same_articles(self):
        call_command("generate_content", year=2018, scale=0.2, seed=7)
        first = list(NewsPage.objects.order_by("path").values_list("title", "lead", "published_at"))
        NewsPage.objects.all().delete()
        call_command("generate_content", year=2018, scale=0.2, seed=7)
        assert list(NewsPage.objects.order_by("path").values_list("title", "lead", "published_at")) == first

    def test_articles__are_complete_and_of_the_year(self):
        call_command("generate_content", year=2018)
        for article in NewsPage.objects.all():
            article.full_clean()
            assert timezone.localtime(article.published_at).year == 2018
            assert article.lead != article.body[0].value
            assert 2 <= sum(block.block_type == "paragraph" for block in article.body) <= 7
            article.body.stream_block.clean(article.body)

    def test_bad_arguments__are_refused_in_one_sentence(self):
        for arguments in ({"scale": 0}, {"scale": 1.5}, {"year": 12}, {"year": 2099}):
            with pytest.raises(CommandError):
                call_command("generate_content", **{"year": 2018} | arguments)
        assert not NewsPage.objects.exists()

    def test_stopping__keeps_whole_batches_and_goes_on(self):
        original, calls = article_maker.add_articles, []

        def stop_at_second(section, articles):
            calls.append(1)
            if len(calls) == 2:
                raise KeyboardInterrupt
            original(section, articles)

        article_maker.add_articles = stop_at_second
        self.addCleanup(setattr, article_maker, "add_articles", original)
        with pytest.raises(SystemExit) as stopped:
            call_command("generate_content", year=2018)
        assert stopped.value.code == 130
        article_maker.add_articles = original
        call_command("generate_content", year=2018)
        assert self.counts() == [100, 60, 33, 0]

    def test_shares__round_so_that_the_total_holds(self):
        assert shares(2018, 0.5) == {self.province: 50, self.district: 30, self.agency: 16}
        assert sum(shares(2018, 0.01).values()) == 2
        assert shares(2031, 1) == shares(2018, 1)


@pytest.mark.parametrize("kind", pictures.SCENES)
def test_picture__is_the_same_each_time(kind):
    drawn = pictures.draw(kind)
    assert drawn == pictures.draw(kind)
    assert drawn.startswith(b"\xff\xd8")
    assert pictures.description(kind).startswith("Hình minh họa: ")


def test_topics__every_slot_is_filled_and_every_picture_exists():
    rng = random.Random(1)
    words = {
        name: "x"
        for name in ["a", "b", "c", "xa", "thon", "ten", "huyen", "huyen_nui", "don_vi", "thu_truong", "lanh_dao"]
    }
    words |= {
        name: "x"
        for name in [
            "dang_bo",
            "cong_doan",
            "dan_toc",
            "ngay",
            "ngay_du",
            "ngay_sau",
            "thang",
            "thang_sau",
            "quy",
            "nam",
            "nam_sau",
        ]
    }
    words |= {
        name: "x" for name in ["tuan", "duong", "tuyen_duong", "cong_trinh", "cay", "vat_nuoi", "khu_cn", "nganh_hang"]
    }
    words |= {name: "x" for name in ["mon_thi_dau", "doan_the", "di_tich"]}
    tags = {tag for _shows, served in pictures.SCENES.values() for tag in served}
    for topic in load_topics():
        patterns = [*topic.paragraphs, *topic.headings, *topic.quotes, *topic.table]
        for titles, leads in topic.openings:
            assert titles, topic.name
            assert leads, topic.name
            patterns += titles + leads
        for pattern in patterns:
            for _ in range(8):
                assert "{" not in fill(pattern, words, rng)
        assert set(topic.pictures) <= tags, topic.name
        assert len(topic.paragraphs) >= 2, topic.name


def test_fill__draws_numbers_and_alternatives_the_vietnamese_way():
    rng = random.Random(1)
    assert fill("{1200-1200} m và {5,0-5,0}%", {}, rng) == "1.200 m và 5,0%"
    assert fill("{tại {xa}|tại {xa}}. {xa} đổi mới", {"xa": "xã Ba Tô"}, rng) == "Tại xã Ba Tô. Xã Ba Tô đổi mới"
    with pytest.raises(SampleTextError):
        fill("{khong_co}", {}, rng)
    with pytest.raises(SampleTextError):
        parse_topics("@@ x\nlạ: gì\n= t")
