"""Draws the house as the code has it: `python -m bench.house` writes docs/pictures/house.svg; `--check` fails where it is behind.

Rooms stand on the floors that pyproject.toml gives them (import-linter's layers), with the first sentence of their own file.
An arrow leads from a room to one that it imports; one that two others make up together is left out.
"""

import ast
import re
import sys
import textwrap
import tomllib
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "pictures" / "house.svg"
WIDTH, ROW, BOX, HEIGHT, MARGIN, LINE, LETTERS = 1000, 118, 270, 78, 16, 16, 38
STYLE = """<style>
.room{fill:#e3efe9;stroke:#1d5c45}.name{font-weight:bold;font-size:15px;fill:#143d2e}.what{font-size:12.5px;fill:#143d2e}
.way{fill:none;stroke:#50665c;stroke-width:1.6;marker-end:url(#tip)}
</style>
<marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto">
<path d="M0 0 8 4 0 8z" fill="#50665c"/></marker>"""

Place = tuple[float, float]


def floors() -> list[list[str]]:
    """The rooms of each floor, the topmost first."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    layers = next(contract["layers"] for contract in settings["contracts"] if contract["type"] == "layers")
    return [[room.strip() for room in re.split(r"[|:]", layer)] for layer in layers]


def what_for(room: str) -> str:
    """The first sentence of the room's own file."""
    text = ast.get_docstring(ast.parse((ROOT / room / "__init__.py").read_text(encoding="utf-8"))) or ""
    return re.split(r"\.\s|\.$", text.replace("`", ""))[0] + "."


def imports(rooms: set[str]) -> dict[str, set[str]]:
    """The other rooms that each room imports."""
    return {
        room: {
            other
            for path in (ROOT / room).rglob("*.py")
            if "migrations" not in path.parts
            for other in named(path) & rooms - {room}
        }
        for room in rooms
    }


def named(path: Path) -> set[str]:
    """The top folders that the file at `path` imports from."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            found.add(node.module.split(".")[0])
    return found


def direct(found: dict[str, set[str]]) -> dict[str, set[str]]:
    """`found` without what is reached by way of another room, too."""

    def reached(room: str) -> set[str]:
        return found[room].union(*(reached(other) for other in found[room]))

    return {room: others - set().union(*(reached(other) for other in others)) for room, others in found.items()}


def places(rows: list[list[str]], ways: dict[str, set[str]]) -> dict[str, Place]:
    """The middle of each room's box. From the bottom up: a room alone on its floor stands above what it leads to, others in its order."""
    middles: dict[str, Place] = {}
    for number, rooms in reversed(list(enumerate(rows))):
        above = {room: [middles[other][0] for other in ways[room]] or [WIDTH / 2] for room in rooms}
        wished = {room: sum(above[room]) / len(above[room]) for room in rooms}
        for place, room in enumerate(sorted(rooms, key=lambda room: wished[room])):
            x = wished[room] if len(rooms) == 1 else WIDTH / len(rooms) * (place + 0.5)
            middles[room] = (x, MARGIN + HEIGHT / 2 + ROW * number)
    return middles


def way(start: Place, end: Place, middles: dict[str, Place]) -> str:
    """The arrow down from box to box, past the boxes of the floors between."""
    points = [(start[0], start[1] + HEIGHT / 2)]
    for y in sorted({y for _x, y in middles.values() if start[1] < y < end[1]}):
        x = start[0] + (end[0] - start[0]) * (y - start[1]) / (end[1] - start[1])
        for middle in (x2 for x2, y2 in middles.values() if y2 == y and abs(x2 - x) < BOX / 2 + 12):
            x = middle + (BOX / 2 + 16) * (1 if x >= middle and middle + BOX / 2 + 16 < WIDTH else -1)
        points += [(x, y - HEIGHT / 2), (x, y + HEIGHT / 2)]
    points.append((end[0] + (points[-1][0] - end[0]) / 6, end[1] - HEIGHT / 2))
    return f'<path class="way" d="M{" L".join(f"{x:.0f} {y:.0f}" for x, y in points)}"/>'


def box(room: str, x: float, y: float) -> Iterator[str]:
    """A room: its name, and what it is for."""
    top = y - HEIGHT / 2
    yield f'<rect class="room" x="{x - BOX / 2:.0f}" y="{top:.0f}" width="{BOX}" height="{HEIGHT}" rx="6"/>'
    yield f'<text class="name" x="{x:.0f}" y="{top + 19:.0f}" text-anchor="middle">{escape(room)}</text>'
    for number, line in enumerate(textwrap.wrap(what_for(room), LETTERS), start=1):
        down = top + 20 + LINE * number
        yield f'<text class="what" x="{x:.0f}" y="{down:.0f}" text-anchor="middle">{escape(line)}</text>'


def drawn(rows: list[list[str]]) -> str:
    """The picture as SVG."""
    ways = direct(imports({room for rooms in rows for room in rooms}))
    middles = places(rows, ways)
    height = MARGIN * 2 + HEIGHT + ROW * (len(rows) - 1)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" font-family="sans-serif">',
        "<title>The rooms of the portal; every arrow leads down</title>",
        STYLE,
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>',
    ]
    parts += [way(middles[room], middles[other], middles) for room in sorted(ways) for other in sorted(ways[room])]
    for room, (x, y) in middles.items():
        parts += box(room, x, y)
    return "\n".join([*parts, "</svg>", ""])


def main() -> None:
    picture = drawn(floors())
    if "--check" not in sys.argv:
        PICTURE.write_text(picture, encoding="utf-8")
    elif not PICTURE.is_file() or PICTURE.read_text(encoding="utf-8") != picture:
        sys.exit("docs/pictures/house.svg is behind the code: make house")


if __name__ == "__main__":
    main()
