"""An English edition to translate into, and short ways to do so."""

from types import SimpleNamespace

from wagtail.models import Locale

from commune_sites.features import copy_to_english
from editorial.workflows import ENGLISH, assign_workflow
from news.models import NewsSectionPage
from organisations.models import Role
from tests.factories import make_article, make_moderated_portal, make_person, make_section
from translation import work
from translation.segments import rows_of

BODY = [
    ("paragraph", '<p>Tỉnh có <b>96</b> xã, xem <a href="https://quangngai.gov.vn/">danh sách</a>.</p>'),
    ("heading", "Thông tin thêm"),
]
ENGLISH_OF = {
    "Khởi công cầu mới": "Work begins on a new bridge",
    "Sapo của Khởi công cầu mới": "Lead of the new bridge",
    "Thông tin thêm": "More information",
}


def make_edition():
    """The moderated portal with an English home page, a translated section and a public article in the Vietnamese one."""
    english, _made = Locale.objects.get_or_create(language_code="en")
    portal = make_moderated_portal()
    home = copy_to_english(portal.province.home_page)
    home.title, home.slug = "Quảng Ngãi Province", "quangngai-en"
    home.save_revision().publish()
    home.refresh_from_db()
    assign_workflow(ENGLISH, home)
    section = make_section(portal.province, "Thời sự")
    section_en = section.copy_for_translation(english)
    section_en.title, section_en.slug = "News", "news"
    section_en.save_revision().publish()
    section_en = NewsSectionPage.objects.get(pk=section_en.pk)
    article = make_article(section, "Khởi công cầu mới", body=BODY, owner=portal.secretary)
    article.save_revision().publish()
    return SimpleNamespace(
        **vars(portal) | {"section": section, "building_section": portal.section},
        english=english,
        home=home,
        section_en=section_en,
        article=article,
        translator=make_person("translator", portal.province, Role.TRANSLATOR),
    )


def typed(one, texts=None, **boxes):
    """{segment id: Typed} that answers every segment of the work `one`, as a form drawn now would."""
    found = {}
    for row in rows_of(one.translation.source):
        text = (texts or {}).get(row.source) or ENGLISH_OF.get(row.source) or english_of(row.source)
        found[row.pk] = work.Typed(text, row.seen, **boxes)
    return found


def english_of(source):
    return (
        source.replace("Tỉnh có", "The province has")
        .replace("xã, xem", "communes, see")
        .replace("danh sách", "the list")
    )


def translate(portal, page=None):
    """Begin, fill in and hand in `page`; gives (work, English page)."""
    one = work.begin(page or portal.article, user=portal.translator)
    work.save(one, typed(one), portal.translator)
    return one, work.submit(one, portal.translator)


def approve(page, user):
    """The board's decision about the newest revision of `page`."""
    step = type(page).objects.get(pk=page.pk).current_workflow_task_state
    step.task.specific.on_action(step, user, "approve")
