"""Which articles: the glossary of news lists."""

import datetime

from django.utils import timezone
from wagtail.models import PageViewRestriction
from wagtail.query import PageQuerySet

from home.visibility import unrestricted


class NewsPageQuerySet(PageQuerySet):
    def readable(self):
        """Articles that everybody may read: live, not restricted by themselves or by a page above them."""
        return self.live().filter(unrestricted(), published_at__isnull=False)

    def readable_in(self, sections):
        """The same of `sections` (ids), for who was let into them."""
        restricted = PageViewRestriction.objects.values("page")
        return self.live().filter(section__in=sections, published_at__isnull=False).exclude(pk__in=restricted)

    def of(self, organisation):
        """Articles that `organisation` owns."""
        return self.filter(publisher=organisation)

    def newest(self):
        """Newest first, in the order every index of the table has."""
        return self.order_by("-published_at", "-pk")

    def published_within(self, start, end):
        """Published from the day `start` up to, not including, the day `end`, in the portal's time zone."""
        zone = timezone.get_current_timezone()
        midnight = datetime.time.min
        return self.filter(
            published_at__gte=datetime.datetime.combine(start, midnight, zone),
            published_at__lt=datetime.datetime.combine(end, midnight, zone),
        )

    def for_listing(self):
        """Rows as a list shows them: no body, with pictures and names, in two queries whatever their number."""
        return (
            self.defer("body")
            .select_related("category", "publisher", "main_image")
            .prefetch_related("main_image__renditions")
        )

    def in_order(self, pks):
        """The articles `pks` as a list shows them, in that order; a list of ids is cheap to page through, rows are not."""
        found = self.for_listing().in_bulk(pks)
        return [found[pk] for pk in pks if pk in found]


def month_bounds(year, month):
    """First day of the month and of the next one."""
    start = datetime.date(year, month, 1)
    return start, (start + datetime.timedelta(days=32)).replace(day=1)
