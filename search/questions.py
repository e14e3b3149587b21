"""What is asked of the search, and what it answers, whoever answers: the index or the database."""

import datetime
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Question:
    """What is asked: words, and exact choices. Empty ones do not matter."""

    words: str = ""
    locale: str = "vi"
    page: int = 1
    sort: str = ""
    literally: bool = False
    since: datetime.date | None = None
    until: datetime.date | None = None
    status: str = ""
    chosen: dict[str, Any] = field(default_factory=dict)


@dataclass
class Answer:
    """What was found. `shown` is what was searched for where that is not what was typed."""

    total: int = 0
    hits: list[dict[str, Any]] = field(default_factory=list)
    facets: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    shown: str = ""
    words: list[list[str]] = field(default_factory=list)
    took_ms: int = 0
    from_database: bool = False
