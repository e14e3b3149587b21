"""The language the sample texts are written in (see the head of data/topics-common.txt), and how it becomes text.

Slots stand in braces and are filled from the inside out:
{xa} a word of the context; {12-85} a number, {100-900/50} in steps, {85,1-99,9} with a decimal; {một|hai} one of several.
"""

import random
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "data"
_SLOT = re.compile(r"\{([^{}]*)\}")
_RANGE = re.compile(r"(\d+)-(\d+)(?:/(\d+))?")
_DECIMAL = re.compile(r"(\d+),(\d)-(\d+),(\d)")
_LISTS = {"##": "headings", '"': "quotes", "|": "table"}


class SampleTextError(ValueError):
    """A line of a sample file that cannot be read, or a slot nobody fills."""


@dataclass
class Topic:
    """One matter articles are written about: who writes of it, when, and the patterns of what they write."""

    name: str
    places: list[str] = field(default_factory=list)
    months: set[int] = field(default_factory=lambda: set(range(1, 13)))
    category: str = ""
    sections: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    numbers: dict[str, str] = field(default_factory=dict)
    reply: bool = False
    communes: str = ""
    weight: int = 2
    openings: list[tuple[list[str], list[str]]] = field(default_factory=list)  # (titles, leads that suit each of them)
    paragraphs: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    quotes: list[str] = field(default_factory=list)
    table: list[str] = field(default_factory=list)

    def set(self, key: str, value: str) -> None:
        """One line of the topic's head."""
        if key == "nơi":
            self.places = value.split()
        elif key == "tháng":
            self.months = set(_months(value))
        elif key == "lĩnh vực":
            self.category = value
        elif key == "mục":
            self.sections = value.split()
        elif key == "ảnh":
            self.pictures = value.split()
        elif key == "số":
            self.numbers = dict(pair.split("=") for pair in value.split())
        elif key == "nặng":
            self.weight = int(value)
        elif key == "trả lời":
            self.reply = True
        elif key == "xã":
            self.communes = value
        else:
            raise SampleTextError(f"{self.name}: không hiểu dòng “{key}:”.")

    def opening(self, rng: random.Random) -> tuple[str, str]:
        """A title pattern, each as likely as any other, and a lead pattern that suits it."""
        titles, leads = rng.choices(self.openings, [len(titles) for titles, _leads in self.openings])[0]
        return rng.choice(titles), rng.choice(leads)

    @property
    def is_a_sight(self) -> bool:
        """Whether there is something to photograph: not a meeting, a notice or an answer."""
        return not self.reply and bool(set(self.pictures) - {"cong-so", "mot-cua"})


def _months(text: str) -> Iterator[int]:
    """ "9-12 1" gives September to January."""
    for part in text.split():
        first, _, last = part.partition("-")
        yield from range(int(first), int(last or first) + 1)


def load_topics(folder: Path = FOLDER) -> list[Topic]:
    """All topics of the folder's topics-*.txt, in the order they are written."""
    topics: list[Topic] = []
    for path in sorted(folder.glob("topics-*.txt")):
        topics += parse_topics(path.read_text("utf-8"), topics)
    return topics


def _variant(name: str, other: str, topics: Iterable[Topic]) -> Topic:
    """A topic with the head of another one and texts of its own."""
    model = next((topic for topic in topics if topic.name == other), None)
    if model is None:
        raise SampleTextError(f"{name}: không có chủ đề “{other}”.")
    return replace(model, name=name, openings=[], paragraphs=[], headings=[], quotes=[], table=[])


def parse_topics(text: str, earlier: Iterable[Topic] = ()) -> list[Topic]:
    """The topics of a file; `earlier` are those its variants may refer to."""
    topics: list[Topic] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("# "):
            continue
        if line.startswith("@@ "):
            topics.append(Topic(line[3:].strip()))
        elif line.startswith("như: "):
            topics[-1] = _variant(topics[-1].name, line[5:].strip(), [*earlier, *topics])
        elif not topics:
            raise SampleTextError(f"dòng {number}: chưa có chủ đề nào (@@).")
        else:
            _take(topics[-1], line)
    return topics


def load_words(name: str, folder: Path = FOLDER) -> dict[str, list[str]]:
    """{name: [values]} of a file of lines `name = value | value`."""
    lines = [line for line in (folder / name).read_text("utf-8").splitlines() if line and not line.startswith("#")]
    pairs = (line.split(" = ", 1) for line in lines)
    return {key.strip(): [value.strip() for value in values.split(" | ")] for key, values in pairs}


def _take(topic: Topic, line: str) -> None:
    mark, _, rest = line.partition(" ")
    if mark in _LISTS:
        getattr(topic, _LISTS[mark]).append(rest.strip())
    elif mark == "=":
        if not topic.openings or topic.openings[-1][1]:
            topic.openings.append(([], []))
        topic.openings[-1][0].append(rest.strip())
    elif mark == ">":
        topic.openings[-1][1].append(rest.strip())
    elif not topic.openings and (head := re.match(r"([a-zà-ỹ ]{2,10}): ?(.*)", line)):
        topic.set(head[1], head[2].strip())
    else:
        topic.paragraphs.append(line.strip())


def fill(pattern: str, context: Mapping[str, str], rng: random.Random) -> str:
    """The text of `pattern`; what `context` names stays the same throughout an article, the rest is drawn by `rng`."""
    text, before = pattern, ""
    while text != before:
        before = text
        text = _SLOT.sub(lambda match: _value(match[1], context, rng), text)
    return sentence_case(text)


def _value(slot: str, context: Mapping[str, str], rng: random.Random) -> str:
    if slot in context:
        return context[slot]
    if "|" in slot:
        return rng.choice(slot.split("|"))
    drawn = draw_number(slot, rng)
    if drawn is None:
        raise SampleTextError(f"Không có gì để điền vào chỗ {{{slot}}}.")
    return drawn


def draw_number(slot: str, rng: random.Random) -> str | None:
    """The number a range stands for, written the Vietnamese way; None if `slot` is no range."""
    if match := _RANGE.fullmatch(slot):
        low, high, step = int(match[1]), int(match[2]), int(match[3] or 1)
        return f"{rng.randrange(low, high + 1, step):,}".replace(",", ".")
    if match := _DECIMAL.fullmatch(slot):
        tenths = rng.randint(int(match[1] + match[2]), int(match[3] + match[4]))
        return f"{tenths // 10},{tenths % 10}"
    return None


def sentence_case(text: str) -> str:
    """First letters of the sentences in capitals, since a slot can open a sentence."""
    text = re.sub(r"([.!?…] )([a-zà-ỹđ])", lambda match: match[1] + match[2].upper(), text)
    return text[:1].upper() + text[1:]
