"""Vietnamese words as a search compares them: one spelling for each, and what a syllable may be that was typed without care.

The canonical spelling need not be an orthographic one, only the same on both sides: the tone of oa, oe, uy stands on the first
vowel, and y at the end behind h, k, l, m, t, s is i.
"""

import re
import unicodedata
from functools import lru_cache

from organisations.folding import fold
from organisations.syllables import ONSETS, RIMES, is_syllable, split_tone
from organisations.text import few_marks

TONES = {"f": "\u0300", "s": "\u0301", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
VNI_TONES = {"2": "\u0300", "1": "\u0301", "3": "\u0309", "4": "\u0303", "5": "\u0323"}
WORD = re.compile(r"[^\W_]+")
_FOLDED = re.compile(
    rf"^(?:{ONSETS.replace('đ', 'd')})?(?:{'|'.join(sorted({fold(rime) for rime in RIMES.split('|')}))})$"
)


def with_tone(base: str, tone: str) -> str:
    """`base` with `tone` on the vowel where the canonical spelling has it."""
    if not tone:
        return base
    place = _tone_place(base)
    if place is None:
        return base
    return unicodedata.normalize("NFC", base[: place + 1] + tone + base[place + 1 :])


def _tone_place(base: str) -> int | None:
    start = 2 if base.startswith(("qu", "gi")) and len(base) > 2 and base[2] in "aăâeêioôơuưy" else 0
    vowels = [place for place in range(start, len(base)) if base[place] in "aăâeêioôơuưy"]
    if not vowels:
        return None
    marked = [place for place in vowels if base[place] in "ăâêôơư"]
    if marked:
        return marked[-1]
    if len(vowels) >= 2 and vowels[-1] < len(base) - 1:
        return vowels[-1]
    return vowels[1] if len(vowels) == 3 else vowels[0]


@lru_cache(maxsize=200_000)
def canonical_word(word: str) -> str:
    """The one spelling of a lower-case word that the index and queries use."""
    base, tone = split_tone(word)
    if re.fullmatch(r"[hklmts]y", base):
        base = f"{base[0]}i"
    return with_tone(base, tone) if is_syllable(base) else unicodedata.normalize("NFC", word)


def is_bare_syllable(word: str) -> bool:
    """Whether a word without any marks could be a syllable whose marks were left out."""
    return bool(_FOLDED.match(word))


def words_of(text: str) -> list[str]:
    """Canonical lower-case words of a text, in its order."""
    composed = unicodedata.normalize("NFC", few_marks(text)).lower().replace("ð", "đ")
    return [canonical_word(word) for word in WORD.findall(composed)]


def decode_keys(word: str) -> str | None:
    """What a word typed through a switched-off keyboard was meant to be (Telex, VNI); None where nothing of it is left over."""
    for decode in (_telex, _vni):
        decoded = decode(word)
        if decoded and decoded != word:
            base, _tone = split_tone(decoded)
            if is_syllable(base):
                return canonical_word(decoded)
    return None


def _telex(word: str) -> str | None:
    if not word.isascii() or not word.isalpha():
        return None
    tone, body = "", word
    match = re.search(r"[sfrxj]", body[1:])
    if match and (body[-1] in TONES or re.search(r"[aeiouyw][sfrxj]", body)):
        places = [
            place for place in range(1, len(body)) if body[place] in TONES and re.search(r"[aeiouyw]", body[:place])
        ]
        if places:
            tone = TONES[body[places[-1]]]
            body = body[: places[-1]] + body[places[-1] + 1 :]
    body = re.sub(r"^dd|^d(?=.*d$)", "đ", body)
    body = re.sub(r"^(đ.*)d$", r"\1", body)
    for double, letter in (("aa", "â"), ("ee", "ê"), ("oo", "ô"), ("uow", "ươ"), ("uwow", "ươ"), ("uwo", "ươ")):
        body = body.replace(double, letter)
    body = re.sub(r"([aeo])([a-zđ]+)\1$", lambda m: {"a": "â", "e": "ê", "o": "ô"}[m[1]] + m[2], body)
    for pair, letter in (("aw", "ă"), ("ow", "ơ"), ("uw", "ư")):
        body = body.replace(pair, letter)
    body = re.sub(r"uo([a-z]+)w$", r"ươ\1", body)
    body = re.sub(r"([aou])([a-z]+)w$", lambda m: {"a": "ă", "o": "ơ", "u": "ư"}[m[1]] + m[2], body)
    return with_tone(body, tone)


def _vni(word: str) -> str | None:
    if not re.fullmatch(r"[a-z]+[0-9][a-z0-9]*", word):
        return None
    tone, body = "", word
    for digit, mark in VNI_TONES.items():
        if digit in body:
            tone, body = mark, body.replace(digit, "", 1)
            break
    body = body.replace("d9", "đ")
    if "9" in body and body.startswith("d"):
        body = "đ" + body[1:].replace("9", "")
    body = re.sub(r"([aeo])([a-z]*)6", lambda m: {"a": "â", "e": "ê", "o": "ô"}[m[1]] + m[2], body)
    body = re.sub(r"uo([a-z]*)7", r"ươ\1", body)
    body = re.sub(r"u7o7?", "ươ", body)
    body = re.sub(r"([ou])([a-z]*)7", lambda m: {"o": "ơ", "u": "ư"}[m[1]] + m[2], body)
    body = re.sub(r"a([a-z]*)8", r"ă\1", body)
    return None if re.search(r"\d", body) else with_tone(body, tone)


# Sounds that writers take for each other, at the start and at the end of a syllable.
_STARTS = [
    ("d", "gi"),
    ("d", "r"),
    ("gi", "r"),
    ("ch", "tr"),
    ("s", "x"),
    ("l", "n"),
    ("ng", "ngh"),
    ("c", "k"),
    ("g", "gh"),
]
_ENDS = [("n", "ng"), ("c", "t"), ("i", "y"), ("o", "u")]


def confusions(word: str) -> list[tuple[str, float]]:
    """(word, cost) of the syllables that `word` may be a common misspelling of."""
    base, tone = split_tone(word)
    found: dict[str, float] = {}
    swapped = {"\u0309": "\u0303", "\u0303": "\u0309"}.get(tone)
    if swapped:
        found[with_tone(base, swapped)] = 4.5
    for one, other in [pair for a, b in _STARTS for pair in ((a, b), (b, a))]:
        if base.startswith(one):
            _offer(found, other + base[len(one) :], tone, swapped)
    for one, other in [pair for a, b in _ENDS for pair in ((a, b), (b, a))]:
        if base.endswith(one):
            _offer(found, base[: -len(one)] + other, tone, swapped)
    for mark in (*TONES.values(), ""):
        if mark != tone:
            found.setdefault(with_tone(base, mark), 8.5)
    found.pop(word, None)
    return list(found.items())


def _offer(found: dict[str, float], base: str, tone: str, swapped: str | None) -> None:
    if is_syllable(base):
        found.setdefault(canonical_word(with_tone(base, tone)), 5.5)
        if swapped:
            found.setdefault(canonical_word(with_tone(base, swapped)), 7.5)
