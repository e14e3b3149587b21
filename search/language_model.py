"""What follows what in the portal's texts: counts of words and of pairs, kept in the database, read once by each process."""

import json
import math
import time
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from organisations.folding import fold

from .models import LanguageModel

LEAST_PAIR = 2
MOST_PAIRS = 400_000
CHECK_SECONDS = 60
TITLE_WEIGHT = 2
Pair: TypeAlias = tuple[str, str]


class Words:
    """Counts of words and pairs of words, and which words share a folded form."""

    def __init__(self, words: Mapping[str, int], pairs: Mapping[Pair, int]) -> None:
        self.words, self.pairs = words, pairs
        self.total = sum(words.values()) or 1
        self.by_folded: dict[str, list[tuple[str, int]]] = {}
        for word, count in words.items():
            self.by_folded.setdefault(fold(word), []).append((word, count))

    def __contains__(self, word: object) -> bool:
        return word in self.words

    def log_probability(self, word: str, before: str) -> float:
        """Of `word` behind the word `before`, smoothed."""
        alone = (self.words.get(word, 0) + 0.1) / self.total
        together = self.pairs.get((before, word), 0) / self.words[before] if before in self.words else 0
        return math.log(0.75 * together + 0.25 * alone)

    @property
    def trust(self) -> float:
        """From 0 to 1: a model of few texts does harm."""
        return min(1.0, self.total / 200_000)


def count(texts: Iterable[list[str]]) -> tuple[Counter[str], Counter[Pair]]:
    """(words, pairs) of texts given as lists of words."""
    words: Counter[str] = Counter()
    pairs: Counter[Pair] = Counter()
    for text in texts:
        words.update(text)
        pairs.update(zip(text, text[1:], strict=False))
    return words, pairs


def store(words: Mapping[str, int], pairs: Counter[Pair], pages: int) -> int:
    """Keep the counts, made of so many pages, for all processes; gives the number of bytes."""
    kept = {word: number for word, number in words.items() if not word.isdigit() and len(word) < 20}
    order = {word: place for place, word in enumerate(kept)}
    common = [
        (order[one], order[other], number)
        for (one, other), number in pairs.most_common(MOST_PAIRS)
        if number >= LEAST_PAIR and one in order and other in order
    ]
    data = zlib.compress(json.dumps([list(kept.items()), common], ensure_ascii=False).encode(), 6)
    LanguageModel.objects.update_or_create(pk=1, defaults={"data": data, "pages": pages})
    return len(data)


@dataclass
class Loaded:
    """What this process has read, of what moment, and when it last looked for a newer one."""

    words: Words = field(default_factory=lambda: Words({}, {}))
    made: datetime | None = None
    checked: float = 0.0


_loaded = Loaded()


def current() -> Words:
    """The Words of the last model that was stored; empty ones before there is any."""
    if time.monotonic() - _loaded.checked > CHECK_SECONDS or _loaded.made is None:
        made = LanguageModel.objects.filter(pk=1).values_list("made", flat=True).first()
        _loaded.checked = time.monotonic()
        if made and made != _loaded.made:
            _loaded.words, _loaded.made = _read(), made
    return _loaded.words


def forget() -> None:
    """Read the model again at the next question."""
    _loaded.words, _loaded.made, _loaded.checked = Words({}, {}), None, 0.0


def _read() -> Words:
    words, pairs = json.loads(zlib.decompress(bytes(LanguageModel.objects.get(pk=1).data)))
    names = [word for word, _number in words]
    return Words(dict(map(tuple, words)), {(names[one], names[other]): number for one, other, number in pairs})
