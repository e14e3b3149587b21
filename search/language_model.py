"""What follows what in the portal's texts: counts of words and of pairs, kept in the database, read once by each process."""

import json
import math
import time
import zlib
from collections import Counter

from organisations.folding import fold

from .models import LanguageModel

LEAST_PAIR = 2
MOST_PAIRS = 400_000
CHECK_SECONDS = 60
TITLE_WEIGHT = 2


class Words:
    """Counts of words and pairs of words, and which words share a folded form."""

    def __init__(self, words, pairs):
        self.words, self.pairs = words, pairs
        self.total = sum(words.values()) or 1
        self.by_folded = {}
        for word, count in words.items():
            self.by_folded.setdefault(fold(word), []).append((word, count))

    def __contains__(self, word):
        return word in self.words

    def log_probability(self, word, before):
        """Of `word` behind the word `before`, smoothed."""
        alone = (self.words.get(word, 0) + 0.1) / self.total
        together = self.pairs.get((before, word), 0) / self.words[before] if before in self.words else 0
        return math.log(0.75 * together + 0.25 * alone)

    @property
    def trust(self):
        """From 0 to 1: a model of few texts does harm."""
        return min(1.0, self.total / 200_000)


def count(texts):
    """(words, pairs) of texts given as lists of words."""
    words, pairs = Counter(), Counter()
    for text in texts:
        words.update(text)
        pairs.update(zip(text, text[1:], strict=False))
    return words, pairs


def store(words, pairs, pages):
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


_loaded = {"words": Words({}, {}), "made": None, "checked": 0.0}


def current():
    """The Words of the last model that was stored; empty ones before there is any."""
    if time.monotonic() - _loaded["checked"] > CHECK_SECONDS or _loaded["made"] is None:
        made = LanguageModel.objects.filter(pk=1).values_list("made", flat=True).first()
        _loaded["checked"] = time.monotonic()
        if made and made != _loaded["made"]:
            _loaded["words"], _loaded["made"] = _read(), made
    return _loaded["words"]


def forget():
    """Read the model again at the next question."""
    _loaded.update(words=Words({}, {}), made=None, checked=0.0)


def _read():
    words, pairs = json.loads(zlib.decompress(bytes(LanguageModel.objects.get(pk=1).data)))
    names = [word for word, _number in words]
    return Words(dict(map(tuple, words)), {(names[one], names[other]): number for one, other, number in pairs})
