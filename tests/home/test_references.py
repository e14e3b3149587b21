"""Another organisation's drafts, pictures and files by their numbers, in every kind of field: refused, and told of by nothing."""

import json

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Site
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from home.admin.references import sentence
from home.media.models import PortalFile, PortalImage
from home.models import SiteSettings
from organisations.models import Role
from tests.factories import make_article, make_moderated_portal, make_person, make_section
from tests.isolation.planting import MARK

pytestmark = pytest.mark.django_db
HOST = {"host": "localhost"}
PAGE = "page"


@pytest.fixture
def portal():
    portal = make_moderated_portal()
    section = make_section(portal.health, f"{MARK} chuyên mục")
    portal.foreign = things_of(portal.health, MARK) | {PAGE: make_article(section, f"{MARK} nháp", live=False)}
    portal.own = things_of(portal.building, "Riêng") | {PAGE: make_article(portal.section, "Riêng nháp", live=False)}
    portal.public = make_article(section, "Bài công khai")
    portal.draft = make_article(portal.section, "Bài của Sở Xây dựng", live=False, owner=portal.editor)
    portal.draft.save_revision(user=portal.editor)
    return portal


def things_of(organisation, name):
    collection = organisation.collection
    return {
        "image": PortalImage.objects.create(title=f"{name} ảnh", file=get_test_image_file(), collection=collection),
        "file": PortalFile.objects.create(
            title=f"{name} tệp", file=ContentFile(b"%PDF-1.4", f"{name}.pdf"), collection=collection
        ),
    }


def image_value(thing):
    return {"image": thing["image"].pk, "alt": "Ảnh", "caption": "", "source": ""}


def listed(value):
    """A ListBlock's form data."""
    fields = {f"{number}-value": one for number, one in enumerate(value)}
    for number, _one in enumerate(value):
        fields |= {f"{number}-deleted": "", f"{number}-order": number, f"{number}-id": ""}
    return fields | {"count": len(value)}


def page_link(thing):
    return rich_text(f'<p>Xem <a linktype="page" id="{thing[PAGE].pk}">bài</a></p>', features=["link"])


def file_link(thing):
    return rich_text(f'<p>Xem <a linktype="document" id="{thing["file"].pk}">tệp</a></p>', features=["document-link"])


def holds(body, text):
    """As HTML shows it, or as JSON writes it."""
    return text in body or json.dumps(text)[1:-1] in body


BLOCKS = {
    "image": lambda thing: ("image", image_value(thing)),
    "gallery": lambda thing: ("gallery", {"title": "", "items": listed([image_value(thing)] * 2)}),
    "video": lambda thing: ("video", {"title": "Phim", "url": "", "file": thing["file"].pk}),
    "files": lambda thing: ("files", {"title": "", "items": listed([thing["file"].pk])}),
    "related": lambda thing: ("related", {"title": "", "items": listed([thing[PAGE].pk])}),
    "link to a page": lambda thing: ("paragraph", page_link(thing)),
    "link to a file": lambda thing: ("paragraph", file_link(thing)),
}


def form_data(blocks):
    return nested_form_data(
        {
            "title": "Bài của Sở Xây dựng",
            "slug": "bai",
            "lead": "Sapo",
            "genre": "tin",
            "body": streamfield(blocks),
            "bylines": inline_formset([]),
            "comments": inline_formset([]),
        }
    )


def saved(portal, client, blocks):
    """Saves the draft; gives the answer, and whether the draft has changed."""
    client.force_login(portal.editor)
    before = portal.draft.revisions.count()
    url = reverse("wagtailadmin_pages:edit", args=[portal.draft.pk])
    response = client.post(url, form_data(blocks), headers=HOST, follow=True)
    return response.content.decode(), portal.draft.revisions.count() > before


@pytest.mark.parametrize("kind", BLOCKS)
def test_draft__of_foreign_things_is_refused_and_tells_nothing(portal, client, kind):
    body, is_saved = saved(portal, client, [BLOCKS[kind](portal.foreign)])
    assert not is_saved
    assert not holds(body, MARK)


@pytest.mark.parametrize("kind", BLOCKS)
def test_draft__of_own_things_is_saved(portal, client, kind):
    assert saved(portal, client, [BLOCKS[kind](portal.own)])[1]


def test_draft__may_link_to_what_the_whole_province_reads(portal, client):
    assert saved(portal, client, [("paragraph", page_link({PAGE: portal.public}))])[1]


def test_refusal__says_why(portal, client):
    body, _is_saved = saved(portal, client, [BLOCKS["files"](portal.foreign)])
    assert holds(body, sentence())


def test_reference_of_an_older_revision__stays_and_is_told_by_its_number(portal, client):
    portal.draft.body = [("image", {"image": portal.foreign["image"], "alt": "Ảnh"})]
    portal.draft.save_revision(user=portal.editor)
    portal.draft.body = []
    portal.draft.save_revision(user=portal.editor)
    body, is_saved = saved(portal, client, [BLOCKS["image"](portal.foreign)])
    assert is_saved
    assert not holds(body, MARK)


def test_preview__of_foreign_things_is_refused(portal, client):
    client.force_login(portal.editor)
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[portal.draft.pk])
    answer = client.post(url, form_data([BLOCKS["related"](portal.foreign)]), headers=HOST).json()
    assert answer["is_valid"] is False
    assert MARK not in client.get(url, headers=HOST).content.decode()


def test_emblem__of_a_foreign_picture_is_refused(portal, client):
    manager = make_person("manager", portal.building, Role.MANAGER)
    site = Site.objects.get(root_page=portal.building.home_page)
    client.force_login(manager)
    data = {"official_name": "Sở Xây dựng", "theme": "bien", "stale_after_days": 14}
    url = reverse("wagtailsettings:edit", args=["home", "sitesettings", site.pk])
    body = client.post(url, data | {"emblem": portal.foreign["image"].pk}, headers=HOST).content.decode()
    assert sentence() in body
    assert MARK not in body
    assert not SiteSettings.objects.filter(emblem__isnull=False).exists()
    client.post(url, data | {"emblem": portal.own["image"].pk}, headers=HOST)
    assert SiteSettings.objects.get(emblem__isnull=False).emblem == portal.own["image"]


@pytest.mark.parametrize("number", ["abc", "٨٥", "9" * 40, "-1", ""])
def test_number__that_is_none_is_a_sentence(portal, client, number):
    link = f'<p><a linktype="page" id="{number}">bài</a></p>'
    body, _is_saved = saved(portal, client, [("paragraph", rich_text(link, features=["bold"]))])
    assert body
