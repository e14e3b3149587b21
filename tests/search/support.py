"""What tests of the index do to it."""

from wagtail.models import Locale, PageViewRestriction

from commune_sites.features import copy_to_english
from search import index, queue
from search.models import QueuedPage
from tests.factories import make_article


def publish(section, title, **fields):
    page = make_article(section, title, live=False, **fields)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def drain_all(server):
    while queue.drain(server):
        pass
    server.indices.refresh(index=index.live_alias())


def queued():
    """Ids of the pages that wait."""
    return set(QueuedPage.objects.values_list("page_id", flat=True))


def english_home(organisation):
    """The organisation's home page in English, live."""
    Locale.objects.get_or_create(language_code="en")
    home = copy_to_english(organisation.home_page)
    home.save_revision().publish()
    home.refresh_from_db()
    return home


def translated(page, **fields):
    """A live English translation of `page`, whose parent has one."""
    copy = page.specific.copy_for_translation(Locale.objects.get(language_code="en"))
    for name, value in fields.items():
        setattr(copy, name, value)
    copy.save_revision().publish()
    copy.refresh_from_db()
    return copy


def restrict_elsewhere(page):
    """Another process restricts `page`: no signal, and what this process keeps stays as it was."""
    PageViewRestriction.objects.bulk_create(
        [PageViewRestriction(page_id=page.pk, restriction_type=PageViewRestriction.LOGIN)]
    )
