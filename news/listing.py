"""Lists of articles, of a section or of a whole site: by subject, month and genre, a page at a time.

Addresses: `?linh-vuc=<slug>&thang=2018-05&the-loai=<genre>&trang=3`. What does not exist is answered 404 with a reason.
"""

import datetime
import re
from collections import Counter
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.core.cache import cache
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.db.models.functions import TruncMonth
from django.http import Http404
from django.shortcuts import render
from django.utils.crypto import get_random_string
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from home.addresses import root_of
from home.kept import cached
from home.names import local_name
from home.screens import context_of
from home.visibility import unrestricted
from organisations.models import Organisation
from organisations.policies import any_of
from organisations.scoping import organisation_of
from organisations.succession import closed_before

from .links import feed_links, home_in_language
from .models import Category, NewsPage, NewsSectionPage
from .querysets import month_bounds

PER_PAGE = 20
COUNTS_SECONDS = 60
_EDITION = "news-counts-edition"
MONTH = re.compile(r"(?P<year>20\d\d|19\d\d)-(?P<month>0[1-9]|1[0-2])", re.ASCII)


@dataclass(frozen=True)
class Choice:
    """What a reader asks a list for. `month` is "2018-05"; empty strings: all."""

    category: str = ""
    month: str = ""
    genre: str = ""

    def query(self, page=1):
        """The query string of this choice in one fixed form, so that one list has one address."""
        pairs = [("linh-vuc", self.category), ("thang", self.month), ("the-loai", self.genre)]
        pairs.append(("trang", str(page) if page > 1 else ""))
        return urlencode([pair for pair in pairs if pair[1]])

    def address(self, path, page=1):
        query = self.query(page)
        return f"{path}?{query}" if query else path


class CountedPaginator(Paginator):
    """Pages through ids, whose number is known already; a page holds the articles themselves."""

    count = 0

    def __init__(self, ids, count):
        super().__init__(ids, PER_PAGE)
        self.count = count

    def page(self, number):
        page = super().page(number)
        page.object_list = NewsPage.objects.in_order(list(page.object_list))
        return page


class Listing:
    """The articles of one place, narrowed to what the request asks for."""

    def __init__(self, request, articles, name):
        self.request, self.everything, self.name = request, articles, name
        self.choice = chosen(request)

    @cached_property
    def counts(self):
        """{(month, category id, genre): articles} of the place, in one query that is kept a minute."""
        key = f"news-counts:{cache.get_or_set(_EDITION, lambda: get_random_string(8), None)}:{self.name}"
        return cache.get_or_set(key, lambda: counted(self.everything), COUNTS_SECONDS)

    @cached_property
    def category(self):
        return next((category for category in categories() if category.slug == self.choice.category), None)

    def context(self):
        """What the template of a list needs; see news/components/filters.html."""
        articles = self._page()
        path, choice = self.request.path, self.choice
        return {
            "articles": articles,
            "category": self.category,
            "month": _first_day(choice.month) if choice.month else None,
            "genre": choice.genre,
            "categories": self._categories(),
            "months": self._months(),
            "genres": self._genres(),
            "is_narrowed": choice != Choice(),
            "canonical_url": root_of(self.request) + choice.address(path, articles.number),
            "previous_url": choice.address(path, articles.number - 1) if articles.has_previous() else "",
            "next_url": choice.address(path, articles.number + 1) if articles.has_next() else "",
        }

    def _page(self):
        ids = narrowed(self.everything, self.choice, self.category).newest().values_list("pk", flat=True)
        paginator = CountedPaginator(ids, sum(self._counts_by(lambda month, category, genre: "all").values()))
        number = self.request.GET.get("trang", "1")
        if not re.fullmatch(r"[1-9]\d{0,5}", number, re.ASCII) or int(number) > paginator.num_pages:
            message = gettext("Danh sách này có %(count)d trang, không có trang “%(number)s”.")
            not_found(self.request, message % {"count": paginator.num_pages, "number": number[:20]})
        return paginator.page(int(number))

    def _counts_by(self, label, **free):
        """Counts under `label(month, category id, genre)`, of the choice with the parts in `free` left open."""
        choice = replace(self.choice, **dict.fromkeys(free, ""))
        category = self.category.pk if choice.category else None
        found = Counter()
        for (month, category_id, genre), count in self.counts.items():
            matches = (
                (not choice.month or choice.month == month)
                and (category is None or category == category_id)
                and (not choice.genre or choice.genre == genre)
            )
            if matches:
                found[label(month, category_id, genre)] += count
        return found

    def _option(self, value, label, count, **changes):
        is_chosen = all(getattr(self.choice, name) == wanted for name, wanted in changes.items())
        address = replace(self.choice, **changes).address(self.request.path)
        return {"value": value, "label": label, "count": count, "url": address, "chosen": is_chosen}

    def _categories(self):
        counts = self._counts_by(lambda month, category, genre: category, category=True)
        return [
            self._option(category.slug, local_name(category), counts[category.pk], category=category.slug)
            for category in categories()
            if counts[category.pk] or category.slug == self.choice.category
        ]

    def _months(self):
        counts = self._counts_by(lambda month, category, genre: month, month=True)
        return [
            self._option(month, _month_label(month), counts[month], month=month)
            for month in sorted(counts, reverse=True)
        ]

    def _genres(self):
        counts = self._counts_by(lambda month, category, genre: genre, genre=True)
        return [
            self._option(value, label, counts[value], genre=value)
            for value, label in NewsPage.Genre.choices
            if counts[value]
        ]


@context_of(NewsSectionPage)
def section_context(section, request):
    """The section's articles; who was let into a restricted section sees them too."""
    sections = [section.pk, *taken_over(section)]
    name = f"section:{'-'.join(map(str, sections))}"
    listing = Listing(request, NewsPage.objects.readable_in(sections), name)
    return listing.context() | {"feeds": feed_links(request, section)}


def taken_over(section):
    """Ids of the sections of closed predecessors whose articles `section` lists too: of its slug, and handed over."""
    return cached(f"taken:{section.pk}", lambda: _sections_handed_to(section))


def _sections_handed_to(section):
    organisation = organisation_of(section)
    before = closed_before({organisation.pk})[organisation.pk] if organisation else set()
    if not before:
        return []
    handing = Organisation.objects.filter(pk__in=before, handed_sections__contains=section.slug)
    sections = NewsSectionPage.objects.live().filter(unrestricted(), slug=section.slug)
    below = any_of(Q(path__startswith=path) for path in handing.values_list("home_page__path", flat=True))
    return list(sections.filter(below).values_list("pk", flat=True))


@require_safe
def archive(request):
    """All articles of a site; on the province's Vietnamese site those of every organisation."""
    home = home_in_language(request)
    organisation = request.frame.organisation
    articles = NewsPage.objects.readable().filter(locale=home.locale_id)
    name = f"all:{get_language()}"
    if not organisation.is_province or home.pk != organisation.home_page_id:
        articles, name = articles.of(organisation), f"{name}:{organisation.pk}"
    context = Listing(request, articles, name).context() | {"home": home, "feeds": feed_links(request)}
    return render(request, "news/archive.html", context)


def chosen(request):
    """The `Choice` in the query string; 404 for a subject, month or genre that does not exist."""
    query = request.GET
    choice = Choice(query.get("linh-vuc", ""), query.get("thang", ""), query.get("the-loai", ""))
    if choice.category and choice.category not in {category.slug for category in categories()}:
        not_found(request, gettext("Không có lĩnh vực “%(value)s”.") % {"value": choice.category[:60]})
    if choice.month and not MONTH.fullmatch(choice.month):
        message = gettext("Không có tháng “%(value)s”; tháng được viết theo mẫu 2018-05.")
        not_found(request, message % {"value": choice.month[:20]})
    if choice.genre and choice.genre not in NewsPage.Genre.values:
        not_found(request, gettext("Không có thể loại “%(value)s”.") % {"value": choice.genre[:20]})
    return choice


def not_found(request, reason):
    """Answer 404 with a sentence for the reader, which 404.html shows in place of its own."""
    request.not_found_reason = reason
    raise Http404(reason)


def narrowed(articles, choice, category):
    """`articles` of the choice."""
    if category:
        articles = articles.filter(category=category.pk)
    if choice.month:
        first = _first_day(choice.month)
        articles = articles.published_within(*month_bounds(first.year, first.month))
    if choice.genre:
        articles = articles.filter(genre=choice.genre)
    return articles


def counted(articles):
    """{("2018-05", category id, genre): number} of `articles`."""
    rows = articles.annotate(month=TruncMonth("published_at")).values_list("month", "category", "genre")
    return {
        (f"{month:%Y-%m}", category, genre): count
        for month, category, genre, count in rows.annotate(count=Count("pk")).order_by()
        if month
    }


def categories():
    """All subjects, in order; from the cache."""
    return cached("categories", lambda: list(Category.objects.all()))


def recount(**kwargs):
    """The lists have changed: count anew."""
    cache.delete(_EDITION)


def _first_day(month):
    return datetime.date.fromisoformat(f"{month}-01")


def _month_label(month):
    return gettext("Tháng %(month)d/%(year)d") % {"month": int(month[5:]), "year": int(month[:4])}
