"""Files beside an imported file, by the names that lines give them: the same file however its name is written, and none outside."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from organisations.text import composed

_SCHEME = re.compile(r"^(?:[A-Za-z][A-Za-z0-9+.-]*:|//|\\\\)")


class Folder:
    """A folder as lines speak of it. A path from the root of the other system's site is looked for below the folder, too."""

    def __init__(self, path: Path) -> None:
        self.path = path.resolve()
        self._names = cache(_names_in)

    def find(self, name: str) -> Path | None:
        """The file that `name` means; None outside the folder, or where there is none.

        It may have backslashes, percent signs for its letters, letters taken apart, capitals; as a file's name first, then as
        an address.
        """
        if _SCHEME.match(name.strip()):
            return None
        for written in _spellings(name):
            found = self._find(written)
            if found:
                return found
        return None

    def _find(self, written: str) -> Path | None:
        steps = _steps(written)
        if not steps:
            return None
        path = self.path
        try:
            for step in steps:
                path = self._step(path, step)
            path = path.resolve()
            return path if path.is_relative_to(self.path) and path.is_file() else None
        except (OSError, ValueError):
            return None

    def _step(self, folder: Path, name: str) -> Path:
        """The entry of `folder` called `name`: exactly, then composed, then whatever its capitals."""
        exact = folder / name
        if exact.exists() or not folder.resolve().is_relative_to(self.path):
            return exact
        same, alike = self._names(folder)
        return folder / (same.get(composed(name)) or alike.get(composed(name).casefold()) or name)


def _names_in(folder: Path) -> tuple[dict[str, str], dict[str, str]]:
    """({composed name: name}, {the same without capitals: name}) of what is in a folder."""
    names = sorted(entry.name for entry in folder.iterdir())
    return {composed(name): name for name in names}, {composed(name).casefold(): name for name in names}


def _spellings(name: str) -> Iterator[str]:
    """How `name` may be meant, likeliest first."""
    for written in dict.fromkeys([name, name.strip()]):
        for path in dict.fromkeys([written, written.replace("\\", "/")]):
            yield path
            yield unquote(path)
            try:
                yield unquote(urlsplit(path).path)
            except ValueError:
                continue


def _steps(written: str) -> list[str]:
    """The names from the folder down to the file; empty where the path leads out of it."""
    steps: list[str] = []
    for step in written.split("/"):
        if step == ".." and not steps:
            return []
        if step == "..":
            steps.pop()
        elif step not in {"", "."}:
            steps.append(step)
    return steps
