"""What a query may mean: numbers, abbreviations, marks left out, keyboards switched off, common misspellings.

No database and no search engine beyond the counts of search.language_model; without counts a query means what it says.
"""

import heapq
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from organisations.folding import fold
from organisations.syllables import is_syllable, split_tone

from .abbreviations import officially, readings_of
from .numbers import number_in
from .vietnamese import canonical_word, confusions, decode_keys, is_bare_syllable, words_of

if TYPE_CHECKING:
    from .language_model import Words

# The words of a query as they may have been meant, and how sure that is.
Wording: TypeAlias = tuple[str, ...]
Weighted: TypeAlias = tuple[Wording, float]

LONGEST = 200
MOST_WORDS = 24
BEAM = 12
MOST_CANDIDATES = 8
LEAST_POSTERIOR = 0.12
MOST_MEANINGS = 4
# What an official wording counts where somebody put it in everyday words.
EVERYDAY = 0.9
_TOKEN = re.compile(r"[^\W_]+(?:[&][^\W_]+)*")


@dataclass(frozen=True)
class Meaning:
    """One reading of a query: its words, and how sure it is (from 0 to 1)."""

    words: Wording
    weight: float

    @property
    def text(self) -> str:
        return " ".join(self.words)


@dataclass
class Understood:
    """A query as understood. `shown` is what was searched for where that is not what was typed."""

    typed: str
    number: list[str] = field(default_factory=list)
    meanings: list[Meaning] = field(default_factory=list)
    shown: str = ""
    is_bare: bool = False

    @property
    def is_empty(self) -> bool:
        return not self.number and not self.meanings


def understand(query: str, counts: "Words", literally: bool = False) -> Understood:
    """The Understood of what somebody typed; `literally` keeps every word as it is."""
    typed = " ".join(query.split())[:LONGEST]
    number, rest = number_in(typed)
    tokens = _TOKEN.findall(rest)[:MOST_WORDS]
    understood = Understood(typed, number, is_bare=bool(tokens) and fold(rest.lower()) == rest.lower())
    if not tokens:
        return understood
    as_typed = tuple(canonical_word(token) for token in _lower(tokens))
    corrected = [(as_typed, 1.0)] if literally else correct(tokens, counts, understood.is_bare)
    understood.meanings = with_abbreviations(tokens, corrected)
    best = corrected[0][0]
    if best != as_typed and [fold(word) for word in best] != [fold(word) for word in as_typed]:
        understood.shown = " ".join(best)
    return understood


def _lower(tokens: Sequence[str]) -> list[str]:
    return [token.lower().replace("ð", "đ") for token in tokens]


def correct(tokens: Sequence[str], counts: "Words", is_bare: bool) -> list[Weighted]:
    """[(words, weight)] best first: what was typed, and what it is more likely to mean."""
    options = [candidates(token, counts, is_bare) for token in tokens]
    beam: list[tuple[float, Wording]] = [(0.0, ())]
    for choices in options:
        grown = [
            (score + counts.log_probability(word, words[-1] if words else "") - cost, (*words, word))
            for score, words in beam
            for word, cost in choices
        ]
        beam = heapq.nlargest(BEAM, grown)
    top = beam[0][0]
    weights = [(words, math.exp(score - top)) for score, words in beam]
    whole = sum(weight for _words, weight in weights)
    kept = [(words, weight / whole) for words, weight in weights if weight / whole >= LEAST_POSTERIOR]
    kept = kept[:MOST_MEANINGS] or [(beam[0][1], 1.0)]
    typed = tuple(canonical_word(token) for token in _lower(tokens))
    if typed not in dict(kept) and (is_bare or all(word in counts for word in typed)):
        kept.append((typed, 0.3 if is_bare else 0.6))
    return kept


def candidates(token: str, counts: "Words", is_bare: bool) -> list[tuple[str, float]]:
    """[(word, cost)] of what one word may be; the word itself always."""
    lower = _lower([token])[0]
    word = canonical_word(lower)
    if readings_of(token) or token.isdigit() or not counts.words:
        return [(word, 0.0)]
    found = {word: 0.0}
    base, tone = split_tone(word)
    has_marks = fold(word) != word
    decoded = None if has_marks or (is_syllable(base) and word in counts) else decode_keys(lower)
    if decoded:
        found[decoded] = 0.5
        found[word] = 6.0
        _add_marks(found, fold(decoded), counts, 3.0)
    elif not has_marks:
        bare = re.sub(r"\d", "", word) if not is_bare_syllable(word) else word
        if is_bare_syllable(bare):
            _add_marks(found, bare, counts, 0.0 if is_bare else 4.0)
    else:
        for other, cost in confusions(word):
            if other in counts:
                found.setdefault(other, cost + (1 - counts.trust) * 4)
    if word not in counts and len(found) == 1 and not is_syllable(base):
        _add_near(found, word, counts)
    best = sorted(found.items(), key=lambda pair: pair[1] - math.log(counts.words.get(pair[0], 0) + 0.5) * 0.2)
    kept = best[:MOST_CANDIDATES]
    return kept if word in dict(kept) else [*kept, (word, found[word])]


def _add_marks(found: dict[str, float], bare: str, counts: "Words", cost: float) -> None:
    """Words of the texts that are `bare` without their marks; for a bare query likewise common misspellings of those."""
    known = sorted(counts.by_folded.get(bare, []), key=lambda pair: -pair[1])
    for other, _number in known[:MOST_CANDIDATES]:
        found.setdefault(other, cost + (1.0 if cost else 0.5))


def _add_near(found: dict[str, float], word: str, counts: "Words") -> None:
    """Words one letter away from what is no syllable."""
    letters = "abcdeghiklmnopqrstuvxy"
    pieces = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    near = {a + b[1:] for a, b in pieces if b} | {a + b[1] + b[0] + b[2:] for a, b in pieces if len(b) > 1}
    near |= {a + c + b[1:] for a, b in pieces if b for c in letters}
    for other in near:
        folded = fold(other)
        for known, _number in counts.by_folded.get(folded, [])[:2]:
            found.setdefault(known, 7.0)


def with_abbreviations(tokens: Sequence[str], corrected: Sequence[Weighted]) -> list[Meaning]:
    """Meanings with the long forms in the place of abbreviations; ambiguous ones make a meaning for each reading."""
    meanings: dict[Wording, float] = {}
    for words, weight in corrected:
        readings: list[Weighted] = [((), 1.0)]
        for token, word in zip(tokens, words, strict=True):
            longs = readings_of(token)
            choices: list[Weighted] = [(tuple(words_of(long)), 1.0) for long in longs] or [((word,), 1.0)]
            if len(longs) > 1:
                choices.append(((word,), 0.8))
            readings = [(done + more, share * part) for done, share in readings for more, part in choices][:8]
        for reading, share in readings:
            meanings[reading] = max(meanings.get(reading, 0), weight * share)
    for words, weight in list(meanings.items()):
        meanings.setdefault(officially(words), weight * EVERYDAY)
    ordered = sorted(meanings.items(), key=lambda pair: -pair[1])[: MOST_MEANINGS + 2]
    return [Meaning(words, weight) for words, weight in ordered]
