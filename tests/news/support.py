"""The province as the public meets it, and what tests of public pages ask again and again."""

import datetime
from io import BytesIO

from django.core.files.images import ImageFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image
from wagtail.models import Collection, Locale, Page, PageViewRestriction, Site

from home.media.models import PortalImage
from home.models import ProvinceHomePage
from organisations.models import Organisation

NOW = timezone.now()


def hours_ago(hours):
    return NOW - datetime.timedelta(hours=hours)


def make_province():
    """The province on the bare domain, its home page directly below the root as in a real portal."""
    home = Page.objects.get(depth=1).add_child(
        instance=ProvinceHomePage(title="Cổng tỉnh", slug="quangngai", locale=Locale.get_default())
    )
    Site.objects.update_or_create(hostname="localhost", defaults={"root_page": home, "is_default_site": True})
    return Organisation.objects.create(
        name="Văn phòng UBND tỉnh",
        short_name="VP UBND tỉnh",
        code="quangngai",
        kind=Organisation.Kind.PROVINCE,
        home_page=home.page_ptr,
        collection=Collection.objects.get(depth=1).add_child(instance=Collection(name="Tỉnh")),
    )


def translate(page, language="en", **fields):
    """A live translation of `page`, whose parent is translated already."""
    locale, _created = Locale.objects.get_or_create(language_code=language)
    translation = page.specific.copy_for_translation(locale)
    for name, value in fields.items():
        setattr(translation, name, value)
    translation.save_revision().publish()
    translation.refresh_from_db()
    return translation


def restrict(page):
    """Only who is signed in may read `page` and what lies below it."""
    return PageViewRestriction.objects.create(page_id=page.pk, restriction_type=PageViewRestriction.LOGIN)


def make_image(title="Cầu Trà Khúc"):
    """A picture large enough for a share card."""
    file = BytesIO()
    Image.new("RGB", (1300, 800), "teal").save(file, "PNG")
    file.seek(0)
    return PortalImage.objects.create(title=title, alt_text=title, file=ImageFile(file, name="anh.png"))


def queries_of(action):
    """How many queries `action()` costs, once what it needs is in the cache."""
    action()
    with CaptureQueriesContext(connection) as captured:
        action()
    return len(captured)
