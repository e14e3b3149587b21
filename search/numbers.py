"""Document numbers as the search knows them: every part by which people ask for one."""

import re
from functools import lru_cache

from documents.kinds import CODES, Kind
from documents.numbers import parse
from organisations.folding import fold

# Codes of one kind are one code here: joint circulars were TTLB before they were TTLT.
_FIRST = {kind: code for code, kind in reversed(CODES.items())}
_LETTERS = {fold(code): fold(_FIRST[kind]) for code, kind in CODES.items()}
# What people call a kind, in a query without marks; the longest first.
_KIND_WORDS = {fold(str(kind.label)): fold(code) for kind, code in _FIRST.items()}
_KIND_WORDS |= {fold(str(Kind.LAW.label)): "luat", fold(str(Kind.CODE.label)): "boluat"}
_KIND_PATTERN = "|".join(sorted(map(re.escape, _KIND_WORDS), key=len, reverse=True))
_CODE_PATTERN = "|".join(sorted(map(re.escape, _LETTERS), key=len, reverse=True))
_YEAR = r"(?:19|20)\d\d"
_SYMBOL = r"[a-z][a-z0-9&.]*(?:\s*[-/]\s*[a-z][a-z0-9&.]*)*"
_PATTERNS = [
    re.compile(rf"(?<![\d/])(?P<n>\d{{1,7}}[a-z]?)\s*/\s*(?P<y>{_YEAR})\s*/\s*(?P<s>{_SYMBOL})"),
    re.compile(rf"(?<![\d/])(?P<n>\d{{1,7}}[a-z]?)\s*/\s*(?P<s>(?:{_CODE_PATTERN})?\s*-?\s*{_SYMBOL})"),
    re.compile(
        rf"(?:(?P<k>{_KIND_PATTERN})|(?<![a-z])(?P<c>{_CODE_PATTERN}))\s*(?:so\s*)?(?P<n>\d{{1,7}}[a-z]?)\s*/\s*(?P<y>{_YEAR})"
    ),
    re.compile(
        rf"(?:(?P<k>{_KIND_PATTERN})|(?<![a-z])(?P<c>{_CODE_PATTERN}))\s*(?:so\s*)?(?P<n>\d{{1,7}}[a-z]?)\s+nam\s+(?P<y>{_YEAR})"
    ),
    re.compile(rf"(?<![\d/])(?P<n>\d{{1,7}}[a-z]?)\s*/\s*(?P<y>{_YEAR})(?!\d)"),
    re.compile(rf"(?<![a-z])(?P<s>(?:{_CODE_PATTERN})\s*-\s*{_SYMBOL})\s+(?:so\s*)?(?P<n>\d{{1,7}}[a-z]?)(?![\d/])"),
    re.compile(
        rf"(?:(?P<k>{_KIND_PATTERN})|(?<![a-z])(?P<c>{_CODE_PATTERN}))\s*(?:so\s*)?(?P<n>\d{{1,7}}[a-z]?)(?![\w/.])"
    ),
    re.compile(r"(?P<code>(?<![\d.])\d\.\d{6}(?!\d))"),
]
_CITED = re.compile(rf"(?<![\w/.-])(\d{{1,7}}[a-zđ]?/(?:{_YEAR}/)?[A-ZĐÐ][\wĐÐ&-]*(?:[-/][A-ZĐÐ][\w&]*)*)")
_BEGUN = re.compile(
    rf"(?:(?:(?P<k>{_KIND_PATTERN})|(?P<c>{_CODE_PATTERN}))\s*(?:so\s*)?)?(?P<n>\d[\d.]*)(?P<rest>\s*/[\s\w/&-]*)?"
)
_PROCEDURE = re.compile(r"(?<![\d.])\d\.\d{6}(?!\d)")


@lru_cache(maxsize=50_000)
def forms_of(raw: str) -> list[str]:
    """Keys by which the number `raw` is found: whole, without letters, without year, and kind with number."""
    number = parse(raw)
    if number is None:
        return [raw.strip()] if _PROCEDURE.fullmatch(raw.strip()) else []
    letters = re.sub(r"[^a-z0-9]", "", fold(number.symbol))
    kind = _LETTERS.get(fold(number.parts[0]), "")
    if not kind and number.kind == Kind.LAW:
        kind = "luat"
    forms = {f"{number.serial}/{number.year or ''}/{letters}", f"{number.serial}//{letters}"}
    if number.year:
        forms.add(f"{number.serial}/{number.year}/")
    if kind:
        forms |= {f"{kind}:{number.serial}", f"{kind}:{number.serial}/{number.year or ''}"}
    # The same with the first and the last part of the letters alone: qd-ubnd of 16/2017/QĐ-UBND-HC.
    parts = [re.sub(r"[^a-z0-9]", "", fold(part)) for part in number.parts]
    forms |= {f"{number.serial}//{''.join(parts[:count])}" for count in range(1, len(parts))}
    return sorted(forms)


def forms_in(text: str, most: int = 300) -> list[str]:
    """Keys of all numbers that `text` names, and of procedure codes."""
    forms: set[str] = set()
    for match in _CITED.finditer(text):
        forms.update(forms_of(match[1]))
        if len(forms) > most:
            break
    forms.update(codes_in(text)[:most])
    return sorted(forms)


def codes_in(text: str) -> list[str]:
    """Codes of administrative procedures that `text` names."""
    return _PROCEDURE.findall(text)


def beginnings(typed: str) -> list[str]:
    """Beginnings of keys that somebody who has typed so far may be about to name."""
    folded = " ".join(fold(typed).split())
    match = _BEGUN.fullmatch(folded)
    if not match:
        return []
    serial = match["n"] if "." in match["n"] else match["n"].lstrip("0")
    rest = re.sub(r"[^a-z0-9/]", "", match["rest"] or "")
    kind = _KIND_WORDS.get(match["k"] or "") or _LETTERS.get(match["c"] or "", "")
    return [f"{kind}:{serial}{rest}" if kind else f"{serial}{rest}"]


def number_in(query: str) -> tuple[list[str], str]:
    """(keys of the number that `query` names, best first; the query without it), or ([], query)."""
    folded = fold(query).replace("–", "-")
    if len(folded) != len(query):
        query = folded
    for pattern in _PATTERNS:
        match = pattern.search(folded)
        if match:
            keys = _keys(match.groupdict(""))
            if keys:
                return keys, f"{query[: match.start()]} {query[match.end() :]}".strip()
    return [], query


def _keys(found: dict[str, str]) -> list[str]:
    if found.get("code"):
        return [found["code"]]
    serial = found["n"].lstrip("0") or "0"
    letters = re.sub(r"[^a-z0-9]", "", found.get("s", ""))
    kind = _KIND_WORDS.get(found.get("k", "")) or _LETTERS.get(found.get("c", ""), "")
    year = found.get("y", "")
    if letters and year:
        return [f"{serial}/{year}/{letters}", f"{serial}/{year}/"]
    if letters:
        return [f"{serial}//{letters}"]
    if kind:
        return [f"{kind}:{serial}/{year}", f"{serial}/{year}/"] if year else [f"{kind}:{serial}"]
    return [f"{serial}/{year}/"]
