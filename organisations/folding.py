"""One way to fold Vietnamese text, shared by indexer, query, slugs and sort keys."""

import unicodedata

from .text import few_marks

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}


def fold(text: str) -> str:
    """Lower case without marks, đ as d: "Đường bộ" gives "duong bo". Digits and punctuation stay."""
    decomposed = unicodedata.normalize("NFD", few_marks(text.lower()).replace("đ", "d"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def sort_key(text: str) -> str:
    """A plain string whose byte order is Vietnamese dictionary order, syllable by syllable.

    Letters go before tones (ngang, huyền, hỏi, ngã, sắc, nặng), so An < Ân < Ba Tơ < Bình < Dung < Đức.
    """
    return " ".join(_syllable_key(s) for s in unicodedata.normalize("NFC", few_marks(text)).lower().split())


def _syllable_key(syllable: str) -> str:
    letters: list[str] = []
    tone = 0
    for char in syllable:
        base, mark = _split_tone(char)
        tone = mark or tone
        place = _ALPHABET.find(base)
        letters.append(chr(65 + place) if place >= 0 else base)
    return "".join(letters) + str(tone)


def _split_tone(char: str) -> tuple[str, int]:
    decomposed = unicodedata.normalize("NFD", char)
    tone = next((_TONES[c] for c in decomposed if c in _TONES), 0)
    base = unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in _TONES))
    return base, tone
