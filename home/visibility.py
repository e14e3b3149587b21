"""What the public may read is not behind a view restriction on the page or above it."""

from functools import reduce
from operator import or_

from django.db.models import Q
from wagtail.models import PageViewRestriction

from .frame import cached


def restricted_paths():
    """Tree paths under which pages are not for everyone; from the cache, since lists ask for them all the time."""
    return cached("restricted", lambda: list(PageViewRestriction.objects.values_list("page__path", flat=True)))


def unrestricted(page=""):
    """Condition on pages: neither restricted themselves nor below a page that is (anchors T24).

    `page` is the way from the rows to the page where it is not the row itself: "page__".
    """
    closed = [Q(**{f"{page}path__startswith": path}) for path in restricted_paths()]
    return ~reduce(or_, closed) if closed else Q()
