"""Where a room lets the rooms above it hang something: the lower one calls, the upper one registers, and neither imports the other upwards."""

from collections.abc import Iterator
from typing import Any, Generic, TypeVar

Part = TypeVar("Part")


class Seam(Generic[Part]):
    """An ordered list of registered parts. `doc` says what a part takes and gives."""

    instances: list["Seam[Any]"] = []

    def __init__(self, doc: str) -> None:
        self.doc = doc
        self.parts: list[Part] = []
        Seam.instances.append(self)

    def register(self, part: Part) -> Part:
        """Add `part`; as a decorator, too. Registering the same again changes nothing."""
        if part not in self.parts:
            self.parts.append(part)
        return part

    def __iter__(self) -> Iterator[Part]:
        return iter(self.parts)
