"""Table elements as the table block stores them, and which tables are no tables but a way to lay things out."""

from typing import Any

from bs4 import Tag

from .clean import TooDeepError
from .html_text import plain_text

_MOST_CELLS = 20_000
_NEVER_IN_DATA = ["table", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"]


def rows_of(table: Tag) -> list[Tag]:
    """The rows of the table itself, not of tables within."""
    return [row for row in table.find_all("tr") if row.find_parent("table") is table]


def cells_of(row: Tag) -> list[Tag]:
    return row.find_all(["td", "th"], recursive=False)


def is_layout(table: Tag) -> bool:
    """Whether a table only places things: one cell or column, blocks that no table of figures holds, a grid of pictures."""
    if table.get("role") in {"presentation", "none"}:
        return True
    rows = [cells_of(row) for row in rows_of(table)]
    cells = [cell for row in rows for cell in row]
    if table.find("caption") or any(cell.name == "th" for cell in cells):
        return False
    if max(map(len, rows), default=0) <= 1:
        return True
    if any(cell.find(_NEVER_IN_DATA) for cell in cells):
        return True
    pictured = [cell for cell in cells if cell.find("img")]
    if pictured and len(pictured) * 2 >= len(cells) and not any(plain_text(str(cell)) for cell in pictured):
        return True
    return len(rows) == 1 and any(cell.find(["ul", "ol", "img"]) or len(cell.find_all("p")) > 1 for cell in cells)


def table_of(table: Tag) -> dict[str, Any] | None:
    """{"caption", "table"} of a table element, with its joined cells; None when it is empty."""
    caption = table.find("caption")
    grid, merged, hidden = _grid(table)
    if not any(any(row) for row in grid):
        return None
    first = table.find("tr")
    header = bool(first and first.find("th") and not first.find("td"))
    value = table_value(grid, header) | {"mergeCells": merged, "cell": hidden}
    return {"caption": plain_text(str(caption))[:300] if caption else "", "table": value}


def _grid(table: Tag) -> tuple[list[list[str]], list[dict[str, int]], list[dict[str, Any]]]:
    """(rows of equal length, joined cells, cells they cover)."""
    cells: dict[tuple[int, int], str | None] = {}
    merged = []
    rows = rows_of(table)
    for y, row in enumerate(rows):
        x = 0
        for cell in cells_of(row):
            while (y, x) in cells:
                x += 1
            wide, high = _span(cell, "colspan"), min(_span(cell, "rowspan"), len(rows) - y)
            _cover(cells, y, x, high, wide, plain_text(str(cell)))
            if wide > 1 or high > 1:
                merged.append({"row": y, "col": x, "rowspan": high, "colspan": wide})
            x += wide
    width = max((x for _y, x in cells), default=-1) + 1
    if width * len(rows) > _MOST_CELLS:
        raise TooDeepError
    grid = [[cells.get((y, x)) or "" for x in range(width)] for y in range(len(rows))]
    hidden = [{"row": y, "col": x, "hidden": True} for (y, x), text in sorted(cells.items()) if text is None]
    return grid, merged, hidden


def _cover(cells: dict[tuple[int, int], str | None], y: int, x: int, high: int, wide: int, text: str) -> None:
    if len(cells) + high * wide > _MOST_CELLS:
        raise TooDeepError
    for down in range(high):
        for right in range(wide):
            cells[(y + down, x + right)] = None
    cells[(y, x)] = text


def _span(cell: Tag, name: str) -> int:
    value = str(cell.get(name, "1")).strip()
    return max(1, min(int(value), 200)) if value.isascii() and value.isdecimal() and len(value) < 10 else 1


def table_value(rows: list[list[str]], header: bool = True) -> dict[str, Any]:
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
