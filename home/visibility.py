"""What the public may read is not behind a view restriction on the page or above it."""

from functools import reduce
from operator import or_

from django.db.models import F, Q
from django.db.models.functions import Left
from django.db.models.lookups import In
from wagtail.models import Page, PageViewRestriction

from organisations.models import Organisation

from .kept import cached

# Up to so many conditions are written one by one; a hundred sites that wait behind a holding page are one list.
FEW = 8


def restricted_paths():
    """Tree paths under which pages are not for everyone; from the cache, since lists ask for them all the time."""
    return cached("restricted", restricted_paths_now)


def restricted_paths_now():
    """The same as the database says it at this moment; a site that is held back is so in every language."""
    rows = list(PageViewRestriction.objects.values_list("page", "page__path"))
    if not rows:
        return []
    held = Organisation.objects.filter(home_page__in=[pk for pk, _path in rows])
    homes = Page.objects.filter(translation_key__in=held.values("home_page__translation_key"))
    return sorted({path for _pk, path in rows} | set(homes.values_list("path", flat=True)))


def unrestricted(page=""):
    """Condition on pages: neither restricted themselves nor below a page that is (anchors T24).

    `page` is the way from the rows to the page where it is not the row itself: "page__".
    """
    return outside(restricted_paths(), page)


def unrestricted_now(page=""):
    """The same for whatever is written and stays, as an index does: a list that shows a page too many for a minute is read again."""
    return outside(restricted_paths_now(), page)


def outside(paths, page=""):
    """Condition on pages: not below any of the tree `paths`."""
    if not paths:
        return Q()
    if len(paths) <= FEW:
        return ~reduce(or_, [Q(**{f"{page}path__startswith": path}) for path in paths])
    by_length = {}
    for path in paths:
        by_length.setdefault(len(path), []).append(path)
    begins = [Q(In(Left(F(f"{page}path"), length), begun)) for length, begun in by_length.items()]
    return ~reduce(or_, begins)
