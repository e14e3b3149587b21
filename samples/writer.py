"""From topics to articles: title, lead and body of one article. Pure: the same generator state gives the same article."""

import datetime
import html
import random
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeAlias

from home.html_tables import table_value

from .grammar import Topic, fill, load_topics, load_words
from .places import Gazetteer, date_words, organisation_words, place_words

# Of a hundred articles; what remains are short news (tin).
GENRES = {"bai": 13, "anh": 4, "video": 2, "tra-loi": 3}
ORDINARY = "tin"
# A block of a body as the page stores it.
Block: TypeAlias = dict[str, Any]
# What a block is, and what it says or shows; pictures by their kinds.
Part: TypeAlias = tuple[str, Any]
PREFIXES = {"anh": "Chùm ảnh: ", "video": "Video: "}


@dataclass
class Draft:
    """An article before it has a place: pictures are still kinds, the section still a list of wishes."""

    title: str
    lead: str
    genre: str
    category: str
    sections: list[str]
    picture: str
    event: datetime.date
    body: list[Block] = field(default_factory=list)


class Writer:
    """Writes for the organisations of one gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self.words = load_words("words.txt")
        self.closings = load_words("closings.txt")
        self.topics = load_topics()
        self._writers = {topic.name: gazetteer.writers_of(topic) for topic in self.topics}
        self._desks: dict[tuple[str, int, str], tuple[list[Topic], list[int]]] = {}

    def write(self, code: str, published: datetime.date, taken: set[str], rng: random.Random) -> Draft:
        """An article of the organisation `code` of the day `published` whose title is not in `taken`."""
        genre = self._genre(rng)
        for _attempt in range(40):
            topic = self._topic(code, published.month, genre, rng)
            context, at_home, event = self._context(topic, code, published, rng)
            headline, summary = topic.opening(rng)
            title = PREFIXES.get(genre, "") + fill(headline, context, rng)
            if title not in taken and len(title) <= 255:
                break
        else:
            title = f"{title} ({context['ngay_du']})"
        taken.add(title)
        draft = Draft(
            title, fill(summary, context, rng), genre, topic.category, topic.sections, rng.choice(topic.pictures), event
        )
        draft.body = [_block(kind, value, rng) for kind, value in self._blocks(topic, genre, at_home, rng)]
        return draft

    def _genre(self, rng: random.Random) -> str:
        drawn = rng.uniform(0, 100)
        for genre, share in GENRES.items():
            if drawn < share:
                return genre
            drawn -= share
        return ORDINARY

    def _topic(self, code: str, month: int, genre: str, rng: random.Random) -> Topic:
        key = (code, month, genre)
        if key not in self._desks:
            self._desks[key] = self._suitable(code, month, genre)
        topics, weights = self._desks[key]
        return rng.choices(topics, weights)[0]

    def _suitable(self, code: str, month: int, genre: str) -> tuple[list[Topic], list[int]]:
        """The topics `code` writes about in that month, and how often; the province reports on all."""
        everything = self.gazetteer.bodies[code].kind == "province"
        of_month = [topic for topic in self.topics if month in topic.months]
        ours = [
            topic
            for topic in of_month
            if code in self._writers[topic.name] or (everything and self._writers[topic.name])
        ]
        ours = [topic for topic in ours if topic.reply == (genre == "tra-loi")]
        if genre in PREFIXES:
            ours = [topic for topic in ours if topic.is_a_sight and len(topic.pictures) > 1] or ours
        if genre == "bai":
            ours = [topic for topic in ours if len(topic.paragraphs) >= 4] or ours
        # What an organisation alone writes about is what its readers come for.
        return ours, [topic.weight * (3 if code in topic.places else 1) for topic in ours]

    def _context(
        self, topic: Topic, code: str, published: datetime.date, rng: random.Random
    ) -> tuple[dict[str, str], dict[str, str], datetime.date]:
        """(words of title and lead, words of the body, day of the event)."""
        body = self.gazetteer.bodies[code]
        if code not in self._writers[topic.name]:
            body = self.gazetteer.bodies[rng.choice(sorted(self._writers[topic.name]))]
        away, here = place_words(self.gazetteer, topic, body, rng)
        if body.code != code and body.kind == "district":
            away = away | {"xa": f"{away['xa']} ({away['ten']})"}
        dates, event = date_words(published, rng)
        common = organisation_words(self.gazetteer, body) | dates
        common |= {name: rng.choice(values) for name, values in self.words.items()}
        common |= {name: fill(f"{{{range_}}}", {}, rng) for name, range_ in topic.numbers.items()}
        return common | away, common | here, event

    def _blocks(self, topic: Topic, genre: str, context: Mapping[str, str], rng: random.Random) -> list[Part]:
        """(kind, value) of the blocks, in order; pictures by kind."""
        say = partial(fill, context=context, rng=rng)
        paragraphs = self._paragraphs(topic, genre, say, rng)
        blocks: list[Part] = [("paragraph", text) for text in paragraphs]
        if genre == "bai":
            self._headings(blocks, topic, say, rng)
        if topic.quotes and rng.random() < (0.8 if genre == "bai" else 0.25):
            text, _, speaker = say(rng.choice(topic.quotes)).partition(" | ")
            blocks.insert(min(2, len(blocks)), ("quote", {"text": text, "speaker": speaker[:1].upper() + speaker[1:]}))
        if topic.table and rng.random() < (0.7 if genre == "bai" else 0.2):
            blocks.append(("table", [[cell.strip() for cell in say(row).split(" | ")] for row in topic.table]))
        return self._pictures(blocks, topic, genre, rng)

    def _paragraphs(self, topic: Topic, genre: str, say: Callable[[str], str], rng: random.Random) -> list[str]:
        wanted = {"bai": rng.randint(5, 7), "anh": 3, "video": 3}.get(genre, rng.randint(3, 4))
        kept = sorted(rng.sample(range(len(topic.paragraphs)), min(wanted, len(topic.paragraphs))))
        closings = self.closings["đời sống" if topic.is_a_sight else "trả lời" if topic.reply else "công sở"]
        more = rng.sample(closings, min(2, max(0, wanted - len(kept))))
        return [say(pattern) for pattern in [*(topic.paragraphs[number] for number in kept), *more]]

    def _headings(self, blocks: list[Part], topic: Topic, say: Callable[[str], str], rng: random.Random) -> None:
        headings = topic.headings or ["Kết quả bước đầu", "Cách làm ở cơ sở", "Từ thực tế địa phương"]
        blocks.insert(2, ("heading", say(rng.choice(headings))))
        if len(blocks) > 6:
            blocks.insert(
                5, ("heading", rng.choice(["Việc cần làm tiếp", "Những khó khăn còn lại", "Nhìn về phía trước"]))
            )

    def _pictures(self, blocks: list[Part], topic: Topic, genre: str, rng: random.Random) -> list[Part]:
        if genre == "anh":
            return [blocks[0], ("gallery", topic.pictures), *blocks[1:]]
        if genre == "video":
            return [("video", rng.choice(topic.pictures)), *blocks]
        if rng.random() < (0.7 if genre == "bai" else 0.15):
            blocks.insert(1, ("image", rng.choice(topic.pictures)))
        return blocks


def _block(kind: str, value: Any, rng: random.Random) -> Block:
    """The block as StreamField stores it, but for pictures."""
    if kind == "paragraph":
        value = f"<p>{html.escape(value, quote=False)}</p>"
    if kind == "table":
        value = {"caption": value[0][0], "table": table_value(value[1:])}
    return {"type": kind, "value": value, "id": str(uuid.UUID(int=rng.getrandbits(128), version=4))}
