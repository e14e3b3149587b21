"""Content from another system's JSON Lines. A line that cannot be taken is refused with a reason; the rest go in.

The way of a line: `Importer.take` decodes it (importing.jsonl), the taker of its kind understands it (article_line,
document_line), looks up what it names (files, blocks), and saves the page (saving).

A taker is made with (organisation, folder, user) when the first line of its kind comes. Its `take(data, outcome)` gives the page
of the line's object, saved, or raises LineError. `outcome.page` is the page of an earlier import of the same id, held, or None.
"""

import hashlib
import logging
from pathlib import Path
from typing import Any, Protocol

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from wagtail.models import Page

from home.batch import unforeseen
from home.lines import LineError, text_of
from organisations.models import Organisation, User

from . import saving
from .articles import ArticleTaker
from .documents import DocumentTaker
from .jsonl import decoded
from .models import ImportedItem
from .outcome import Outcome

logger = logging.getLogger(__name__)
ID_LENGTH = 200
LOST = "\ufffd"


class Taker(Protocol):
    def __init__(self, organisation: Organisation, folder: Path, user: User | None) -> None: ...

    def take(self, data: dict[str, Any], outcome: Outcome) -> Page: ...


TAKERS: dict[str, type[Taker]] = {"news": ArticleTaker, "document": DocumentTaker}


class Importer:
    """Brings lines into one organisation's site. Files are looked for beside the imported file, nowhere else.

    With a `user` it does only what that person may do by hand, in their name.
    """

    def __init__(self, organisation: Organisation, folder: Path, user: User | None = None) -> None:
        self.organisation, self.folder, self.user = organisation, Path(folder), user
        self.ready: dict[str, Taker] = {}
        self.seen: dict[str, int] = {}

    def taker(self, kind: str) -> Taker:
        if kind not in TAKERS:
            known = ", ".join(f"“{name}”" for name in TAKERS)
            raise LineError(f"loại “{kind[:40]}” hiện chưa nhận, chỉ nhận {known}." if kind else "thiếu “kind”.")
        if kind not in self.ready:
            self.ready[kind] = TAKERS[kind](self.organisation, self.folder, self.user)
        return self.ready[kind]

    def take(self, number: int, line: bytes | None) -> Outcome:
        """The outcome of a line. Either all of it is written or nothing."""
        outcome = Outcome(number)
        try:
            data, encoding, is_doubtful = decoded(line)
            self._check_first(data, number)
        except LineError as error:
            outcome.error = str(error)
            return outcome
        if encoding:
            outcome.notes.append(f"viết bằng bảng mã cũ ({encoding}), đã chuyển sang Unicode.")
        if LOST in str(data):
            outcome.notes.append(f"có ký tự “{LOST}”: chữ ở đó đã mất từ trước khi nhập.")
        if is_doubtful:
            outcome.hold("có chữ giống bảng mã cũ (TCVN3, VNI, VISCII) mà không chắc đọc thế nào")
        return self._taken(data, hashlib.sha256((line or b"").strip()).hexdigest(), outcome)

    def take_data(self, number: int, data: dict[str, Any], digest: str) -> Outcome:
        """The outcome of a line's object; `digest` is the same as long as the line says the same."""
        return self._taken(data, digest, Outcome(number))

    def _check_first(self, data: dict[str, Any], number: int) -> None:
        """Refuse an id that an earlier line of the same file has."""
        first = self.seen.setdefault(external_id(data.get("id")), number)
        if first != number:
            raise LineError(f"“id” trùng với dòng {first}.")

    def _taken(self, data: dict[str, Any], digest: str, outcome: Outcome) -> Outcome:
        try:
            taker = self.taker(text_of(data, "kind"))
            outcome.external_id = external_id(data.get("id"))
            with transaction.atomic():
                self._take(taker, data, digest, outcome)
        except LineError as error:
            outcome.error = str(error)
        except ValidationError as error:
            outcome.error = " ".join(str(message) for message in error.messages)
        except Exception as error:
            if connection.connection is None or connection.connection.closed:
                raise  # the database is gone, which is no fault of the line
            logger.exception("Line %s could not be taken", outcome.number)
            outcome.error = unforeseen(error)
        return outcome

    def _take(self, taker: Taker, data: dict[str, Any], digest: str, outcome: Outcome) -> None:
        key: dict[str, Any] = {"organisation": self.organisation, "external_id": outcome.external_id}
        known = ImportedItem.objects.select_for_update().filter(**key).first()
        outcome.page = saving.locked(known.page) if known else None
        if known and known.digest == digest:
            outcome.result = "unchanged"
            return
        if outcome.page and self.user is None and outcome.leave(saving.in_hand(outcome.page)):
            return
        outcome.result = "changed" if known else "added"
        outcome.page = taker.take(data, outcome)
        if outcome.result != "left":
            ImportedItem.objects.update_or_create(**key, defaults={"page_id": outcome.page.pk, "digest": digest})


def external_id(value: Any) -> str:
    """The id of a line's object as text; raises LineError."""
    text = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
    if not text and value not in (None, ""):
        raise LineError("“id” phải là chữ hoặc số nguyên.")
    if not text:
        raise LineError("thiếu “id”.")
    if len(text) > ID_LENGTH:
        raise LineError(f"“id” dài {len(text)} ký tự, tối đa {ID_LENGTH}.")
    return text
