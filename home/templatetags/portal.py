"""Words, figures and addresses as the public reads them."""

import datetime
from urllib.parse import urlsplit

from django import template
from django.template.defaultfilters import stringfilter
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext
from wagtail.models import Page, Site

from .. import clean
from ..directory import directory_of_sites
from ..frame import home_of
from ..kept import cached
from ..names import has_no_local_name, local_name
from ..quick_links import quick_links_in
from ..seams import filtered_prose
from ..visibility import unrestricted

register = template.Library()
register.filter(local_name)

WEEKDAYS = [
    lambda: gettext("Thứ Hai"),
    lambda: gettext("Thứ Ba"),
    lambda: gettext("Thứ Tư"),
    lambda: gettext("Thứ Năm"),
    lambda: gettext("Thứ Sáu"),
    lambda: gettext("Thứ Bảy"),
    lambda: gettext("Chủ Nhật"),
]


@register.simple_block_tag(takes_context=True)
def prose(context, content):
    """The text of a page, with what other apps add to it: {% prose %}{% include_block page.body %}{% endprose %}."""
    request = context.get("request")
    return mark_safe(filtered_prose(content, request, context["page"])) if request else content


@register.filter
def shown(markup: str) -> SafeString:
    """Rich text as it goes into a page: wagtailcore/shared/richtext.html, through which all of it comes."""
    return mark_safe(clean.shown(markup))


@register.filter
def number(value):
    """A figure with dots between thousands; nothing for nothing, since "not reported" is not zero."""
    return "" if value is None or value == "" else number_format(value, force_grouping=True)


def day_format():
    """31/12/2018 in Vietnamese, 31 December 2018 in English, where the figures alone can be read in two ways."""
    return "d/m/Y" if get_language() == "vi" else "j F Y"


@register.filter
def day(value):
    """A date, or the date of a moment, as the language of the page writes it; nothing for nothing."""
    if not value:
        return ""
    return date_format(timezone.localtime(value) if isinstance(value, datetime.datetime) else value, day_format())


@register.filter
def iso_date(text):
    """The same of "2018-12-31"."""
    return day(datetime.date.fromisoformat(text))


@register.filter
def long_date(moment):
    """Thứ Hai, ngày 23/11/2026."""
    weekday = WEEKDAYS[timezone.localtime(moment).weekday()]()
    return gettext("%(weekday)s, ngày %(date)s") % {"weekday": weekday, "date": day(moment)}


@register.filter
def time_ago(moment):
    """How long ago today, "yesterday", and the date before that."""
    now, then = timezone.localtime(), timezone.localtime(moment)
    days = (now.date() - then.date()).days
    if days == 1:
        return gettext("Hôm qua")
    if days != 0 or then > now:
        return day(then)
    minutes = int((now - then).total_seconds() // 60)
    if minutes < 1:
        return gettext("Vừa xong")
    if minutes < 60:
        return ngettext("%(count)d phút trước", "%(count)d phút trước", minutes) % {"count": minutes}
    return ngettext("%(count)d giờ trước", "%(count)d giờ trước", minutes // 60) % {"count": minutes // 60}


@register.simple_tag
def moment(value):
    """`<time>` that says how long ago and, to a mouse or a machine, exactly when."""
    if not value:
        return ""
    local = timezone.localtime(value)
    exact = f"{date_format(local, 'H:i')} {day(local)}"
    return format_html('<time datetime="{}" title="{}">{}</time>', local.isoformat(), exact, time_ago(value))


@register.filter
@stringfilter
def is_figure(text):
    """Whether a table cell holds a figure, to be set right: 26.500; 1,5%; −3."""
    bare = text.strip().strip("%").replace(".", "").replace(",", "").replace(" ", "").lstrip("-−+")
    return bare.isdecimal()


@register.filter
@stringfilter
def hostname(address):
    """The host of an address, which tells a reader where a link leads."""
    return (urlsplit(address).hostname or address).removeprefix("www.")


@register.simple_tag(takes_context=True)
def masthead(context):
    """{"kind", "name"} of the site: its official name without the words that say what kind of site it is."""
    site, settings = context.get("site"), context.get("site_settings")
    if site is None:
        return {"kind": "", "name": gettext("Cổng thông tin điện tử tỉnh Quảng Ngãi")}
    home = site.root_page
    if get_language() != "vi":
        return {"kind": gettext("Cổng thông tin điện tử"), "name": home_of(context["request"].frame).title}
    name = (settings.official_name if settings else "") or home.title
    for kind in ("Cổng thông tin điện tử", "Trang thông tin điện tử"):
        if name.startswith(f"{kind} "):
            bare = name.removeprefix(f"{kind} ")
            return {"kind": kind, "name": bare[0].upper() + bare[1:]}
    return {"kind": "Trang thông tin điện tử", "name": name}


@register.filter
def named(thing):
    """The name in the language of the page, marked as Vietnamese where an English page has no other."""
    name = local_name(thing)
    return format_html('<span lang="vi">{}</span>', name) if has_no_local_name(thing) else name


@register.filter
def local_short(organisation):
    """The short name of an organisation in the language of the page."""
    return organisation.called(get_language())


@register.simple_tag(takes_context=True)
def breadcrumb(context, page):
    """The pages from the site's home down to the parent of `page`, each with `title` and `url`.

    A view that knows them already says so as `way_here`.
    """
    if "way_here" in context:
        return context["way_here"]
    request, site = context["request"], Site.find_for_request(context["request"])
    if site is None or page is None or not page.pk:
        return []
    above = page.get_ancestors().filter(depth__gte=site.root_page.depth).live().only(*LINKED)
    return [{"title": ancestor.title, "url": ancestor.get_url(request)} for ancestor in above]


LINKED = ("id", "title", "path", "depth", "slug", "url_path", "locale_id")


@register.simple_tag(takes_context=True)
def other_language(context):
    """Address of this page in the other language, else of the nearest page above it that exists there."""
    request, page = context["request"], context.get("page")
    other, front = ("en", "/en/") if get_language() == "vi" else ("vi", "/")
    known = {alternate["language"]: alternate["url"] for alternate in context.get("alternates") or []}
    if other in known:
        return known[other]
    if page is not None and page.pk:
        nearest = cached(f"other:{other}:{page.path}", lambda: nearest_in(other, page) or "")
        if nearest:
            return nearest.get_url(request)
    return context.get("province_url", "") + front


def nearest_in(language, page):
    """The live page of `language` that translates `page` or the lowest page above it that one translates."""
    above = [page.path[:length] for length in range(2 * page.steplen, len(page.path) + 1, page.steplen)]
    keys = dict(Page.objects.filter(path__in=above).values_list("translation_key", "depth"))
    found = Page.objects.live().filter(unrestricted(), translation_key__in=keys, locale__language_code=language)
    return max(found.only(*LINKED, "translation_key"), key=lambda one: keys[one.translation_key], default=None)


@register.simple_tag
def site_directory():
    """The component sites in groups, each with `title` and `sites` (`name`, `url`)."""
    return directory_of_sites()


@register.simple_tag(takes_context=True)
def quick_links(context):
    """What people mostly come for, among the pages of this site's menu."""
    return quick_links_in(context.get("navigation") or [])


@register.simple_tag(takes_context=True)
def page_address(context, page, number):
    """This list's address at page `number`, with the other choices in the query kept."""
    query = context["request"].GET.copy()
    query["trang"] = number
    if number == 1:
        del query["trang"]
    return f"?{query.urlencode()}" if query else context["request"].path


@register.filter
def page_numbers(page):
    """The numbers a paginator shows around `page`, with None for a gap."""
    shown = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return [None if number == page.paginator.ELLIPSIS else number for number in shown]
