"""Foreign HTML into the blocks of a body: only what a block can hold survives, never anything that runs, and what is lost is said."""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import nh3
from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement

from .clean import TooDeepError, check_size
from .html_media import Embedded, embedded_in
from .html_numbers import labels_of
from .html_tables import cells_of, is_layout, rows_of, table_of
from .html_text import (
    HEADINGS,
    INLINE,
    LISTS,
    MEDIA,
    PLAIN_INLINE,
    address_of,
    inline,
    is_block,
    is_struck,
    plain_text,
    trimmed,
)

__all__ = ["Body", "TooDeepError", "body_of", "plain_text"]

HEADING_LENGTH = 200
MOST_LIST_DEPTH = 4
_LOOKS_LIKE_HTML = re.compile(r"<(?:!--|/?[a-zA-Z][^<>]*>|[a-zA-Z]+\s)")
_CONTAINER_NAMES = (
    "address article aside body center dd details dialog div dl dt fieldset figcaption figure footer form header hgroup "
    "legend li main nav optgroup option p pre search section select summary"
)
_CONTAINERS = frozenset(_CONTAINER_NAMES.split())
_TABLE = frozenset({"table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th"})
_TAGS = {
    *HEADINGS,
    *LISTS,
    *MEDIA,
    *INLINE,
    *PLAIN_INLINE,
    *_CONTAINERS,
    *_TABLE,
    "blockquote",
    "img",
    "hr",
    "source",
    "param",
}
_CELL = {"colspan", "rowspan"}
_MEDIUM = {"src", "data", "title", "poster", "value", "name"}
_ATTRIBUTES = {
    "*": {"style"},
    "a": {"href"},
    "img": {"src", "alt", "data-src", "data-original"},
    "table": {"role"},
    "td": _CELL,
    "th": _CELL,
    "ol": {"start", "type", "reversed"},
    "li": {"value"},
    **{name: _MEDIUM for name in (*MEDIA, "source", "param")},
}
# What no block can hold, and how its loss is said.
_LOST = {
    "svg": "hình vẽ SVG",
    "math": "công thức",
    "canvas": "hình vẽ",
    "input": "ô nhập",
    "map": "bản đồ ảnh",
    "applet": "chương trình",
}
_OPENED = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_OWN_LINK = re.compile(r'<a data-own="([^"]*)">(.*?)</a>')


@dataclass
class Body:
    """Blocks as (kind, value), and what was lost of the text.

    A picture is still its address: {"src", "alt", "caption"}; so is a video that is a file: {"title", "src"}.
    """

    blocks: list[tuple[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def first_text(self) -> str:
        """The text of the first paragraph."""
        texts = (plain_text(value) for kind, value in self.blocks if kind == "paragraph")
        return next((text for text in texts if text), "")

    def note(self, text: str) -> None:
        if text not in self.notes:
            self.notes.append(text)

    def tie_links(self, tie: Callable[[str], str]) -> None:
        """Put what `tie(address)` gives, the attributes of a link, for each link to an own file; without any, its words stay."""

        def tied(match: re.Match[str]) -> str:
            address = html.unescape(match[1])
            attributes = tie(address)
            if not attributes:
                self.note(f"mất liên kết tới “{address[:100]}”, chữ còn lại.")
            return f"<a {attributes}>{match[2]}</a>" if attributes else match[2]

        self.blocks = [
            (kind, _OWN_LINK.sub(tied, value) if kind == "paragraph" else value) for kind, value in self.blocks
        ]


def body_of(text: str, has_files: bool = False) -> Body:
    """The blocks of `text`, HTML or plain. With `has_files`, whoever asks looks for the own files and ties the links to them."""
    check_size(text)
    if not _LOOKS_LIKE_HTML.search(text):
        lines = (line.strip() for line in text.splitlines())
        return Body([("paragraph", f"<p>{html.escape(line, quote=False)}</p>") for line in lines if line])
    clean = nh3.clean(
        text,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
        clean_content_tags={"script", "style", "noscript", "template", "title"},
    )
    try:
        body = _Reader(has_files).read(BeautifulSoup(clean, "html.parser"))
    except RecursionError as error:
        raise TooDeepError from error
    for name in sorted({match[2].lower() for match in _OPENED.finditer(text)} & set(_LOST)):
        body.note(f"mất {_LOST[name]} trong bài.")
    if not has_files:
        body.tie_links(lambda address: "")
    return body


class _Reader:
    """Walks the cleaned tree; loose inline text between blocks becomes paragraphs of its own.

    What stands in a block that cannot hold it (a picture in a list) waits, and follows that block.
    """

    def __init__(self, has_files: bool) -> None:
        self.body = Body()
        self.has_files = has_files
        self.loose: list[str] = []
        self.waiting: list[Tag] = []
        self.readers: dict[str, Callable[[Tag], None]] = {
            **dict.fromkeys(_CONTAINERS | _TABLE, self._apart),
            **dict.fromkeys(HEADINGS, self._heading),
            **dict.fromkeys(LISTS, self._list),
            **dict.fromkeys(MEDIA, self._medium),
            "figure": self._figure,
            "table": self._table,
            "blockquote": self._quote,
            "img": self._image,
            "pre": self._lines,
            "hr": lambda node: self._flush(),
        }

    def read(self, soup: Tag) -> Body:
        self._children(soup)
        self._flush()
        return self.body

    def _children(self, node: Tag) -> None:
        for child in list(node.children):
            self._node(child)

    def _node(self, node: PageElement) -> None:
        if isinstance(node, NavigableString):
            self.loose.append(html.escape(str(node), quote=False))
        elif isinstance(node, Tag) and node.name in self.readers:
            self.readers[node.name](node)
        elif isinstance(node, Tag) and node.find(is_block):
            self._lost_link(node)
            self._children(node)
        elif isinstance(node, Tag):
            self.loose.append(inline(node))

    def _apart(self, node: Tag) -> None:
        self._flush()
        self._children(node)
        self._flush()

    def _figure(self, node: Tag) -> None:
        """The words of a figure behind its picture, which takes them."""
        caption = node.find("figcaption")
        if isinstance(caption, Tag) and node.find("img"):
            node.append(caption.extract())
        self._apart(node)

    def _lost_link(self, node: Tag) -> None:
        """A link around a picture or a block; one that leads to the picture itself is no loss."""
        address = address_of(node)[0] if node.name == "a" else ""
        image = node.find("img")
        if address and not (isinstance(image, Tag) and re.search(r"\.(?:jpe?g|png|gif|webp)$", address, re.IGNORECASE)):
            self.body.note(f"mất liên kết tới “{address[:100]}” quanh ảnh hoặc khối.")

    def _add(self, kind: str, value: Any) -> None:
        if value:
            self.body.blocks.append((kind, value))

    def _flush(self) -> None:
        markup = trimmed("".join(self.loose))
        self.loose = []
        if plain_text(markup):
            self._add("paragraph", f"<p>{markup}</p>")

    def _release(self) -> None:
        """What waited for the end of a block."""
        waiting, self.waiting = self.waiting, []
        for node in waiting:
            self._node(node)
            self._flush()

    def _set_aside(self, node: Tag) -> None:
        """Take pictures and media out of `node`, to follow its block."""
        found = node.find_all(["img", *MEDIA])
        for medium in found:
            if not medium.find_parent(MEDIA):
                self.waiting.append(medium)
        for medium in found:
            medium.extract()

    def _plain(self, node: Tag, what: str) -> str:
        """The text of a block without markup: struck-out words are said to be such, lost links are noted."""
        for struck in node.find_all(is_struck):
            if not struck.find_parent(is_struck) and plain_text(str(struck)):
                struck.insert_before("[đã gạch bỏ: ")
                struck.insert_after("]")
                self.body.note(f"chữ gạch bỏ trong {what} được ghi là “[đã gạch bỏ: …]”.")
        if any(address_of(link)[0] for link in node.find_all("a")):
            self.body.note(f"mất liên kết trong {what}, chữ còn lại.")
        return plain_text(str(node))

    def _heading(self, node: Tag) -> None:
        self._flush()
        self._set_aside(node)
        text = self._plain(node, "tiêu đề mục")
        if len(text) > HEADING_LENGTH:
            self._add("paragraph", f"<p><b>{html.escape(text, quote=False)}</b></p>")
        else:
            self._add("heading", text)
        self._release()

    def _lines(self, node: Tag) -> None:
        """Text that is laid out by its line ends."""
        self._flush()
        self._set_aside(node)
        lines = inline(node).splitlines()
        self.loose.append("<br/>".join(line for line in lines if line.strip()))
        self._flush()
        self._release()

    def _list(self, node: Tag) -> None:
        self._flush()
        labels = labels_of(node)
        if labels is None:
            markup = self._list_markup(node, 1)
            self._add("paragraph", markup)
        else:
            self._numbered(node, labels)
        self._release()

    def _numbered(self, node: Tag, labels: list[str]) -> None:
        """A list whose numbers no rich text can hold: each item is a paragraph that begins with its own."""
        for item, label in zip(_items(node), labels, strict=True):
            self.loose.append(f"{html.escape(label)} ")
            self._children(item)
            self._flush()

    def _list_markup(self, node: Tag, depth: int) -> str:
        tag = "ol" if node.name == "ol" else "ul"
        items: list[str] = []
        for child in node.find_all(True, recursive=False):
            if child.name in LISTS and items:  # a list between items belongs to the one before
                items[-1] += self._nested(child, depth)
            else:
                items.append(self._item(child, depth))
        markup = "".join(f"<li>{item}</li>" for item in items if plain_text(item))
        return f"<{tag}>{markup}</{tag}>" if markup else ""

    def _nested(self, node: Tag, depth: int) -> str:
        labels = labels_of(node)
        if labels is None and depth < MOST_LIST_DEPTH:
            return self._list_markup(node, depth + 1)
        labels = labels or ["–"] * len(_items(node))
        pairs = zip(_items(node), labels, strict=True)
        return "".join(f"<br/>{html.escape(label)} {self._item(item, depth)}" for item, label in pairs)

    def _item(self, node: Tag, depth: int) -> str:
        """The content of an item: paragraphs in it are lines, lists in it are lists, all else follows the whole list."""
        parts: list[str] = [""]
        lists: list[str] = []
        for child in [node] if node.name in LISTS else list(node.children):
            if isinstance(child, Tag) and child.name in LISTS:
                lists.append(self._nested(child, depth))
            elif isinstance(child, Tag) and child.name in {"table", "img", "blockquote", *MEDIA}:
                self.waiting.append(child)
            elif isinstance(child, Tag) and child.find(["table", "blockquote", *LISTS]):
                parts += [self._item(child, depth), ""]
            elif isinstance(child, Tag) and is_block(child):
                self._set_aside(child)
                parts += [_block_inline(child), ""]
            elif isinstance(child, Tag):
                self._set_aside(child)
                parts[-1] += inline(child)
            else:
                parts[-1] += inline(child)
        return "<br/>".join(part for part in map(trimmed, parts) if part) + "".join(lists)

    def _quote(self, node: Tag) -> None:
        self._flush()
        self._set_aside(node)
        speaker = node.find(["cite", "footer"])
        name = plain_text(str(speaker.extract())).lstrip("-–— ")[:200] if isinstance(speaker, Tag) else ""
        text = self._plain(node, "lời trích")
        self._add("quote", {"text": text, "speaker": name} if text else None)
        self._release()

    def _table(self, node: Tag) -> None:
        self._flush()
        if is_layout(node):
            self._unwrap(node)
            return
        if node.find("img"):
            self.body.note("ảnh trong bảng được đưa xuống dưới bảng.")
        self._set_aside(node)
        for cell in node.find_all(["td", "th", "caption"]):
            self._plain(cell, "bảng")
        self._add("table", table_of(node))
        self._release()

    def _unwrap(self, table: Tag) -> None:
        """The content of the cells of a table that only lays out; the words under a picture are its caption."""
        cells = [cell for row in rows_of(table) for cell in cells_of(row)]
        texts = [plain_text(str(cell)) for cell in cells]
        for place, cell in enumerate(cells):
            picture = cell.find("img")
            caption = texts[place + 1] if place + 1 < len(cells) else ""
            if (
                isinstance(picture, Tag)
                and not texts[place]
                and 0 < len(caption) <= 300
                and _is_caption(cells[place + 1])
            ):
                if isinstance(picture.parent, Tag):
                    self._lost_link(picture.parent)
                self._add_image(picture, caption)
                cells[place + 1].clear()
            else:
                self._apart(cell)

    def _image(self, node: Tag) -> None:
        self._flush()
        figure = node.find_parent("figure")
        caption = figure.find("figcaption") if figure else None
        text = self._plain(caption, "chú thích ảnh") if isinstance(caption, Tag) else ""
        if isinstance(caption, Tag):
            caption.clear()
        self._add_image(node, text)

    def _add_image(self, node: Tag, caption: str) -> None:
        src = str(node.get("data-src") or node.get("data-original") or node.get("src") or "").strip()
        if src:
            alt = str(node.get("alt") or "").strip()
            self._add("image", {"src": src, "alt": alt, "caption": caption[:300]})
        else:
            self.body.note("mất ảnh nhúng thẳng trong bài, không có tệp.")
            self.loose.append(html.escape(caption, quote=False))

    def _medium(self, node: Tag) -> None:
        self._flush()
        found = embedded_in(node)
        if found is None or not (found.is_away or self.has_files):
            self.body.note("mất video hoặc nội dung nhúng trong bài.")
        elif found.is_video:
            self._add("video", _video(found))
        else:
            self.body.note(f"nội dung nhúng của {found.host or 'tệp'} thành liên kết.")
            name = "href" if found.is_away else "data-own"
            link = f'<a {name}="{html.escape(found.address)}">{html.escape(found.title, quote=False)}</a>'
            self._add("paragraph", f"<p>{link}</p>")


def _video(found: Embedded) -> dict[str, Any]:
    if not found.is_away:
        return {"title": found.title, "src": found.address}
    return {"title": found.title, "url": found.address, "file": None, "poster": None, "duration": "", "transcript": ""}


def _items(node: Tag) -> list[Tag]:
    return node.find_all("li", recursive=False)


def _block_inline(node: Tag) -> str:
    """A block within an item as inline markup; blocks within it are lines."""
    if node.name in HEADINGS:
        return f"<b>{html.escape(plain_text(str(node)), quote=False)}</b>"
    parts = [""]
    for child in node.children:
        if isinstance(child, Tag) and is_block(child):
            parts += [_block_inline(child), ""]
        else:
            parts[-1] += inline(child)
    return "<br/>".join(part for part in map(trimmed, parts) if part)


def _is_caption(cell: Tag) -> bool:
    """Whether a cell holds but one paragraph of words."""
    return not cell.find([*HEADINGS, *LISTS, *MEDIA, "img", "table", "blockquote"]) and len(cell.find_all("p")) < 2
