"""What is wrong with the translation of a segment: tags, links and numbers that were dropped, Vietnamese that stayed, terms."""

import re
from collections import Counter
from dataclasses import dataclass
from html import unescape

from django.utils.translation import gettext as _

from organisations.folding import fold

from . import glossary

MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
WORDS = dict(
    zip(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
        (str(number) for number in range(1, 13)),
        strict=True,
    )
)
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
# Letters that no English word holds; đ and ư of names are allowed by is_vietnamese.
MARKED = re.compile(r"[ăâđêôơưáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ]")
VOID = {"br"}
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s+[a-zA-Z-]+=(?:\"[^\"<>]*\"|'[^'<>]*'))*)\s*/?>")
ATTRIBUTE = re.compile(r"([a-zA-Z-]+)=[\"']([^\"']*)")
# Where a browser begins to read something else than words: a tag, a comment, a declaration.
MARKUP = re.compile(r"<[a-zA-Z/!?]")
LONGEST = 20_000


@dataclass
class Tags:
    """The tags of a segment as they are written, whether each is closed in order, and the words between them."""

    counted: Counter[tuple[str, tuple[tuple[str, str], ...]]]
    is_broken: bool
    text: list[str]


def parsed(markup: str) -> Tags:
    """Reads nothing but plain tags: any other thing that a browser would not show as words makes the segment broken."""
    markup = markup[: LONGEST + 1]
    counted: Counter[tuple[str, tuple[tuple[str, str], ...]]] = Counter()
    opened: list[str] = []
    is_broken = False
    for closes, name, attributes in TAG.findall(markup):
        name = name.lower()
        if not closes:
            counted[(name, tuple(sorted(ATTRIBUTE.findall(attributes))))] += 1
        if name in VOID:
            continue
        if not closes:
            opened.append(name)
        elif not opened or opened.pop() != name:
            is_broken = True
    text = TAG.split(markup)[:: TAG.groups + 1]
    is_hiding = any(MARKUP.search(part) for part in text)
    return Tags(counted, is_broken or bool(opened) or is_hiding, [unescape(part) for part in text])


def problems(source, translation):
    """Sentences about a translation that cannot be handed in as it is; none for one in order."""
    if not translation.strip():
        return [_("Chưa dịch.")]
    if len(translation) > LONGEST:
        return [_("Bản dịch dài quá %(count)d ký tự.") % {"count": LONGEST}]
    before, after = parsed(source), parsed(translation)
    return [
        *_tag_problems(before, after),
        *_number_problems(" ".join(before.text), " ".join(after.text)),
        *_language_problems(source, translation, " ".join(after.text)),
        *[
            _("“%(vi)s” là “%(en)s”, không phải “%(wrong)s”.") % {"vi": term.vi, "en": term.en, "wrong": wrong}
            for term, wrong in glossary.misused(source, translation)
        ],
    ]


def _tag_problems(before, after):
    if after.is_broken:
        return [_("Thẻ định dạng mở mà không đóng, hoặc đóng sai thứ tự.")]
    missing, extra = before.counted - after.counted, after.counted - before.counted
    found = [_("Thiếu %(tag)s của bản tiếng Việt.") % {"tag": name_of(tag)} for tag, _attrs in missing]
    return found + [_("Thừa %(tag)s so với bản tiếng Việt.") % {"tag": name_of(tag)} for tag, _attrs in extra]


def name_of(tag):
    return _("liên kết") if tag == "a" else _("thẻ <%(tag)s>") % {"tag": tag}


def _number_problems(before, after):
    here = numbers_in(after) | spelt_in(after)
    missing = [number for number in NUMBER.findall(before) if not forms_of(number) & here]
    return [_("Thiếu số %(number)s của bản tiếng Việt.") % {"number": number} for number in dict.fromkeys(missing)]


def forms_of(number):
    """How a Vietnamese figure may stand in English: 1.234,5 as 1,234.5; 07 as 7; a date's parts by themselves."""
    turned = number.translate(str.maketrans(".,", ",."))
    return {number, turned, turned.replace(",", ""), number.lstrip("0") or "0"}


def numbers_in(text):
    found = set(NUMBER.findall(text))
    return found | {number.lstrip("0") or "0" for number in found} | {number.replace(",", "") for number in found}


def spelt_in(text):
    """Months and small numbers that are written as words."""
    words = re.findall(r"[a-z]+", text.casefold())
    months = {str(MONTHS.index(word) + 1) for word in words if word in MONTHS}
    return months | {f"0{month}" for month in months} | {WORDS[word] for word in words if word in WORDS}


def _language_problems(source, translation, text):
    if is_vietnamese(text):
        return [_("Còn nguyên tiếng Việt.")]
    same = translation.strip() == source.strip() and len(text.split()) > 3
    return [_("Bản dịch giống hệt bản tiếng Việt.")] if same and fold(text) != text.casefold() else []


def is_vietnamese(text):
    """Whether a text holds a run of Vietnamese words other than names, which begin with capitals and are left out."""
    run = longest = 0
    for word in re.findall(r"[^\W\d_]+", text):
        if MARKED.search(word) and word[0].islower():
            run += 1
            longest = max(longest, run)
        elif word[0].isupper() or not word.isascii():
            run = 0
    return longest >= 2
