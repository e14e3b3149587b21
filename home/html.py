"""Foreign HTML into the blocks of a body: only what a block can hold survives, and never anything that runs."""

import html
import re
from dataclasses import dataclass, field

import nh3
from bs4 import BeautifulSoup, NavigableString

_LOOKS_LIKE_HTML = re.compile(r"<(?:!--|/?[a-zA-Z][^<>]*>|[a-zA-Z]+\s)")
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_INLINE = {"b": "b", "strong": "b", "i": "i", "em": "i", "sup": "sup", "sub": "sub"}
_CONTAINERS = {"div", "section", "article", "figure", "center", "main", "header", "footer"}
_TAGS = (
    _HEADINGS
    | set(_INLINE)
    | _CONTAINERS
    | {"p", "br", "a", "ul", "ol", "li", "blockquote", "cite", "img", "figcaption", "span", "hr"}
    | {"table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th"}
)
_ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}}
_BORDERS = re.compile(r"<(?:/?(?:p|div|li|[uo]l|h[1-6]|section|article|blockquote|td|th|tr)|br)\b[^<>]*>")
_MOST_CELLS = 20_000
HEADING_LENGTH = 200


class TooDeepError(ValueError):
    """Nested beyond anything a person writes."""


@dataclass
class Body:
    """Blocks as (kind, value); an image is still its address: {"src", "alt", "caption"}."""

    blocks: list = field(default_factory=list)

    @property
    def first_text(self):
        """The text of the first paragraph."""
        texts = (plain_text(value) for kind, value in self.blocks if kind == "paragraph")
        return next((text for text in texts if text), "")


def body_of(text):
    """The blocks of `text`, HTML or plain."""
    if not _LOOKS_LIKE_HTML.search(text):
        lines = (line.strip() for line in text.splitlines())
        return Body([("paragraph", f"<p>{html.escape(line, quote=False)}</p>") for line in lines if line])
    clean = nh3.clean(
        text,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
        clean_content_tags={"script", "style", "iframe", "object", "noscript", "template", "title"},
    )
    try:
        return _Reader().read(BeautifulSoup(clean, "html.parser"))
    except RecursionError as error:
        raise TooDeepError from error


def plain_text(markup):
    """The text of markup that was cleaned before: words of different blocks stay apart, those of one block together."""
    text = re.sub(r"<[^<>]*>", "", _BORDERS.sub(" ", markup))
    return " ".join(html.unescape(text).split())


class _Reader:
    """Walks the cleaned tree; loose inline text between blocks becomes paragraphs of its own."""

    def __init__(self):
        self.body = Body()
        self.loose = []

    def read(self, soup):
        self._children(soup)
        self._flush()
        return self.body

    def _children(self, node):
        for child in node.children:
            self._node(child)

    def _node(self, node):
        if isinstance(node, NavigableString):
            self.loose.append(html.escape(str(node), quote=False))
        elif node.name in _HEADINGS:
            self._heading(node)
        elif node.name in {"p", "li", "figcaption"} or node.name in _CONTAINERS:
            self._flush()
            self._children(node)
            self._flush()
        elif node.name in {"ul", "ol"}:
            self._list(node)
        elif node.name == "table":
            self._flush()
            self._add("table", table_of(node))
        elif node.name == "blockquote":
            self._quote(node)
        elif node.name == "img":
            self._image(node)
        elif node.name == "hr":
            self._flush()
        elif node.find(_is_block):
            self._children(node)
        else:
            self.loose.append(_inline(node))

    def _add(self, kind, value):
        if value:
            self.body.blocks.append((kind, value))

    def _flush(self):
        markup = re.sub(r"\s+", " ", "".join(self.loose)).strip()
        markup = re.sub(r"^(<br/> ?)+|( ?<br/>)+$", "", markup).strip()
        self.loose = []
        if plain_text(markup):
            self._add("paragraph", f"<p>{markup}</p>")

    def _heading(self, node):
        self._flush()
        text = plain_text(str(node))
        if len(text) > HEADING_LENGTH:
            self._add("paragraph", f"<p><b>{html.escape(text, quote=False)}</b></p>")
        else:
            self._add("heading", text)
        for image in node.find_all("img"):
            self._image(image)

    def _list(self, node):
        self._flush()
        items = [_inline_children(item) for item in node.find_all("li")]
        markup = "".join(f"<li>{item}</li>" for item in items if plain_text(item))
        self._add("paragraph", markup and f"<{node.name}>{markup}</{node.name}>")

    def _quote(self, node):
        self._flush()
        speaker = node.find(["cite", "footer"])
        name = plain_text(str(speaker.extract())).lstrip("-–— ")[:200] if speaker else ""
        text = plain_text(str(node))
        self._add("quote", {"text": text, "speaker": name} if text else None)

    def _image(self, node):
        self._flush()
        figure = node.find_parent("figure")
        caption = figure.find("figcaption") if figure else None
        text = plain_text(str(caption.extract())) if caption else ""
        self._add("image", {"src": node.get("src", ""), "alt": node.get("alt", "").strip(), "caption": text[:300]})


def _is_block(tag):
    return tag.name not in _INLINE and tag.name not in {"a", "span", "br", "cite"}


def _inline(node):
    """Markup of inline content that the rich text of a paragraph may hold."""
    if isinstance(node, NavigableString):
        return html.escape(str(node), quote=False)
    if node.name == "br":
        return "<br/>"
    if node.name in {"ul", "ol"}:  # a list inside an item: its items follow as items of their own
        return ""
    inner = _inline_children(node)
    if node.name == "a" and re.match(r"(https?://|mailto:|tel:)", node.get("href", ""), re.IGNORECASE):
        return f'<a href="{html.escape(node["href"])}">{inner}</a>' if plain_text(inner) else inner
    tag = _INLINE.get(node.name)
    return f"<{tag}>{inner}</{tag}>" if tag and inner.strip() else inner


def _inline_children(node):
    return "".join(_inline(child) for child in node.children)


def table_of(table):
    """{"caption", "table"} of a table element, with its joined cells; None when it is empty."""
    caption = table.find("caption")
    grid, merged, hidden = _grid(table)
    if not any(any(row) for row in grid):
        return None
    first = table.find("tr")
    header = bool(first and first.find("th") and not first.find("td"))
    value = table_value(grid, header) | {"mergeCells": merged, "cell": hidden}
    return {"caption": plain_text(str(caption))[:300] if caption else "", "table": value}


def _grid(table):
    """(rows of equal length, joined cells, cells they cover)."""
    cells, merged = {}, []
    rows = [row for row in table.find_all("tr") if row.find_parent("table") is table]
    for y, row in enumerate(rows):
        x = 0
        for cell in row.find_all(["td", "th"], recursive=False):
            while (y, x) in cells:
                x += 1
            wide, high = _span(cell, "colspan"), min(_span(cell, "rowspan"), len(rows) - y)
            _cover(cells, y, x, high, wide, plain_text(str(cell)))
            if wide > 1 or high > 1:
                merged.append({"row": y, "col": x, "rowspan": high, "colspan": wide})
            x += wide
    width = max((x for _y, x in cells), default=-1) + 1
    grid = [[cells.get((y, x)) or "" for x in range(width)] for y in range(len(rows))]
    hidden = [{"row": y, "col": x, "hidden": True} for (y, x), text in sorted(cells.items()) if text is None]
    return grid, merged, hidden


def _cover(cells, y, x, high, wide, text):
    if len(cells) + high * wide > _MOST_CELLS:
        raise TooDeepError
    for down in range(high):
        for right in range(wide):
            cells[(y + down, x + right)] = None
    cells[(y, x)] = text


def _span(cell, name):
    value = cell.get(name, "1").strip()
    return max(1, min(int(value), 200)) if value.isdecimal() else 1


def table_value(rows, header=True):
    """Rows as the table block stores them."""
    return {
        "data": rows,
        "cell": [],
        "mergeCells": [],
        "first_row_is_table_header": header,
        "first_col_is_header": False,
        "table_header_choice": "row" if header else "neither",
        "table_caption": "",
    }
