"""RSS that one bad item cannot break: what XML forbids is left out of the texts, and an item that fails is left out whole."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.utils.feedgenerator import Rss201rev2Feed

from organisations.surviving import made_of
from organisations.text import printable

from . import clean

Thing = TypeVar("Thing")


def rss_of(things: Iterable[Thing], item_of: Callable[[Thing], dict[str, Any]], **about: Any) -> str:
    """The feed of `things` as text; `item_of` gives what add_item takes (readers take the description for HTML), `about` is what the feed says of itself."""
    feed = Rss201rev2Feed(**_printable(about))
    for item in made_of(things, item_of):
        feed.add_item(**_printable(item | {"description": clean.plain(item["description"])}))
    return str(feed.writeString("utf-8"))


def _printable(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: _clean(value) for name, value in fields.items()}


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, list):
        return [_clean(part) for part in value]
    return value
