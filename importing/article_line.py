"""What a line says of an article (docs/import.md), understood or refused."""

import datetime
from dataclasses import dataclass
from typing import Any

from home.html import Body
from home.lines import LineError, moment, text_of, texts
from home.slugs import vietnamese_slug

from .blocks import body_in

MOST_TITLE = 1000
TEXT_FIELDS = ("title", "body", "published", "lead", "category", "source", "image")


@dataclass(frozen=True)
class ArticleLine:
    """A line that was understood; files still by their names."""

    title: str
    lead: str
    body: Body
    published: datetime.datetime | None
    category: str
    authors: list[str]
    source: str
    image: str
    attachments: list[str]


def article_line(data: dict[str, Any]) -> ArticleLine:
    """The line behind an object of the format; raises LineError."""
    fields = {key: text_of(data, key) for key in TEXT_FIELDS}
    return ArticleLine(
        title=_title(fields["title"]),
        lead=" ".join(fields["lead"].split()),
        body=body_in(fields["body"]),
        published=moment(fields["published"]),
        category=fields["category"],
        authors=texts(data.get("author"), "author"),
        source=fields["source"],
        image=fields["image"],
        attachments=texts(data.get("attachments"), "attachments"),
    )


def _title(value: str) -> str:
    title = " ".join(value.split())
    if not title:
        raise LineError("thiếu “title”.")
    if len(title) > MOST_TITLE:
        raise LineError(f"tít dài {len(title)} ký tự, tối đa {MOST_TITLE}.")
    if not vietnamese_slug(title):
        raise LineError("tít phải có chữ hoặc số, không thể chỉ gồm biểu tượng.")
    return title
