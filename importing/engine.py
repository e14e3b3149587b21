"""Content from another system's JSON Lines. A line that cannot be taken is refused with a reason; the rest go in.

Each kind of content has its taker, a class made with (organisation, folder, user) when the first line of its kind comes. Its
`take(data, outcome)` makes a page of the line's object, or raises LineError, and gives the page, saved. `outcome.page` is the page
that an earlier import of the same id made, or None.
"""

import gzip
import hashlib
import json
import zlib
from dataclasses import dataclass, field
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.models import Page

from home.lines import LineError, text_of
from organisations.text import composed

from .articles import ArticleTaker
from .documents import DocumentTaker
from .models import ImportedItem

ID_LENGTH = 200
TAKERS = {"news": ArticleTaker, "document": DocumentTaker}


@dataclass
class Outcome:
    """What became of a line: added, changed, unchanged; or an error. Notes say what was left out of it."""

    number: int
    result: str = ""
    error: str = ""
    notes: list = field(default_factory=list)
    external_id: str = ""
    page: Page | None = None


def read_lines(path):
    """(number, bytes) of the lines of a file, gzipped or not; None instead of bytes where a gzipped file breaks off."""
    with path.open("rb") as file:
        zipped = file.read(2) == b"\x1f\x8b"
    number = 0
    with gzip.open(path, "rb") if zipped else path.open("rb") as file:
        try:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield number, line
        except (EOFError, gzip.BadGzipFile, zlib.error):
            yield number + 1, None


class Importer:
    """Brings items into one organisation's site. Files are looked for beside the imported file, nowhere else.

    With a `user` it does only what that person may do by hand, in their name.
    """

    def __init__(self, organisation, folder, user=None):
        self.organisation, self.folder, self.user = organisation, Path(folder), user
        self.ready = {}

    def taker(self, kind):
        if kind not in TAKERS:
            known = ", ".join(f"“{name}”" for name in TAKERS)
            raise LineError(f"loại “{kind}” hiện chưa nhận, chỉ nhận {known}." if kind else "thiếu “kind”.")
        if kind not in self.ready:
            self.ready[kind] = TAKERS[kind](self.organisation, self.folder, self.user)
        return self.ready[kind]

    def take(self, number, line):
        """The outcome of a line. Either all of it is written or nothing."""
        try:
            data = decoded(line)
        except LineError as error:
            return Outcome(number, error=str(error))
        return self.take_data(number, data, hashlib.sha256(line.strip()).hexdigest())

    def take_data(self, number, data, digest):
        """The outcome of a line's object; `digest` is the same as long as the line says the same."""
        outcome = Outcome(number)
        try:
            taker = self.taker(text_of(data, "kind"))
            outcome.external_id = external_id(data.get("id"))
            with transaction.atomic():
                self._take(taker, data, digest, outcome)
        except LineError as error:
            outcome.error = str(error)
        except ValidationError as error:
            outcome.error = " ".join(str(message) for message in error.messages)
        return outcome

    def _take(self, taker, data, digest, outcome):
        key = {"organisation": self.organisation, "external_id": outcome.external_id}
        known = ImportedItem.objects.filter(**key).select_related("page").first()
        outcome.page = known.page.specific if known else None
        if known and known.digest == digest:
            outcome.result = "unchanged"
            return
        outcome.result = "changed" if known else "added"
        outcome.page = taker.take(data, outcome)
        ImportedItem.objects.update_or_create(**key, defaults={"page_id": outcome.page.pk, "digest": digest})


def decoded(line):
    """The object of a line; raises LineError."""
    if line is None:
        raise LineError("tệp nén bị hỏng hoặc bị cắt, không đọc tiếp được.")
    try:
        text = line.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise LineError(f"không phải UTF-8 (byte thứ {error.start + 1}).") from error
    try:
        data = json.loads(text)
        json.dumps(data, ensure_ascii=False).encode("utf-8")
    except json.JSONDecodeError as error:
        raise LineError(f"không phải JSON hoặc bị cắt dở (ký tự thứ {error.pos + 1}).") from error
    except UnicodeEncodeError as error:
        raise LineError("có ký tự Unicode không hợp lệ.") from error
    except (RecursionError, ValueError) as error:
        raise LineError("JSON có giá trị quá lớn hoặc lồng quá sâu.") from error
    if not isinstance(data, dict):
        raise LineError("không phải là một đối tượng JSON.")
    return _composed(data)


def _composed(value):
    if isinstance(value, str):
        return composed(value)
    if isinstance(value, list):
        return [_composed(part) for part in value]
    if isinstance(value, dict):
        return {key: _composed(part) for key, part in value.items()}
    return value


def external_id(value):
    text = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
    if not text:
        raise LineError("thiếu “id”.")
    if len(text) > ID_LENGTH:
        raise LineError(f"“id” dài {len(text)} ký tự, tối đa {ID_LENGTH}.")
    return text
