"""What news puts on the home pages."""

from commune_sites.scoping import organisation_of
from home.registry import register_front_page_source

from .models import NewsPage

LEADING, LATEST = 5, 10


@register_front_page_source
def news_on_home_page(page, request):
    """`lead_story`, `top_stories` and `latest` of the site whose home page is `page`."""
    articles = NewsPage.objects.live().of(organisation_of(page)).filter(locale=page.locale_id)
    newest = list(articles.newest().for_listing()[: LEADING + LATEST])
    return {"lead_story": newest[0] if newest else None, "top_stories": newest[1:LEADING], "latest": newest[LEADING:]}
