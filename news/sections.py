"""The news sections of a site."""

from .models import NewsSectionPage


def sections_of(organisation):
    """{slug: news section} of the organisation's Vietnamese site, in the order of its menu."""
    home = organisation.home_page
    return {section.slug: section for section in NewsSectionPage.objects.descendant_of(home).order_by("path")}
