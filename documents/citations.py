"""Documents that a text cites: recognised by their numbers, linked only where the reader lands on the right one.

A number is not enough: 16/2017/QĐ-UBND may be any province's and 355/QĐ-UBND comes again every year. So what the text says beside
it, the day and the body, must agree; and a number without a year needs its day.
"""

import html
import re
from dataclasses import dataclass, replace
from datetime import date

from wagtail.models import Page

from home.visibility import unrestricted

from .bodies import body_key
from .kinds import Kind
from .models import Citation, DocumentPage
from .numbers import parse

_KINDS = "|".join(sorted((re.escape(str(kind.label)) for kind in Kind if kind != Kind.OTHER), key=len, reverse=True))
_CAPITAL = "A-ZĐÐƯÂÊÔƠĂ"
_NUMBER = (
    rf"\d{{1,5}}(?:\.\d{{1,2}})?[a-z]?/(?:(?:19|20)\d\d/)?"
    rf"[{_CAPITAL}][{_CAPITAL}a-zđưâêôơă0-9&]*(?:[-/][{_CAPITAL}][{_CAPITAL}a-zđưâêôơă0-9&]*)*"
)
_CITATION = re.compile(
    rf"(?P<shown>(?:(?:{_KINDS})\s+(?:số\s*:?\s*)?)?(?<![\w/.-])(?P<number>{_NUMBER})(?![\w/]))"
    rf"(?:,?\s+ngày\s+(?P<d>\d{{1,2}})(?:\s*[/.-]\s*|\s+tháng\s+)(?P<m>\d{{1,2}})(?:\s*[/.-]\s*|\s+năm\s+)(?P<y>\d{{4}}))?"
    rf"(?:,?\s+của\s+(?P<issuer>[{_CAPITAL}Ủ][^,.;:()<>]{{1,90}}))?",
)
_PROVINCE = re.compile(r"^(UBND|Ủy ban nhân dân|Uỷ ban nhân dân|HĐND|Hội đồng nhân dân) tỉnh(?=\s+[a-zà-ỹđ]|\s*$)")
_TAG = re.compile(r"(<[^>]*>)")
# Text inside these is left as it is.
_CLOSED = {"a", "script", "style", "h1", "h2", "h3", "button", "code", "cite"}
MOST = 200


@dataclass(frozen=True)
class Cited:
    """A place in a text that names a document, with what is said beside the number."""

    start: int
    end: int
    key: str
    has_year: bool
    day: date | None
    issuer: str

    def means(self, document):
        """Whether what is said agrees with `document`, and is enough to tell it from others with its number."""
        if self.day and self.day != document.issued:
            return False
        if not self.has_year and not self.day:
            return False
        names = [row.issuer.name_key for row in document.document_issuers.all()]
        return not self.issuer or any(f"{self.issuer} ".startswith(f"{name} ") for name in names)


def citations_in(text):
    """The documents that plain `text` names, in its order; at most MOST of them."""
    found = []
    for match in _CITATION.finditer(text):
        number = parse(match["number"])
        # 12/QL1 is a road.
        if number is None or (number.year is None and "-" not in number.symbol):
            continue
        cited = Cited(
            match.start("shown"), match.end("shown"), number.key, number.year is not None, _day(match), _issuer(match)
        )
        found.append(cited)
        if len(found) == MOST:
            break
    return found


def _day(match):
    try:
        return date(int(match["y"]), int(match["m"]), int(match["d"])) if match["y"] else None
    except ValueError:
        return None


def _issuer(match):
    """The key of the words behind "của", which may go on beyond the body's name."""
    words = match["issuer"] or ""
    return body_key(_PROVINCE.sub(r"\1 tỉnh Quảng Ngãi", words))


def documents_named(citations, but=None):
    """{citation: document} for those that mean one public document, and that alone."""
    keys = {cited.key for cited in citations}
    if not keys:
        return {}
    candidates = {}
    found = DocumentPage.objects.readable().filter(number_key__in=keys, is_sample=False).exclude(pk=but)
    for document in found.prefetch_related("document_issuers__issuer"):
        candidates.setdefault(document.number_key, []).append(document)
    named = {}
    for cited in citations:
        meant = [document for document in candidates.get(cited.key, []) if cited.means(document)]
        if len(meant) == 1:
            named[cited] = meant[0]
    return named


def remember(page):
    """Keep which documents the text of the live `page` names, in the place of what it named before."""
    text = text_of(page)
    rows = [
        Citation(page_id=page.pk, key=cited.key, has_year=cited.has_year, day=cited.day, issuer=cited.issuer)
        for cited in {replace(cited, start=0, end=0) for cited in citations_in(text)}
    ]
    Citation.objects.filter(page=page.pk).delete()
    Citation.objects.bulk_create(rows)


def text_of(page):
    """The words of a page's body; blocks stay apart."""
    body = getattr(page, "body", None)
    return "\n".join(body.stream_block.get_searchable_content(body)) if body else ""


def citing(document):
    """Public pages whose text names `document`, newest first, at most MOST."""
    if not document.number_key or document.is_sample:
        return []
    rows = Citation.objects.filter(key=document.number_key).exclude(page=document.pk)
    pks = {row.page_id for row in rows if meant_by(row, document)}
    pages = Page.objects.live().filter(unrestricted(), pk__in=pks).order_by("-first_published_at", "-pk")
    return list(pages[:MOST])


def meant_by(row, document):
    return Cited(0, 0, row.key, row.has_year, row.day, row.issuer).means(document)


def link_citations(markup, request, page):
    """`markup` with links to the documents that its text cites; what is a link or a heading already stays."""
    if "/" not in markup:
        return markup
    parts, open_tags, places = _TAG.split(markup), [], []
    for index, part in enumerate(parts):
        if index % 2:
            _follow(part, open_tags)
        elif not open_tags:
            text = html.unescape(part)
            places += [(index, text, cited) for cited in citations_in(text)]
    named = documents_named([cited for _index, _text, cited in places], but=page.pk)
    texts = {}
    for index, text, cited in places:
        if cited in named:
            texts.setdefault(index, (text, []))[1].append((cited, named[cited]))
    for index, (text, links) in texts.items():
        parts[index] = _linked(text, links, request)
    return "".join(parts)


def _follow(tag, open_tags):
    name = re.match(r"</?\s*([a-zA-Z0-9]+)", tag)
    if name is None or name[1].lower() not in _CLOSED:
        return
    if not tag.startswith("</"):
        open_tags.append(name[1].lower())
    elif open_tags:
        open_tags.pop()


def _linked(text, links, request):
    pieces, place = [], 0
    for cited, document in links:
        shown = html.escape(text[cited.start : cited.end], quote=False)
        title = html.escape(about(document))
        pieces.append(html.escape(text[place : cited.start], quote=False))
        pieces.append(f'<a href="{html.escape(document.get_url(request))}" title="{title}">{shown}</a>')
        place = cited.end
    return "".join([*pieces, html.escape(text[place:], quote=False)])


def about(document):
    """What the link's tooltip says: what the document is about."""
    words = document.abstract.split()
    return " ".join(words[:30]) + ("…" if len(words) > 30 else "")
