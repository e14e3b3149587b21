"""One form for text, whoever typed, sent or stored it.

`composed` is for every door by which text comes in; `printable` for every file that goes out, since what was stored before the
door was built is still there.
"""

import re
import sys
import unicodedata

from .syllables import LONGEST, is_written_syllable

# A Vietnamese letter bears two marks. Normalising sorts a run of marks in quadratic time, so a run is cut before.
MOST_MARKS = 8
# Where signs stand between words is looked up letter by letter for so many places; what has more of them is no text.
MOST_JUDGED = 2_000
_SPACING = "\x0b\x0c\x1c-\x1f\u2028\u2029"
# Controls, noncharacters and halves of characters: XML 1.0 knows none of them but those from 0x7F on, which nobody sees.
_FORBIDDEN = "\x00-\x08\x0e-\x1f\x7f\ufdd0-\ufdef\ud800-\udfff" + "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
)
# Soft hyphen, zero-width signs, directions and their overrides, fillers that look like nothing, tags, byte order marks.
_UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
    "\ufff9-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
# A joiner between pictures makes one picture of them: a family, a profession.
_PICTURES = "\u2190-\u2bff\ufe0f\U0001f000-\U0001faff"
_JOINER = rf"(?<=[{_PICTURES}])\u200d(?=[{_PICTURES}])"
# What Windows-1252 has where ISO 8859-1 has controls: text read by the wrong one of the two.
_WINDOWS = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
_OUT = re.compile(rf"(?P<kept>{_JOINER})|(?P<run>[{_SPACING}{_FORBIDDEN}{_UNSEEN}]+)(?P<space> ?)")
_HAS_SPACING = re.compile(f"[{_SPACING}]")
_LETTERS = re.compile(r"[^\W\d_]*")
_SUSPECT = re.compile(rf"[{_SPACING}{_FORBIDDEN}{_UNSEEN}\x80-\x9f]")
_XML_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _is_mark(char: str) -> bool:
    """Whether normalising makes nothing but combining marks of it; some letters of class 0 come apart into marks alone."""
    if unicodedata.combining(char) or not unicodedata.decomposition(char):
        return unicodedata.combining(char) > 0
    return all(unicodedata.combining(part) for part in unicodedata.normalize("NFD", char))


def _ranges(chars: list[int]) -> str:
    """A character class of sorted code points."""
    parts: list[list[int]] = []
    for code in chars:
        if parts and parts[-1][1] == code - 1:
            parts[-1][1] = code
        else:
            parts.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in parts)


_MARKS = _ranges([code for code in range(0x300, min(0x20000, sys.maxunicode)) if _is_mark(chr(code))])
_MANY_MARKS = re.compile(rf"([{_MARKS}]{{{MOST_MARKS}}})[{_MARKS}]+")


def composed(text: str) -> str:
    """`text` as the portal keeps it: NFC, without what nobody sees and no file can hold.

    What separated words becomes a space. Spaces that do not break, line ends and the joiners of pictures stay.
    """
    if text.isascii() and text.isprintable():
        return text
    if _SUSPECT.search(text):
        text = _without_unseen(text.translate(_WINDOWS))
    return unicodedata.normalize("NFC", few_marks(text))


def few_marks(text: str) -> str:
    """`text` with at most MOST_MARKS combining marks in a row: what may be normalised whatever its length."""
    return _MANY_MARKS.sub(r"\1", text)


def printable(text: str) -> str:
    """`text` without what XML 1.0 forbids, for what was stored before it was looked at."""
    return _XML_FORBIDDEN.sub("", text)


def _without_unseen(text: str) -> str:
    judged = 0

    def instead(match: re.Match[str]) -> str:
        nonlocal judged
        if match["kept"]:
            return match["kept"]
        if match["space"]:
            return "" if text[match.start() - 1 : match.start()].isspace() else " "
        judged += 1
        return " " if judged <= MOST_JUDGED and _stood_between_words(text, match) else ""

    return _OUT.sub(instead, text)


def _stood_between_words(text: str, run: re.Match[str]) -> bool:
    """Whether the signs left out kept two words apart: their kind says so, or what they parted is no syllable together."""
    left, right = text[max(0, run.start() - LONGEST) : run.start()], text[run.end() : run.end() + LONGEST]
    if not left or not right or left[-1].isspace() or right[0].isspace():
        return False
    if _HAS_SPACING.search(run["run"]):
        return True
    one, other = _starting_letters(left[::-1])[::-1], _starting_letters(right)
    apart = is_written_syllable(one) and is_written_syllable(other)
    return apart and not is_written_syllable(one + other)


def _starting_letters(text: str) -> str:
    match = _LETTERS.match(unicodedata.normalize("NFC", text))
    return match[0] if match else ""
