"""Every kind of page in a real browser, on a desk and on a phone: fit, legible, reachable by keyboard, and no fault found by axe."""

import datetime
from io import BytesIO, StringIO

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.files.images import ImageFile
from django.core.management import call_command
from django.utils import timezone
from PIL import Image
from wagtail.models import Site

from commune_sites.changes import plan_closing
from commune_sites.loading import annex_rows, open_component, open_province
from commune_sites.provisioning import Order, provision
from documents.models import DocumentRegisterPage
from home.media.models import PortalImage
from home.models import SharedPage, SiteSettings, Theme
from news.models import NewsPage, NewsSectionPage
from organisations.models import Organisation
from tests.documents.support import make_document
from tests.factories import make_alert, make_article

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LOOKS = [
    pytest.param({"width": 1280, "color_scheme": "light"}, id="desk"),
    pytest.param({"width": 390, "color_scheme": "light"}, id="phone"),
    pytest.param({"width": 1280, "color_scheme": "dark"}, id="desk-dark"),
    pytest.param({"width": 390, "color_scheme": "dark"}, id="phone-dark"),
    pytest.param({"width": 1280, "color_scheme": "light", "display": "larger.high"}, id="desk-high-contrast"),
    pytest.param({"width": 360, "color_scheme": "dark", "display": "larger.high"}, id="small-phone-larger-text"),
]
TITLE = "Ế, Ỗ, Ậ: Đức Phổ dời 42 hộ khỏi vùng có nguy cơ sạt lở trước mùa mưa bão năm nay"
TABLE = {
    "data": [["Đơn vị", "Tin", "Ảnh", "Video", "Văn bản", "Ghi chú"], ["Sở Xây dựng", "3.675", "12", "4", "120", "–"]],
    "first_row_is_table_header": True,
    "first_col_is_header": True,
}
# What sticks out of the window, but for what scrolls by itself and what is hidden from sight on purpose.
STICKING_OUT = """width => [...document.querySelectorAll("body *")].filter(element => {
    const box = element.getBoundingClientRect();
    return (box.right > width + 1 || box.left < -1)
        && !element.closest(".menu__list, .table, .visually-hidden, .skip-link");
}).map(element => element.outerHTML.slice(0, 120))"""
# Headings whose line is lower than their marks need.
CLIPPED = """() => [...document.querySelectorAll("h1, h2, h3")].filter(heading => {
    const style = getComputedStyle(heading);
    return parseFloat(style.lineHeight) < 1.3 * parseFloat(style.fontSize) - 0.01
        || (style.overflow !== "visible" && !heading.closest(".visually-hidden"));
}).map(heading => heading.textContent)"""


@pytest.fixture
def portal(live_server, address, restored_root):
    """The province, an agency and a district with articles; gives the addresses of home, section and article of each."""
    province, *rows = annex_rows()
    district = next(row for row in rows if row["kind"] == "district")
    organisations = [open_province(province, 0), open_component(rows[0], 1), open_component(district, 2)]
    port = live_server.url.rsplit(":", 1)[1]
    themes = [Theme.SEA, Theme.FOREST, Theme.POTTERY]
    return [
        address
        for organisation, theme in zip(organisations, themes, strict=True)
        for address in fill(organisation, theme, port)
    ]


def fill(organisation, theme, port):
    home = organisation.home_page
    site = home.get_site()
    site.port = int(port)
    site.save()
    settings = SiteSettings.for_site(site)
    settings.theme = theme
    make_alert(organisation, "Bão số 14 vào gần bờ, tàu thuyền không ra khơi.")
    settings.address, settings.email = "52 Hùng Vương, Quảng Ngãi", "congthongtin@quangngai.gov.vn"
    settings.save()
    section = NewsSectionPage.objects.child_of(home).first()
    image = picture(organisation)
    # Only the province's section is long enough for a second page: one paginator to look at is enough.
    count, query = (22, "?trang=2") if organisation.is_province else (7, "")
    for index in range(count):
        genre = ["tin", "bai", "anh", "video"][index % 4]
        make_article(section, f"{TITLE} {index}", main_image=image, main_image_alt="Đoàn xe", genre=genre)
    article = make_article(section, TITLE, main_image=image, main_image_alt="Đoàn xe", body=body(image))
    if organisation.is_province:
        add_documents(home)
    root = f"http://{site.hostname}:{port}"
    return [f"{root}/", f"{root}/{section.slug}/{query}", f"{root}/{section.slug}/{article.slug}/"]


def add_documents(home):
    """One document of each status that colours tell apart, with relations and a text."""
    register = DocumentRegisterPage.objects.child_of(home).get()
    make_document(register, "16/2017/QĐ-UBND", "20/3/2017", slug="16-2017", body=[("paragraph", "<p>Điều 1.</p>")])
    make_document(register, "5/2018/QĐ-UBND", "1/2/2018", [("replaces", "16/2017/QĐ-UBND", {})])
    make_document(register, "6/2018/QĐ-UBND", "2/2/2018", [("amends", "5/2018/QĐ-UBND", {"clause": "Điều 2"})])
    make_document(register, "7/2018/QĐ-UBND", "3/2/2018", effective=datetime.date(2099, 1, 1))


def picture(organisation):
    data = BytesIO()
    Image.new("RGB", (1280, 800), "steelblue").save(data, "JPEG")
    file = ImageFile(BytesIO(data.getvalue()), name="anh.jpg")
    return PortalImage.objects.create(
        title="Ảnh", alt_text="Đoàn xe", file=file, width=1280, height=800, collection=organisation.collection
    )


def body(image):
    """One block of each kind that stands without another page or file."""
    shot = {"image": image.pk, "alt": "Đoàn xe", "caption": "Trên cầu Cổ Lũy", "source": "Bùi Thanh"}
    return [
        ("paragraph", "<p>Sáng 23/11, xem tại <a href='/'>trang chủ</a>.</p><ul><li>Một</li></ul>"),
        ("heading", "Đường mới ở Ế Ỗ Ậ"),
        ("image", shot | {"image": image}),
        ("gallery", {"title": "Ngày khánh thành", "items": [shot | {"image": image}] * 2}),
        ("video", {"title": "Toàn cảnh", "url": "https://example.org/1", "poster": image, "transcript": "Lời."}),
        ("quote", {"text": "Nay chưa đến một giờ.", "speaker": "Bà Hạnh"}),
        ("table", {"caption": "Số tin năm 2018", "table": TABLE}),
    ]


@pytest.mark.parametrize("look", LOOKS)
def test_pages__fit_and_axe_finds_nothing(browser, portal, look):
    context = browser.new_context(viewport={"width": look["width"], "height": 800}, color_scheme=look["color_scheme"])
    if "display" in look:
        context.add_cookies([{"name": "hien-thi", "value": look["display"], "url": url} for url in portal])
    page = context.new_page()
    for url in portal:
        response = page.goto(url)
        assert response.status == 200, url
        assert page.evaluate("document.documentElement.scrollWidth") <= look["width"], url
        assert page.evaluate(STICKING_OUT, look["width"]) == [], url
        assert page.evaluate(CLIPPED) == [], url
        found = Axe().run(page)
        assert found.violations_count == 0, f"{url}\n{found.generate_report()}"
    context.close()


def test_other_pages__fit_and_axe_finds_nothing(browser, portal):
    root, article = portal[0], portal[2]
    others = [
        "van-ban/",
        "van-ban/?so=9999",
        "van-ban/16-2017/",
        "van-ban/16-2017/?in",
        "du-lieu-mo/",
        "hien-thi/",
        "tim-kiem/?q=duc+pho",
        "tim-kiem/",
        "tin-bai/",
        "gioi-thieu/",
        "khong-co/",
        "en/",
    ]
    page = browser.new_page(viewport={"width": 390, "height": 800})
    for url in [*(f"{root}{path}" for path in others), f"{article}?in"]:
        response = page.goto(url)
        assert response.status == (404 if "khong-co" in url else 200), url
        assert page.evaluate(STICKING_OUT, 390) == [], url
        assert page.locator("h1").count() == 1, url
        found = Axe().run(page)
        assert found.violations_count == 0, f"{url}\n{found.generate_report()}"


def test_closed_held_and_english_sites__fit_and_axe_finds_nothing(browser, portal):
    """A district that has ended, what is shared with an agency, a site that waits, and pages of the English edition."""
    root, agency, district = portal[0], portal[3], portal[6]
    province, building, ended = (Organisation.objects.get(kind=kind) for kind in ("province", "agency", "district"))
    port = root.rstrip("/").rsplit(":", 1)[1]
    held, _made = provision(Order("commune", "Xã Bình Minh", "xa-binhminh"))
    Site.objects.update(port=int(port))
    notice = NewsPage.objects.filter(publisher=province).first()
    SharedPage.objects.create(page=notice.page_ptr, owner=province, kinds=["agency"])
    plan_closing([ended], [building, held], timezone.localdate())
    call_command("load_english", stdout=StringIO())
    english = ["en/", "en/about/administrative-units/", "en/organisations/soxaydung/", "en/news/", "en/search/?q=news"]
    page = browser.new_page(viewport={"width": 390, "height": 800})
    for url in [agency, district, f"http://xa-binhminh.localhost:{port}/", *(f"{root}{path}" for path in english)]:
        assert page.goto(url).status == 200, url
        assert page.evaluate(STICKING_OUT, 390) == [], url
        found = Axe().run(page)
        assert found.violations_count == 0, f"{url}\n{found.generate_report()}"
    assert "được giữ để tra cứu" in page.goto(district).text()
    assert notice.title in page.goto(agency).text()


def test_keyboard__skip_link_first_then_text_under_it(browser, portal):
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(portal[0])
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.inner_text() == "Đến nội dung chính"
    assert skip.bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "noi-dung"


def test_keyboard__every_stop_is_seen(browser, portal):
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(portal[2])
    for _stop in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none", page.evaluate("document.activeElement.outerHTML.slice(0, 120)")


def test_page__has_one_script_of_its_own_and_breaks_no_policy(browser, portal):
    """The suggestions of the search box; what pages do without any script is tested without it."""
    page = browser.new_page()
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    for url in portal:
        page.goto(url)
        scripts = page.locator("script:not([type='application/ld+json'])")
        sources = scripts.evaluate_all("all => all.map(one => one.getAttribute('src').replace(/\\.[0-9a-f]{12}/, ''))")
        assert sources == ["/static/js/suggest.js"]
        assert page.locator("[style]").count() == 0
    assert [text for text in complaints if "Content Security Policy" in text] == []


def test_display__larger_text_is_chosen_without_script(browser, portal):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(portal[5])
    page.locator(".topbar a", has_text="Cỡ chữ").click()
    page.get_by_label("Rất lớn").check()
    page.get_by_role("button", name="Áp dụng").click()
    assert page.url == portal[5]
    assert page.locator("html").get_attribute("data-text-size") == "larger"
    context.close()
