"""Markup as plain text and as the rich text of a paragraph."""

import html
import re
from collections.abc import Iterable

from bs4 import Tag
from bs4.element import NavigableString, PageElement

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
LISTS = frozenset({"ul", "ol", "menu", "dir"})
MEDIA = frozenset({"iframe", "video", "audio", "embed", "object"})
INLINE = {"b": "b", "strong": "b", "i": "i", "em": "i", "sup": "sup", "sub": "sub", "s": "s", "strike": "s", "del": "s"}
PLAIN_INLINE = frozenset({"a", "span", "font", "u", "ins", "br", "cite"})
_LINE_THROUGH = re.compile(r"text-decoration[^;]*line-through", re.IGNORECASE)
_BORDERS = re.compile(
    r"<(?:/?(?:p|div|li|[uo]l|menu|dir|h[1-6]|section|article|blockquote|td|th|tr|dl|dt|dd|pre|address|aside|nav|figure|"
    r"figcaption|header|footer|main|center|details|summary|fieldset|legend|form|option|optgroup|hgroup|search|dialog)|br)\b"
    r"[^<>]*>"
)
_EXTERNAL = re.compile(r"(?:https?://|mailto:|tel:)", re.IGNORECASE)


def plain_text(markup: str) -> str:
    """The text of markup that was cleaned before: words of different blocks stay apart, those of one block together."""
    text = re.sub(r"<[^<>]*>", "", _BORDERS.sub(" ", markup))
    return " ".join(html.unescape(text).split())


def is_block(tag: Tag) -> bool:
    """Whether an element ends the paragraph it stands in."""
    return tag.name not in INLINE and tag.name not in PLAIN_INLINE


def is_struck(tag: Tag) -> bool:
    return INLINE.get(tag.name) == "s" or bool(_LINE_THROUGH.search(str(tag.get("style", ""))))


def address_of(tag: Tag) -> tuple[str, bool]:
    """(address of a link, whether it leads away); "" for none or a place on the page itself."""
    address = str(tag.get("href") or "").strip()
    if address.startswith("//"):
        return f"https:{address}", True
    if _EXTERNAL.match(address):
        return address, True
    return ("", False) if address.startswith("#") else (address, False)


def inline(node: PageElement) -> str:
    """Markup of inline content that the rich text of a paragraph may hold. A link to an own file is `<a data-own="address">`."""
    if isinstance(node, NavigableString):
        return html.escape(str(node), quote=False)
    if not isinstance(node, Tag):
        return ""
    if node.name == "br":
        return "<br/>"
    inner = inline_all(node.children)
    if node.name == "a" and plain_text(inner):
        address, away = address_of(node)
        name = "href" if away else "data-own"
        return f'<a {name}="{html.escape(address)}">{inner}</a>' if address else inner
    tag = "s" if is_struck(node) else INLINE.get(node.name)
    return f"<{tag}>{inner}</{tag}>" if tag and inner.strip() else inner


def inline_all(nodes: Iterable[PageElement]) -> str:
    return "".join(map(inline, nodes))


def trimmed(markup: str) -> str:
    """Inline markup with single spaces, without line breaks at its ends."""
    markup = re.sub(r"\s+", " ", markup).strip()
    start, end = 0, len(markup)
    while markup.startswith("<br/>", start, end):
        start += 5
        start += markup.startswith(" ", start, end)
    while markup.endswith("<br/>", start, end):
        end -= 5
        end -= markup.endswith(" ", start, end)
    return markup[start:end].strip()
