"""The public's search on the database: words of the title, typed with or without marks, newest first."""

import re

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commune_sites.folding import fold
from home.models import StandardPage
from home.visibility import unrestricted
from news.feeds import home_in_language
from news.models import NewsPage

PER_PAGE = 20
LONGEST_QUESTION = 200
STANDARD_PAGES = 5


@require_safe
def results(request):
    """Articles and standing pages with all the words; the province's site searches those of every organisation."""
    question = " ".join(request.GET.get("q", "").split())[:LONGEST_QUESTION]
    words = fold(question).split()
    context = {"question": question, "articles": None, "pages": []}
    if words:
        home, organisation = home_in_language(request), request.frame.organisation
        articles, pages = NewsPage.objects.readable(), StandardPage.objects.live().filter(unrestricted())
        articles, pages = articles.filter(locale=home.locale_id), pages.filter(locale=home.locale_id)
        if not organisation.is_province:
            articles, pages = articles.of(organisation), pages.descendant_of(home)
        context["articles"] = page_of(titled(articles, words).newest(), request.GET.get("trang", "1"))
        context["pages"] = titled(pages, words).order_by("title")[:STANDARD_PAGES]
    return render(request, "search/results.html", context)


def titled(pages, words):
    """Those of `pages` whose title has every one of the folded `words`."""
    for word in words:
        pages = pages.filter(folded_title__contains=word)
    return pages


def page_of(articles, number):
    """The asked page of `articles`, as a list shows them; 404 for a page that is not there."""
    paginator = Paginator(articles.values_list("pk", flat=True), PER_PAGE)
    if not re.fullmatch(r"[1-9]\d{0,5}", number, re.ASCII) or int(number) > paginator.num_pages:
        raise Http404
    page = paginator.page(int(number))
    page.object_list = NewsPage.objects.in_order(list(page.object_list))
    return page
