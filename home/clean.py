"""The one place where markup is read as browsers read it, and keeps only what the portal's rich text may hold.

A check that reads markup in another way than browsers do can be told one thing while the page shows another. So what is kept
of a text from outside, and what any page shows of rich text, is what nh3 (the parser of a browser) writes anew.
"""

import html
import re
from collections import Counter
from collections.abc import Callable

import nh3

MOST_LENGTH = 5_000_000
MOST_DEPTH = 150
_INLINE = {"a", "abbr", "acronym", "b", "br", "code", "em", "i", "strong"}
_BLOCKS = {"blockquote", "h2", "h3", "h4", "li", "ol", "p", "ul"}
_RICH_TEXT = _INLINE | _BLOCKS | {"hr", "s", "sub", "sup"}
# "*" takes the place of the attributes that nh3 lets every element have.
_KEYS: dict[str, set[str]] = {"*": set()} | {name: {"data-block-key"} for name in _BLOCKS}
_SCHEMES = {"http", "https", "mailto", "tel"}
# Elements whose content is no text for readers.
_UNREAD = {"iframe", "noembed", "noframes", "noscript", "script", "style", "template", "textarea", "title", "xmp"}
_OPENED = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
# Elements that HTML lets people leave open, and those that have no end.
_ENDLESS_NAMES = (
    "p li dt dd td th tr thead tbody tfoot colgroup option optgroup body html br hr img input source param col embed meta link "
    "wbr area base track"
)
_NEED_NO_END = frozenset(_ENDLESS_NAMES.split())
# What our editor writes. Of anything else nobody can tell how deep it nests but by parsing it, so it may only be short.
_OURS = re.compile(
    r"</?(?:abbr|acronym|b|code|em|hr|i|s|strong|su[bp]|br|(?:blockquote|h[234]|li|[ou]l|p)(?: data-block-key=\"[^\"<>]*\")?"
    r"|(?:a|embed)(?: (?:alt|embedtype|format|href|id|linktype|url)=\"[^\"<>]*\")*) ?/?>"
)
MOST_OF_OURS, MOST_OF_OTHERS = 500_000, 20_000
_VOID = re.compile(r"<((?:br|hr|embed|img)(?: [a-z-]+=\"[^\"]*\")*)>")


class TooDeepError(ValueError):
    """Nested or large beyond anything a person writes."""


def check_size(text: str) -> None:
    """Raises TooDeepError before anything reads what would cost more than its length: elements left open one in the other."""
    if len(text) > MOST_LENGTH:
        raise TooDeepError
    left_open: Counter[str] = Counter()
    depth = 0
    for match in _OPENED.finditer(text):
        name = match[2].lower()
        if name in _NEED_NO_END:
            continue
        if not match[1]:
            left_open[name] += 1
            depth += 1
        elif left_open[name]:
            left_open[name] -= 1
            depth -= 1
        if depth > MOST_DEPTH:
            raise TooDeepError


def _cleaner(tags: set[str], attributes: dict[str, set[str]]) -> Callable[[str], str]:
    return nh3.Cleaner(
        tags=tags, attributes=attributes, url_schemes=_SCHEMES, link_rel=None, clean_content_tags=_UNREAD
    ).clean


_shown = _cleaner(_RICH_TEXT | {"img"}, _KEYS | {"a": {"href"}, "img": {"alt", "class", "height", "src", "width"}})
_stored = _cleaner(
    _RICH_TEXT | {"embed"},
    _KEYS | {"a": {"href", "id", "linktype"}, "embed": {"alt", "embedtype", "format", "id", "url"}},
)
_segment = _cleaner(_INLINE, {"*": set(), "a": {"id"}})


def shown(markup: str) -> str:
    """Rich text as a page shows it, links and pictures written out."""
    return _cleaned(markup, _shown)


def stored(markup: str) -> str:
    """Rich text as the database holds it: links and pictures by their numbers."""
    return _cleaned(markup, _stored)


def segment(markup: str) -> str:
    """A sentence of a translation: words with inline tags, links by a name of their own."""
    return _cleaned(markup, _segment)


def plain(text: str) -> str:
    """Plain text that somebody will read as markup, such as the description of a feed's item: shown as it was typed."""
    return html.escape(text, quote=False) if "<" in text else text


def _cleaned(markup: str, clean: Callable[[str], str]) -> str:
    """Text in which nothing is opened is left to the letter; of what would cost too much only the words stay."""
    if "<" not in markup:
        return markup
    return _as_we_write(clean(markup)) if _is_cheap(markup) else _words(markup)


def _is_cheap(markup: str) -> bool:
    """Whether parsing costs no more than the length of `markup`, which elements nested without end do not."""
    if len(markup) <= MOST_OF_OTHERS:
        return True
    if len(markup) > MOST_OF_OURS or len(_OURS.findall(markup)) != markup.count("<"):
        return False
    try:
        check_size(markup)
    except TooDeepError:
        return False
    return True


def _words(markup: str) -> str:
    words = re.sub(r"<[^<>]*>?", " ", markup[:MOST_OF_OURS])
    return html.escape(html.unescape(words), quote=False)


def _as_we_write(markup: str) -> str:
    """What nh3 wrote in the spelling of our editor, which other readers of rich text look for. Changes no element."""
    return _VOID.sub(r"<\1/>", markup).replace("&nbsp;", "\u00a0")
