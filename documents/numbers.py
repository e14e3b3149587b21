"""The number of a document (số, ký hiệu): what is written, what it means, and by what key two spellings are one number.

Shapes: `số/năm/LOẠI-CƠ QUAN` for legal normative documents, `số/LOẠI-CƠ QUAN` and `số/CƠ QUAN-ĐƠN VỊ` for administrative ones
(Law 80/2015/QH13; NĐ 30/2020/NĐ-CP, annex III), `số-LOẠI/CƠ QUAN` of the Party and of older documents, `số-CƠ QUAN` of the oldest.
"""

import re
import unicodedata
from dataclasses import dataclass

from organisations.folding import fold
from organisations.text import few_marks

from .kinds import CODES, ISSUERS, Kind

MAX_LENGTH = 100
# A key has one slash more than its number, and room for what folding makes longer.
KEY_LENGTH = 150
_LETTERS = r"A-Za-zÀ-ỹĐđ"
_SYMBOL = rf"[{_LETTERS}][{_LETTERS}0-9&.,()]*(?:[-/][{_LETTERS}0-9&.,()]+)*"
_SERIAL = r"(?P<serial>\d{1,7}(?:\.\d{1,2})?[a-zA-ZđĐ]?)"
# The year before the symbol; a symbol may itself have slashes (133/1999/TTLT/BTC-BTM).
_WITH_SLASH = re.compile(rf"^{_SERIAL}(?:/(?P<year>(?:19|20)\d\d))?/(?P<symbol>{_SYMBOL})$")
_WITH_HYPHEN = re.compile(rf"^(?P<serial>\d{{1,7}})-(?P<symbol>{_SYMBOL})$")
_PREFIX = re.compile(r"^(?:số|so)\s*(?:hiệu|ký hiệu)?\s*[:.]?\s*", re.IGNORECASE)
_DASHES = re.compile(r"[‐‑‒–—―−_]")
_JOINTS = re.compile(r"\s*([/\-&])\s*")
# By their own letters first: without marks, ĐA (đề án) and DA (dự án) are one.
_KINDS = {fold(code): kind for code, kind in CODES.items()} | {code.upper(): kind for code, kind in CODES.items()}
_SPELLING = {fold(word): word for word in (*CODES, *ISSUERS)} | {word.upper(): word for word in (*CODES, *ISSUERS)}
_NAMES = {fold(code): name for code, name in ISSUERS.items()}
# Two bodies name themselves with the number of their term: QH15, UBTVQH14, HĐND10.
_TERM = re.compile(r"^(?P<body>\D+?)\d{1,2}$")


@dataclass(frozen=True)
class Number:
    """A number that was understood. `serial` has no leading zeros; `year` is None where the number names none."""

    text: str
    serial: str
    year: int | None
    symbol: str

    @property
    def key(self) -> str:
        """The same for every spelling: Ð and Đ, spaces, hyphens, a missing zero, lower case."""
        return f"{self.serial}/{self.year or ''}/{re.sub(r'[^a-z0-9]', '', fold(self.symbol))}".upper()[:KEY_LENGTH]

    @property
    def parts(self) -> list[str]:
        """The words of the symbol, as they are between its hyphens and slashes."""
        return [part for part in re.split(r"[-/]", self.symbol) if part]

    @property
    def kind(self) -> Kind | None:
        """The kind that the symbol says; a symbol that starts with a body alone is an official letter's, or None."""
        first = fold(self.parts[0])
        if kind := _kind_of(self.parts[0]):
            return kind
        body = _body(first)
        if body == "qh":
            return Kind.LAW
        if body == "ubtvqh":
            return None
        for code in sorted(_KINDS, key=len, reverse=True):
            # NĐCP: the hyphen is missing, and what is left is a known body.
            if first.startswith(code) and first[len(code) :] in _NAMES:
                return _KINDS[code]
        return Kind.LETTER if self.year is None else None

    @property
    def issuers(self) -> list[str]:
        """Names of the bodies behind the symbol, where the letters leave no doubt."""
        parts = self.parts[1:] if _kind_of(self.parts[0]) else self.parts
        if len(parts) == 1 and fold(parts[0]) not in _NAMES:
            parts = [_glued(parts[0])]
        names = [_NAMES.get(_body(fold(part).replace("&", ""))) for part in parts]
        return list(dict.fromkeys(name for name in names if name))


def _kind_of(word: str) -> Kind | None:
    return _KINDS.get(word.upper()) or _KINDS.get(fold(word))


def _body(folded: str) -> str:
    match = _TERM.match(folded)
    return match["body"] if match else folded


def _glued(part: str) -> str:
    folded = fold(part)
    for code in sorted(_KINDS, key=len, reverse=True):
        if folded.startswith(code) and folded[len(code) :] in _NAMES:
            return folded[len(code) :]
    return part


def tidy(raw: str) -> str:
    """The number as it should be written: NFC, true Đ, no prefix, no stray spaces, capitals where they belong."""
    text = unicodedata.normalize("NFC", few_marks(raw)).replace("\u00d0", "Đ").replace("\u00f0", "đ")
    text = _PREFIX.sub("", " ".join(text.split()).strip("'\"“”‘’ "))
    text = _JOINTS.sub(r"\1", _DASHES.sub("-", text)).strip(" -/.,;")
    serial, joint, symbol = _split(text)
    return f"{serial}{joint}{_capitals(symbol)}" if symbol else text


def _split(text: str) -> tuple[str, str, str]:
    match = re.match(r"^(\d[\d.]*[a-zđ]?(?:/(?:19|20)\d\d)?)([/-])(.+)$", text, re.IGNORECASE)
    return (match[1], match[2], match[3]) if match else (text, "", "")


def _capitals(symbol: str) -> str:
    """What was typed in small letters throughout gets its capitals; everything else stays as it is."""
    if symbol != symbol.lower():
        return symbol
    words = re.split(r"([^\W\d_]+)", symbol)
    return "".join(_SPELLING.get(word.upper()) or _SPELLING.get(word) or word.upper() for word in words)


def parse(raw: str | None) -> Number | None:
    """The Number behind `raw`, or None where it is not one: a draft's blank, "Không số", or nonsense."""
    text = tidy(raw or "")
    if not text or len(text) > MAX_LENGTH:
        return None
    match = _WITH_SLASH.match(text) or _WITH_HYPHEN.match(text)
    if match is None:
        return None
    found = match.groupdict()
    serial = found["serial"].lstrip("0").lower() or "0"
    return Number(text, serial, int(found["year"]) if found.get("year") else None, found["symbol"])


def key_of(raw: str | None) -> str:
    """The key of a number, or of what stands in its place, so that the same nonsense is the same too. Empty for nothing."""
    number = parse(raw)
    return number.key if number else re.sub(r"[^a-z0-9]+", " ", fold(raw or "")).strip().upper()[:KEY_LENGTH]
