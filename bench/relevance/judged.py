"""Queries and what people judged of their answers; and the figure by which answers are compared."""

import csv
import math
import zlib
from pathlib import Path

HERE = Path(__file__).parent
DEPTH = 10
KINDS = {
    "as-written": "as written, with marks",
    "without-marks": "without marks",
    "partly-marked": "partly marked",
    "abbreviations": "abbreviation or its long form",
    "numbers": "document number, any spelling",
    "mistyped": "Telex/VNI left raw, misspelt",
    "spelling": "old tone placement, decomposed, capitals",
    "marks-decide": "marks decide the meaning",
    "syllables": "words of two syllables",
    "questions": "questions as sentences",
}


def rows(name):
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        yield from csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def queries():
    """[(kind, topic, words)]"""
    return [tuple(row) for row in rows("queries.tsv")]


def judgments():
    """{topic: {id in the texts: grade}}: 3 answers it, 2 is on the same matter, 1 touches it."""
    graded = {}
    for topic, name, grade in rows("judgments.tsv"):
        graded.setdefault(topic, {})[name] = int(grade)
    return graded


def suggestions():
    """[(what was typed so far, ids of which one is meant)]"""
    return [(typed, names.split()) for typed, names in rows("suggestions.tsv")]


def is_reported(topic):
    """Half of the topics, by their name; weights may be chosen on the other half alone."""
    return zlib.crc32(topic.encode()) % 2 == 0


def ndcg(found, graded):
    """Normalised discounted cumulative gain of the first ten of `found`, by grades {id: grade}; from 0 to 1."""
    gains = [2 ** graded.get(name, 0) - 1 for name in found[:DEPTH]]
    best = sorted((2**grade - 1 for grade in graded.values()), reverse=True)[:DEPTH]
    return _discounted(gains) / _discounted(best)


def _discounted(gains):
    return sum(gain / math.log2(place + 2) for place, gain in enumerate(gains))
