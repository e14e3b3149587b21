"""Abbreviations and what they stand for: texts and queries both get the long form, so that either finds the other."""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from organisations.folding import fold
from organisations.syllables import is_syllable, split_tone

from .vietnamese import words_of

DATA = Path(__file__).parent / "data"
_SHORT = re.compile(r"(?<![\w&])[A-ZĐ][A-ZĐa-z]*(?:[&,-][A-ZĐ][A-ZĐa-z]*)*(?![\w&])")


@cache
def readings() -> dict[str, list[str]]:
    """{short form as written: [long forms]}; those with more than one are ambiguous."""
    return {short: long.split("|") for short, long in _pairs("abbreviations.txt")}


def _pairs(name: str) -> list[list[str]]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@cache
def _everyday() -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """[(words of everyday speech, words of the procedures)], the longest first."""
    pairs = [(tuple(words_of(said)), tuple(words_of(meant))) for said, meant in _pairs("everyday.txt")]
    return sorted(pairs, key=lambda pair: -len(pair[0]))


def officially(words: Sequence[str]) -> tuple[str, ...]:
    """`words` with everyday speech put as procedures and documents put it; the same where there is none."""
    done: list[str] = []
    while len(done) < len(words):
        rest = words[len(done) :]
        said, meant = next((pair for pair in _everyday() if rest[: len(pair[0])] == pair[0]), (rest[:1], rest[:1]))
        if said != meant:
            return (*done, *meant, *officially(rest[len(said) :]))
        done += said
    return tuple(done)


@cache
def _by_lower() -> dict[str, list[str]]:
    return {short.lower(): long for short, long in readings().items()}


@cache
def _by_folded() -> dict[str, list[str]]:
    return {fold(short): long for short, long in readings().items()}


def expanded(text: str) -> str:
    """`text` with the long form in the place of each abbreviation that can mean one thing only."""

    def longer(match: re.Match[str]) -> str:
        long = readings().get(match[0])
        return long[0] if long and len(long) == 1 else match[0]

    return _SHORT.sub(longer, text)


def readings_of(word: str) -> list[str]:
    """Long forms of a typed word, in whatever case and with or without Đ; none for what is a syllable in small letters."""
    if word in readings():
        return readings()[word]
    lower = word.lower()
    base, tone = split_tone(lower)
    if word == lower and (tone or is_syllable(base)):
        return []
    return _by_lower().get(lower) or _by_folded().get(fold(lower)) or []
