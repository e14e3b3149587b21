"""The news sections a new site starts with, by kind of organisation; its editors rename or add."""

from django.urls import reverse
from django.utils.translation import gettext as _

from commune_sites.seams import opening_steps, readiness_checks, starter_steps
from home.slugs import vietnamese_slug

from .models import Category, NewsPage, NewsSectionPage

SECTIONS = {
    "province": [
        ("Thời sự", "tin-tuc"),
        ("Chỉ đạo, điều hành", "chi-dao-dieu-hanh"),
        ("Kinh tế", "kinh-te"),
        ("Văn hóa - Xã hội", "van-hoa-xa-hoi"),
        ("Thông báo", "thong-bao"),
    ],
    "agency": [
        ("Tin hoạt động của ngành", "tin-tuc"),
        ("Phổ biến pháp luật", "pho-bien-phap-luat"),
        ("Cải cách hành chính", "cai-cach-hanh-chinh"),
        ("Thông báo", "thong-bao"),
    ],
    "district": [
        ("Tin trong huyện", "tin-tuc"),
        ("Kinh tế - Xã hội", "kinh-te-xa-hoi"),
        ("Văn hóa - Du lịch", "van-hoa-du-lich"),
        ("Thông báo", "thong-bao"),
    ],
    "commune": [
        ("Tin trong xã", "tin-tuc"),
        ("Thông báo", "thong-bao"),
    ],
}

# Subjects all sites share, with the name the English edition uses.
CATEGORIES = [
    ("Chính trị", "Politics"),
    ("Kinh tế", "Economy"),
    ("Đầu tư", "Investment"),
    ("Xây dựng, đô thị", "Construction and urban development"),
    ("Giao thông", "Transport"),
    ("Nông nghiệp, nông thôn", "Agriculture and rural development"),
    ("Tài nguyên, môi trường", "Natural resources and environment"),
    ("Văn hóa, thể thao, du lịch", "Culture, sports and tourism"),
    ("Giáo dục, đào tạo", "Education and training"),
    ("Y tế", "Health"),
    ("Khoa học, công nghệ", "Science and technology"),
    ("Lao động, xã hội", "Labour and social affairs"),
    ("Quốc phòng, an ninh", "Defence and security"),
    ("Cải cách hành chính", "Administrative reform"),
    ("Pháp luật", "Law"),
    ("Phòng, chống thiên tai", "Disaster prevention"),
]


@opening_steps.register
def open_categories(organisation, home):
    """The subjects come with the province; an operator's renaming stands."""
    if organisation.is_province and not Category.objects.exists():
        Category.objects.bulk_create(
            Category(name=name, name_en=english, slug=vietnamese_slug(name), order=order)
            for order, (name, english) in enumerate(CATEGORIES)
        )


@starter_steps.register
def open_sections(kind, home):
    """Add the sections that `home` lacks."""
    have = set(NewsSectionPage.objects.child_of(home).values_list("slug", flat=True))
    for title, slug in SECTIONS[kind]:
        if slug not in have:
            home.add_child(instance=NewsSectionPage(title=title, slug=slug, show_in_menus=True, locale=home.locale))


@readiness_checks.register
def first_article(organisation):
    """A site opens with something to read."""
    section = NewsSectionPage.objects.child_of(organisation.home_page).first()
    where = section.pk if section else organisation.home_page_id
    done = NewsPage.objects.live().of(organisation).exists()
    return _("Bài viết đầu tiên đã đăng"), done, reverse("wagtailadmin_explore", args=[where])
