"""What a site, and the province for all sites, put above the results of certain words."""

from wagtail.models import Page

from home.visibility import unrestricted_now
from organisations.folding import fold
from organisations.models import Organisation

from .models import PromotedResult
from .vietnamese import words_of

MOST = 3


def promoted(organisation, words, locale):
    """[{"title", "url"}] of at most MOST results, the site's own first. Pages that are not public now are left out."""
    if locale != "vi":
        return []
    asked = [fold(word) for word in words_of(words)]
    province = Organisation.objects.filter(kind=Organisation.Kind.PROVINCE).values("home_page")
    rows = PromotedResult.objects.filter(promotions__site__root_page__in=[organisation.home_page_id]) | (
        PromotedResult.objects.filter(promotions__site__root_page__in=province)
    )
    rows = rows.select_related("promotions__site", "page").order_by("sort_order")
    chosen = [row for row in rows if row.answers(asked)]
    chosen.sort(key=lambda row: row.promotions.site.root_page_id != organisation.home_page_id)
    pages = [row.page_id for row in chosen if row.page_id]
    readable = Page.objects.live().filter(unrestricted_now(), expired=False, pk__in=pages)
    public = set(readable.values_list("pk", flat=True)) if pages else set()
    shown = {}
    for row in chosen:
        url = row.address or (row.page.full_url if row.page_id in public else "")
        if url:
            shown.setdefault(url, {"title": row.title, "url": url})
    return list(shown.values())[:MOST]
