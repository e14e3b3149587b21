"""The place of a text where the words stand, with the words marked. Everything else is escaped."""

import html
import re

from organisations.folding import fold

from .vietnamese import words_of

LENGTH = 260
_WORD = re.compile(r"[^\W_]+")


def highlighted(text, meanings, length=LENGTH):
    """HTML of the part of `text` that has most of the words of `meanings`, each in <mark>."""
    wanted = {word for words in meanings for word in words}
    folded = {fold(word) for word in wanted}
    places = []
    for match in _WORD.finditer(text):
        if fold(match[0].lower()) in folded:
            is_exact = wanted.intersection(words_of(match[0]))
            places.append((match.start(), match.end(), 2 if is_exact else 1))
    start = _best_start(places, length)
    end = min(len(text), start + length)
    start, end = _whole_words(text, start, end)
    pieces, place = [], start
    for begin, finish, _worth in places:
        if begin >= start and finish <= end:
            pieces += [html.escape(text[place:begin]), "<mark>", html.escape(text[begin:finish]), "</mark>"]
            place = finish
    pieces.append(html.escape(text[place:end]))
    return ("… " if start else "") + "".join(pieces).strip() + (" …" if end < len(text) else "")


def _best_start(places, length):
    """Where a window of `length` holds the most worth."""
    best, worth = 0, 0
    for number, (begin, _end, _worth) in enumerate(places[:400]):
        inside = sum(w for b, e, w in places[number : number + 30] if e <= begin + length * 0.8)
        if inside > worth:
            best, worth = begin, inside
    return max(0, best - length // 6)


def _whole_words(text, start, end):
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return start, end
