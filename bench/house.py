"""Draws the house as the code has it: `python -m bench.house` writes docs/pictures/house.svg; `--check` fails where it is behind.

Rooms stand on the floors that pyproject.toml gives them (import-linter's layers); an arrow says how many imports lead down.
"""

import ast
import re
import sys
import tomllib
from collections import Counter
from pathlib import Path
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "pictures" / "house.svg"
WIDTH, ROW, BOX, HEIGHT, MARGIN = 1000, 96, 168, 44, 20


def floors() -> list[list[str]]:
    """The rooms of each floor, the topmost first."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    return [[room.strip() for room in re.split(r"[|:]", layer)] for layer in layers]


def imports(rooms: set[str]) -> Counter[tuple[str, str]]:
    """How many files of one room import another, by (room, room)."""
    found: Counter[tuple[str, str]] = Counter()
    for room in rooms:
        for path in sorted((ROOT / room).rglob("*.py")):
            if "migrations" not in path.parts:
                found.update((room, other) for other in named(path) & rooms - {room})
    return found


def named(path: Path) -> set[str]:
    """The top folders that the file at `path` imports from."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            found.add(node.module.split(".")[0])
    return found


def places(rows: list[list[str]]) -> dict[str, tuple[int, int]]:
    """The middle of each room's box."""
    middles = {}
    for number, rooms in enumerate(rows):
        step = WIDTH // len(rooms)
        for place, room in enumerate(rooms):
            middles[room] = (step * place + step // 2, MARGIN + HEIGHT // 2 + ROW * number)
    return middles


def drawn(rows: list[list[str]]) -> str:
    """The picture as SVG."""
    middles = places(rows)
    height = MARGIN * 2 + HEIGHT + ROW * (len(rows) - 1)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" font-family="sans-serif">',
        "<title>The rooms of the portal; every arrow leads down</title>",
    ]
    for (room, other), number in sorted(imports(set(middles)).items()):
        (x, y), (x2, y2) = middles[room], middles[other]
        line = f'<line x1="{x}" y1="{y}" x2="{x2}" y2="{y2}" stroke="#8a9a94" stroke-width="{min(1 + number / 8, 5):.1f}"/>'
        parts.append(line)
    for room, (x, y) in middles.items():
        left, top = x - BOX // 2, y - HEIGHT // 2
        parts.append(
            f'<rect x="{left}" y="{top}" width="{BOX}" height="{HEIGHT}" rx="6" fill="#e3efe9" stroke="#1d5c45"/>'
        )
        parts.append(f'<text x="{x}" y="{y + 5}" text-anchor="middle" fill="#143d2e">{escape(room)}</text>')
    return "\n".join([*parts, "</svg>", ""])


def main() -> None:
    picture = drawn(floors())
    if "--check" not in sys.argv:
        PICTURE.write_text(picture, encoding="utf-8")
    elif PICTURE.read_text(encoding="utf-8") != picture:
        sys.exit("docs/pictures/house.svg is behind the code: python -m bench.house")


if __name__ == "__main__":
    main()
