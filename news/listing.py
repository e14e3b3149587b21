"""What a section page lists: by subject, by month, a page at a time."""

from django.core.paginator import Paginator

from .models import NewsPage

PER_PAGE = 20


def section_context(section, request):
    """`articles`: one page of the section's live articles, newest first."""
    articles = NewsPage.objects.live().filter(section=section.pk).newest().for_listing()
    return {"articles": Paginator(articles, PER_PAGE).get_page(request.GET.get("trang"))}
