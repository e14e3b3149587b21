"""Which articles: the glossary of news lists."""

import datetime

from django.db.models import Prefetch
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.models import Site
from wagtail.query import PageQuerySet

LISTED_RENDITIONS = ("fill-640x400|format-webp", "fill-320x200|format-webp")


class NewsPageQuerySet(PageQuerySet):
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
        """Rows as a list shows them: no body, with pictures and names, in a constant number of queries."""
        images = get_image_model().objects.prefetch_renditions(*LISTED_RENDITIONS)
        return (
            self.defer("body").select_related("category", "publisher").prefetch_related(Prefetch("main_image", images))
        )


def month_bounds(year, month):
    """First day of the month and of the next one."""
    start = datetime.date(year, month, 1)
    return start, (start + datetime.timedelta(days=32)).replace(day=1)


def hostnames_of(organisations):
    """{organisation id: Site} for linking across sites without a query per article."""
    roots = {organisation.home_page_id: organisation.pk for organisation in organisations}
    return {roots[site.root_page_id]: site for site in Site.objects.filter(root_page__in=roots)}
