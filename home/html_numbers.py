"""Numbers of ordered lists that rich text cannot hold: a start other than one, own values, backwards, letters, Roman numerals."""

from bs4 import Tag

_ROMAN = [(100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")]


def labels_of(node: Tag) -> list[str] | None:
    """What stands before each item of a list; None where the list counts from one as lists do."""
    items = node.find_all("li", recursive=False)
    if node.name != "ol" or not items:
        return None
    kind = str(node.get("type", "1"))
    backwards = node.has_attr("reversed")
    start = _whole(node.get("start"))
    values = [_whole(item.get("value")) for item in items]
    if kind not in {"a", "A", "i", "I"} and not backwards and start in {None, 1} and not any(values):
        return None
    number = start if start is not None else len(items) if backwards else 1
    labels = []
    for value in values:
        number = number if value is None else value
        labels.append(_label(number, kind))
        number += -1 if backwards else 1
    return labels


def _whole(value: object) -> int | None:
    text = str(value).strip() if value is not None else ""
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdecimal() and len(digits) < 10 else None


def _label(number: int, kind: str) -> str:
    if kind in {"a", "A"} and 1 <= number <= 26:
        letter = chr(96 + number)
        return f"{letter.upper() if kind == 'A' else letter})"
    if kind in {"i", "I"} and 1 <= number < 200:
        roman = _roman(number)
        return f"{roman.upper() if kind == 'I' else roman}."
    return f"{number}."


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        while number >= value:
            text, number = text + letters, number - value
    return text
