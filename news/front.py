"""What news puts on the home pages: a handful of queries, however much there is and however many sites."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, F, Func, OuterRef, Value
from django.urls import reverse

from editorial.models import HomeProposal
from home.models import HomePageMixin
from home.screens import context_of
from home.visibility import unrestricted
from organisations.models import Organisation
from organisations.scoping import organisation_of

from .links import feed_links
from .models import NewsPage, NewsSectionPage

TOP, LATEST = 4, 10
FROM_COMPONENTS, OF_ONE_COMPONENT = 8, 2
PICTURES = 4
SECTIONS, IN_SECTION = 3, 4
WITH_PICTURES = [NewsPage.Genre.PHOTO_STORY, NewsPage.Genre.VIDEO]


@context_of(HomePageMixin)
def news_on_home_page(page, request):
    """What there is to read on the home page `page`, in its own language.

    `lead_story`, `top_stories`, `latest`: newest first; on the province's page also what the board took over.
    `pictures`: photo stories and videos. `sections`: [{"page", "articles"}] where the site is not the province's.
    `archive_url`: all articles of the site. `component_news`: the newest of the component sites, two of a site at most;
    on the province's Vietnamese page only.
    """
    frame = getattr(request, "frame", None)  # a preview has none
    organisation = frame.organisation if frame else organisation_of(page)
    if organisation is None:
        return {}
    chosen = _chosen(page, organisation)
    sections = [] if organisation.is_province else _newest_by_section(page)
    wanted = {pk for pks in [*chosen.values(), *(pks for _section, pks in sections)] for pk in pks}
    articles = NewsPage.objects.for_listing().in_bulk(wanted)
    lists = {name: [articles[pk] for pk in pks if pk in articles] for name, pks in chosen.items()}
    newest = lists.pop("newest")
    opening, latest = newest[: TOP + 1], newest[TOP + 1 :]
    return lists | {
        "lead_story": opening[0] if opening else None,
        "top_stories": opening[1:],
        "latest": latest,
        "sections": _beside(opening, latest, sections, articles),
        "archive_url": reverse("news_archive"),
        "feeds": feed_links(request),
    }


def newest_of_site(page, organisation, limit):
    """Ids of the newest articles that the site of the home page `page` shows."""
    return merged(union_of(newest_on_front(page, organisation, limit)))[:limit]


def newest_on_front(page, organisation, limit):
    """Querysets of (kind, ref, at): the newest own articles, and at the province those taken over, by when they were."""
    own = NewsPage.objects.readable().of(organisation).filter(locale=page.locale_id)
    parts = [_rows("newest", own.newest(), "pk", "published_at")[:limit]]
    if organisation.is_province:
        accepted = HomeProposal.objects.shown().filter(
            unrestricted("page__"), page__locale=page.locale_id, decided_at__isnull=False
        )
        parts.append(_rows("newest", accepted.order_by("-decided_at"), "page_id", "decided_at")[:limit])
    return parts


def merged(rows):
    """Ids of `rows` (kind, ref, at), newest first."""
    return list(dict.fromkeys(ref for _kind, ref, _at in sorted(rows, key=lambda row: (row[2], row[1]), reverse=True)))


def union_of(parts):
    """The rows of all `parts` in one query."""
    return list(parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0])


def _rows(kind, queryset, ref, at):
    labelled = queryset.annotate(kind=Value(kind, output_field=CharField()), ref=F(ref), at=F(at))
    return labelled.values_list("kind", "ref", "at")


def _chosen(page, organisation):
    """{list: ids of its articles, newest first}, in one query."""
    limit = 1 + TOP + LATEST
    parts = newest_on_front(page, organisation, limit)
    own = NewsPage.objects.readable().of(organisation).filter(locale=page.locale_id, genre__in=WITH_PICTURES)
    parts.append(_rows("pictures", own.newest(), "pk", "published_at")[:PICTURES])
    if organisation.is_province and organisation.home_page_id == page.pk:
        parts.append(_rows("component_news", _of_components(), "pk", "published_at")[:FROM_COMPONENTS])
    chosen = {"newest": [], "pictures": [], "component_news": []}
    for row in union_of(parts):
        chosen[row[0]].append(row)
    chosen = {name: merged(rows) for name, rows in chosen.items()}
    chosen["newest"] = chosen["newest"][:limit]
    return chosen


def _of_components():
    """The two newest articles of each component site: a site that publishes by the hundred does not fill the list."""
    of_one = NewsPage.objects.readable().of(OuterRef("pk")).newest().values("pk")[:OF_ONE_COMPONENT]
    of_each = Organisation.objects.components().annotate(ref=Func(ArraySubquery(of_one), function="unnest"))
    return NewsPage.objects.filter(pk__in=of_each.order_by().values("ref")).newest()


def _newest_by_section(page):
    """[(section, ids)] of the first sections of the menu; enough ids to leave out what else the page shows."""
    of_one = NewsPage.objects.readable().filter(section=OuterRef("pk")).newest().values("pk")
    sections = NewsSectionPage.objects.child_of(page).live().in_menu().filter(unrestricted())
    sections = sections.annotate(newest=ArraySubquery(of_one[: IN_SECTION + 1 + TOP + LATEST]))
    return [(section, section.newest) for section in sections.exclude(newest=[])[:SECTIONS]]


def _beside(opening, latest, sections, articles):
    """What each section has beyond the rest of the page; a small one repeats the latest, never the opening."""
    first, second = ({article.pk for article in shown} for shown in (opening, latest))
    beside = []
    for section, pks in sections:
        rest = [articles[pk] for pk in pks if pk in articles and pk not in first]
        found = [article for article in rest if article.pk not in second] or rest
        if found:
            beside.append({"page": section, "articles": found[:IN_SECTION]})
    return beside
