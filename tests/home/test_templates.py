"""What the public sees: colours one can read, words and figures as they are written here, blocks, choices of display."""

import ast
import datetime
import re
from io import BytesIO
from itertools import product
from pathlib import Path
from unittest.mock import patch
from zoneinfo import ZoneInfo

import polib
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.db import connection
from django.template import Context, Template
from django.test import Client, RequestFactory, SimpleTestCase, TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from django.utils.translation.template import templatize
from django.views.defaults import server_error
from PIL import Image

from home.blocks import BodyBlock
from home.media.models import PortalFile, PortalImage
from home.models import SiteSettings, StandardPage, Theme
from home.templatetags.portal import is_figure, long_date, number, time_ago
from tests.factories import make_alert, make_article, make_organisation, make_section

ROOT = Path(__file__).resolve().parents[2]
TOKENS = ROOT / "qnportal" / "static" / "css" / "tokens.css"
ROOMS = ("qnportal", "home", "news", "documents", "search")
ALL = [path for room in ROOMS for path in (ROOT / room / "templates").rglob("*.html")]
# The editors' screens have rules of their own, and no English.
TEMPLATES = [path for path in ALL if not {"wagtailadmin", "admin"} & set(path.parts)]
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")

# (text, what it stands on) as the stylesheets combine them.
READ = [
    ("ink", "paper"), ("ink", "card"), ("ink", "soft"), ("ink", "alert"), ("muted", "paper"), ("muted", "card"),
    ("link", "paper"), ("link", "card"), ("link", "alert"), ("red", "alert"), ("on-brand", "brand"),
    ("on-brand", "brand-deep"), ("on-brand", "button"), ("on-brand-muted", "brand"), ("on-gold", "gold"),
    ("on-night", "night"), ("on-night-muted", "night"), ("gold", "night"), ("in-force", "in-force-soft"),
    ("not-yet", "not-yet-soft"), ("red", "paper"),
]  # fmt: skip


def rules(css):
    """[(media, selector, {token: value})] of the tokens file."""
    media, found = "", []
    for line in css.splitlines():
        if opened := re.match(r"\s*(@media[^{]+|[^@{}\n]+)\s*\{$", line):
            name = opened.group(1).strip()
            if name.startswith("@media"):
                media = name
            else:
                found.append((media, name, {}))
        elif declared := re.match(r"\s*--([\w-]+):\s*([^;]+);", line):
            found[-1][2][declared.group(1)] = declared.group(2)
        elif line == "  }":
            media = "" if media and found[-1][0] == media else media
    return found


def colours(theme, dark, high):
    """{token: colour} as a browser works it out, variables followed."""
    chosen = {":root", f'[data-theme="{theme}"]'} | ({'[data-contrast="high"]'} if high else set())
    values = {}
    for media, selector, declared in rules(TOKENS.read_text(encoding="utf-8")):
        if selector in chosen and (not media or dark):
            values |= declared

    def follow(value):
        named = re.fullmatch(r"var\(--([\w-]+)\)", value)
        return follow(values[named.group(1)]) if named else value

    return {name: follow(value) for name, value in values.items() if follow(value).startswith("#")}


def luminance(colour):
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


class ContrastTest(SimpleTestCase):
    def test_tokens__every_text_can_be_read_in_every_theme(self):
        for theme, dark, high in product(Theme.values, (False, True), (False, True)):
            tokens, needed = colours(theme, dark, high), 7 if high else 4.5
            for text, ground in READ:
                with self.subTest(theme=theme, dark=dark, high=high, text=text, ground=ground):
                    self.assertGreaterEqual(contrast(tokens[text], tokens[ground]), needed)

    def test_tokens__edges_of_fields_are_seen(self):
        for dark, high in product((False, True), (False, True)):
            tokens = colours("bien", dark, high)
            self.assertGreaterEqual(contrast(tokens["field"], tokens["card"]), 3)

    def test_tokens__dark_and_high_contrast_are_told_apart(self):
        papers = {colours("bien", dark, high)["paper"] for dark, high in product((False, True), (False, True))}
        self.assertEqual(len(papers), 4)

    def test_stylesheets__name_no_colour_but_in_tokens(self):
        for path in TOKENS.parent.glob("*.css"):
            if path not in (TOKENS, TOKENS.with_name("print.css")):
                self.assertEqual(re.findall(r"#[0-9a-f]{3,8}\b|rgba?\(", path.read_text(encoding="utf-8")), [], path)

    def test_stylesheets__every_token_they_use_is_there(self):
        declared = {name for _media, _selector, tokens in rules(TOKENS.read_text(encoding="utf-8")) for name in tokens}
        for path in TOKENS.parent.glob("*.css"):
            self.assertLessEqual(set(re.findall(r"var\(--([\w-]+)", path.read_text(encoding="utf-8"))), declared, path)


class WordsTest(SimpleTestCase):
    def test_number__dots_between_thousands_and_nothing_for_nothing(self):
        self.assertEqual([number(87844), number(0), number(None)], ["87.844", "0", ""])

    def test_number__english_has_commas(self):
        with translation.override("en"):
            self.assertEqual(number(87844), "87,844")

    def test_long_date__says_the_weekday(self):
        self.assertEqual(long_date(datetime.datetime(2026, 11, 23, 8, tzinfo=HANOI)), "Thứ Hai, ngày 23/11/2026")

    def test_long_date__the_day_is_that_of_vietnam(self):
        late = datetime.datetime(2026, 11, 22, 18, tzinfo=datetime.UTC)
        self.assertEqual(long_date(late), "Thứ Hai, ngày 23/11/2026")

    def test_time_ago__relative_today_and_a_date_before_yesterday(self):
        noon = datetime.datetime(2026, 11, 23, 12, tzinfo=HANOI)
        cases = {
            0.2: "Vừa xong",
            5: "5 phút trước",
            59: "59 phút trước",
            130: "2 giờ trước",
            13 * 60: "Hôm qua",
            3 * 24 * 60: "20/11/2026",
            -90: "23/11/2026",
        }
        for minutes, said in cases.items():
            with self.subTest(minutes=minutes), patch("django.utils.timezone.now", return_value=noon):
                self.assertEqual(time_ago(noon - datetime.timedelta(minutes=minutes)), said)

    def test_is_figure__knows_how_figures_are_written_here(self):
        cells = ("26.500", "1,5%", "−3", "1 250", "Không báo cáo", "16/2017/QĐ", "")
        self.assertEqual([is_figure(cell) for cell in cells], [True, True, True, True, False, False, False])


class TemplateFilesTest(SimpleTestCase):
    def test_templates__nothing_inline_and_nothing_trusted_blindly(self):
        wrong = re.compile(
            r"<style|\sstyle=|\son[a-z]+=|\|safe\b|autoescape off|<script(?! type=\"application/ld\+json\"| src=\"{% static )"
        )
        self.assertEqual([path for path in TEMPLATES if wrong.search(path.read_text(encoding="utf-8"))], [])

    def test_templates__say_which_variables_they_take(self):
        silent = [path for path in TEMPLATES if not re.search(r"\{% comment %\}", path.read_text(encoding="utf-8"))]
        self.assertEqual(silent, [])

    def test_templates__every_sentence_has_its_english(self):
        catalogue = polib.pofile(str(ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"))
        known = {entry.msgid for entry in catalogue if entry.msgstr or entry.msgstr_plural}
        missing = {text for path in TEMPLATES for text in sentences(path) if text not in known}
        self.assertEqual(missing, set())


def sentences(path):
    """What a template gives to be translated, as makemessages reads it."""
    found = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    calls = re.findall(r"\b(?:gettext|_)\((u?'(?:[^'\\]|\\.)*'|u?\"(?:[^\"\\]|\\.)*\")\s*[,)]", found)
    return [ast.literal_eval(text) for text in calls]


class ServerErrorTest(SimpleTestCase):
    def test_500__needs_no_database(self):
        # SimpleTestCase refuses every query.
        response = server_error(RequestFactory().get("/"))
        self.assertEqual(response.status_code, 500)
        self.assertIn("Trang đang gặp sự cố", response.content.decode())


def make_image(organisation, title="Ảnh"):
    """A picture of a few bytes in the organisation's collection."""
    data = BytesIO()
    Image.new("RGB", (64, 48), "steelblue").save(data, "PNG")
    file = ImageFile(BytesIO(data.getvalue()), name=f"{title}.png")
    return PortalImage.objects.create(
        title=title, alt_text="Mô tả ảnh", credit="Bùi Thanh", file=file, collection=organisation.collection
    )


class SiteTest(TestCase):
    """One agency's site, asked over its own host."""

    @classmethod
    def setUpTestData(cls):
        cls.organisation = make_organisation("soxaydung", "Sở Xây dựng")
        cls.section = make_section(cls.organisation)

    def get(self, path="/", **kwargs):
        return self.client.get(path, headers={"host": "soxaydung.localhost"}, **kwargs)

    def body(self, *blocks):
        """The HTML of a body of these (name, value) blocks, drawn for a request."""
        request = RequestFactory().get("/", headers={"host": "soxaydung.localhost"})
        value = BodyBlock().to_python([{"type": name, "value": value} for name, value in blocks])
        return Template("{% load wagtailcore_tags %}{% include_block value %}").render(
            Context({"value": value, "request": request})
        )


class FrameTest(SiteTest):
    def test_masthead__kind_of_site_stands_apart_from_its_name(self):
        self.assertContains(self.get(), '<span class="brand__kind">Trang thông tin điện tử</span>', html=True)
        self.assertContains(self.get(), '<span class="brand__name">Sở Xây dựng</span>', html=True)

    def test_menu__the_current_section_is_marked(self):
        response = self.get(f"/{self.section.slug}/")
        self.assertContains(response, f'href="/{self.section.slug}/" aria-current="page"')
        self.assertNotContains(response, 'href="/" aria-current')

    def test_breadcrumb__leads_from_the_front_page_to_the_section(self):
        article = make_article(self.section, "Khởi công cầu mới")
        response = self.get(f"/{self.section.slug}/{article.slug}/")
        crumbs = re.search(r'<ol class="breadcrumb__list">(.*?)</ol>', response.content.decode(), re.DOTALL).group(1)
        self.assertEqual(re.findall(r"<a href=\"([^\"]+)\"", crumbs), ["/", f"/{self.section.slug}/"])

    def test_alert__shown_when_the_site_has_one_and_escaped(self):
        make_alert(self.organisation, "Bão số 14 <b>gần bờ</b>")
        self.assertContains(self.get(), "Bão số 14 &lt;b&gt;gần bờ&lt;/b&gt;")

    def test_footer__says_who_is_in_charge(self):
        settings = SiteSettings.for_site(self.organisation.home_page.get_site())
        settings.official_name = "Trang thông tin điện tử Sở Xây dựng"
        settings.person_in_charge, settings.telephone = "Giám đốc Sở", "(0255) 382 2222"
        settings.save()
        response = self.get()
        for said in ("Giám đốc Sở", "(0255) 382 2222", "Ghi rõ nguồn “Trang thông tin điện tử Sở Xây dựng”"):
            self.assertContains(response, said)

    def test_404__drawn_in_the_frame_of_the_site(self):
        response = self.get("/khong-co/")
        self.assertContains(response, "Không tìm thấy trang", status_code=404)
        self.assertContains(response, '<span class="brand__name">Sở Xây dựng</span>', status_code=404, html=True)

    def test_frame__asks_as_much_on_a_standard_page_whatever_the_menu(self):
        page = self.organisation.home_page.add_child(instance=StandardPage(title="Giới thiệu"))
        few = self.cost(page)
        for count in range(5):
            make_section(self.organisation, f"Chuyên mục {count}")
        self.assertEqual(self.cost(page), few)

    def cost(self, page):
        self.get(f"/{page.slug}/")
        with CaptureQueriesContext(connection) as queries:
            self.assertContains(self.get(f"/{page.slug}/"), page.title)
        return len(queries)


class DisplayTest(SiteTest):
    address = "/hien-thi/"

    def post(self, **data):
        return self.client.post(self.address, data, headers={"host": "soxaydung.localhost"})

    def test_choice__kept_in_a_cookie_and_drawn_on_every_page(self):
        response = self.post(text_size="larger", contrast="high", ve="/tin-tuc/?trang=2")
        self.assertRedirects(response, "/tin-tuc/?trang=2", fetch_redirect_response=False)
        self.assertContains(self.get(), 'data-text-size="larger" data-contrast="high"')

    def test_choice__never_leads_to_another_host(self):
        for address in ("https://example.org/", "//example.org/", "javascript:alert(1)", "/\\example.org", ""):
            with self.subTest(address=address):
                response = self.post(text_size="large", contrast="normal", ve=address)
                self.assertEqual(response["Location"], "/")
                self.assertNotContains(self.get(f"{self.address}?ve={address}"), "example.org")

    def test_choice__unknown_value_is_refused(self):
        response = self.post(text_size="huge", contrast="normal")
        self.assertContains(response, "form__error")
        self.assertNotIn("hien-thi", response.cookies)

    def test_cookie__made_up_value_changes_nothing(self):
        self.client.cookies["hien-thi"] = '"><script>.high'
        self.assertContains(self.get(), '<html lang="vi" data-theme="bien">')

    def test_page__other_pages_set_no_cookie(self):
        self.assertEqual(len(self.get().cookies), 0)

    def test_page__csrf_is_checked(self):
        client = Client(enforce_csrf_checks=True)
        response = client.post(
            self.address, {"text_size": "large", "contrast": "high"}, headers={"host": "soxaydung.localhost"}
        )
        self.assertContains(response, "Phiên làm việc đã hết hạn", status_code=403)


class BlockTest(SiteTest):
    def picture(self, **fields):
        image = make_image(self.organisation)
        return {"image": image.pk, "alt": "Cầu Cổ Lũy", "caption": "Nhìn từ biển", "source": ""} | fields

    def test_image__has_sizes_alternative_text_caption_and_source(self):
        html = self.body(("image", self.picture()))
        for part in ('alt="Cầu Cổ Lũy"', "srcset=", 'loading="lazy"', "width=", "<figcaption", "Ảnh: Bùi Thanh"):
            self.assertIn(part, html)

    def test_gallery__ten_and_twenty_pictures_cost_the_same(self):
        costs = []
        for count in (10, 20):
            value = {"title": "Lễ hội", "items": [self.picture() for _ in range(count)]}
            self.body(("gallery", value))
            cache.clear()
            with CaptureQueriesContext(connection) as queries:
                html = self.body(("gallery", value))
            self.assertEqual(html.count("<figure"), count)
            self.assertIn(f"{count} ảnh", html)
            costs.append(len(queries))
        self.assertEqual(costs[0], costs[1])

    def test_video__elsewhere_is_a_link_that_names_the_host(self):
        html = self.body(
            ("video", {"title": "Toàn cảnh", "url": "https://www.youtube.com/watch?v=1", "duration": "3:42"})
        )
        self.assertIn("Xem trên youtube.com", html)
        self.assertIn("3:42", html)
        self.assertNotIn("<iframe", html)

    def test_video__a_file_plays_on_the_page(self):
        file = PortalFile.objects.create(title="Phim", file=ContentFile(b"0", name="phim.mp4"))
        html = self.body(("video", {"title": "Phim", "file": file.pk, "transcript": "Lời một\n\nLời hai"}))
        self.assertIn("<video", html)
        self.assertIn("<p>Lời hai</p>", html)

    def test_quote__names_the_speaker(self):
        html = self.body(("quote", {"text": "Nay chưa đến một giờ.", "speaker": "Bà Hạnh"}))
        self.assertInHTML('<figcaption class="quote__speaker">Bà Hạnh</figcaption>', html)

    def test_table__scrolls_by_keyboard_has_headers_and_figures_to_the_right(self):
        table = {
            "data": [["Đơn vị", "Tin"], ["Sở Xây dựng", "3.675"], ["Sở Y tế", "Không báo cáo"], ["<b>", None]],
            "first_row_is_table_header": True,
            "first_col_is_header": True,
        }
        html = self.body(("table", {"caption": "Số tin năm 2018", "table": table}))
        for part in (
            'role="region" tabindex="0" aria-label="Số tin năm 2018"',
            "<caption>Số tin năm 2018</caption>",
            '<th scope="col">Tin</th>',
            '<th scope="row">Sở Y tế</th>',
            '<td class="figure-cell">3.675</td>',
            "<td>Không báo cáo</td>",
            "&lt;b&gt;",
        ):
            self.assertIn(part, html)

    def test_files__say_type_and_size(self):
        file = PortalFile.objects.create(title="Kế hoạch", file=ContentFile(b"1", name="a.pdf"), file_size=54330)
        html = self.body(("files", {"title": "", "items": [file.pk]}))
        self.assertIn("Kế hoạch", html)
        self.assertRegex(html, r"PDF, 53,1.KB")

    def test_related__only_public_pages_and_one_query_for_all(self):
        live = [make_article(self.section, f"Bài {number}") for number in range(4)]
        draft = make_article(self.section, "Bản nháp", live=False)
        costs = []
        for pages in ([*live[:2], draft], [*live, draft]):
            cache.clear()
            with CaptureQueriesContext(connection) as queries:
                html = self.body(("related", {"title": "", "items": [page.pk for page in pages]}))
            costs.append(len(queries))
            self.assertNotIn("Bản nháp", html)
            self.assertEqual(html.count("<li>"), len(pages) - 1)
        self.assertEqual(costs[0], costs[1])

    def test_related__nothing_is_drawn_when_no_page_is_public(self):
        draft = make_article(self.section, "Bản nháp", live=False)
        self.assertNotIn("<aside", self.body(("related", {"title": "", "items": [draft.pk]})))


class ListTest(SiteTest):
    def test_section__ten_and_twenty_articles_with_pictures_cost_the_same(self):
        costs = []
        for first in (0, 10):
            for index in range(first, first + 10):
                image = make_image(self.organisation)
                make_article(self.section, f"Bài {index}", main_image=image, main_image_alt="Ảnh")
            self.get(f"/{self.section.slug}/")
            cache.clear()
            self.get("/khong-co/")
            with CaptureQueriesContext(connection) as queries:
                response = self.get(f"/{self.section.slug}/")
            self.assertEqual(response.content.decode().count("<article"), first + 10)
            costs.append(len(queries))
        self.assertEqual(costs[0], costs[1])

    def test_article__published_time_source_and_share_card(self):
        image = make_image(self.organisation)
        article = make_article(
            self.section, "Khởi công", main_image=image, main_image_alt="Lễ khởi công", source_name="Báo Quảng Ngãi"
        )
        response = self.get(f"/{self.section.slug}/{article.slug}/")
        today = timezone.localtime(article.published_at).strftime("%H:%M %d/%m/%Y")
        for said in (today, "Nguồn: Báo Quảng Ngãi", 'property="og:image"', 'alt="Lễ khởi công"', "Ảnh: Bùi Thanh"):
            self.assertContains(response, said)

    def test_print__has_the_address_and_no_menu(self):
        article = make_article(self.section, "Khởi công")
        response = self.get(f"/{self.section.slug}/{article.slug}/?in")
        self.assertContains(response, "http://soxaydung.localhost")
        self.assertContains(response, f"/{self.section.slug}/{article.slug}/</p>")
        self.assertNotContains(response, "<nav")
