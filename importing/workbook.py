"""The spreadsheet that editors fill in and upload: its template, and reading one back with every mistake named by its line."""

import logging
import re
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import zip_longest
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext as _

from documents.kinds import Kind
from documents.models import Field, Relation
from documents.numbers import key_of
from home.batch import unforeseen
from home.lines import LineError
from home.spreadsheets import Sheet, xlsx_of
from home.tables import MOST_ROWS, Cell, check_cells, lines_of, text_of

from .document_line import DocumentLine, document_line

SHEET = "Văn bản"
# (heading, key of the import format, width). Those of RELATIONS hold numbers, several apart by semicolons.
COLUMNS = [
    ("Số, ký hiệu", "number", 22),
    ("Loại văn bản", "document_type", 18),
    ("Trích yếu *", "title", 70),
    ("Cơ quan ban hành *", "issuer", 34),
    ("Ngày ban hành *", "issued", 16),
    ("Ngày có hiệu lực", "effective", 16),
    ("Ngày hết hiệu lực", "expires", 16),
    ("Lĩnh vực", "category", 26),
    ("Người ký", "signer", 24),
]
RELATIONS = [
    ("Thay thế", Relation.Verb.REPLACES),
    ("Sửa đổi", Relation.Verb.AMENDS),
    ("Bổ sung", Relation.Verb.SUPPLEMENTS),
    ("Bãi bỏ", Relation.Verb.REPEALS),
    ("Hướng dẫn", Relation.Verb.GUIDES),
    ("Căn cứ", Relation.Verb.BASED_ON),
]
HEADINGS = [heading for heading, *_rest in COLUMNS] + [heading for heading, _kind in RELATIONS]
GUIDE = (
    "Mỗi dòng là một văn bản. Cột có dấu * phải điền. Không gộp ô, không dùng công thức.",
    "Ngày viết 31/12/2018. Nhiều cơ quan hoặc nhiều số văn bản trong một ô cách nhau bằng dấu chấm phẩy.",
    f"Tối đa {MOST_ROWS} dòng một tệp. Tải lại tệp đã sửa thì chỉ những dòng thay đổi được cập nhật.",
)
DAYS = {"issued", "effective", "expires"}
_DAY = re.compile(r"^([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})$")
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
logger = logging.getLogger(__name__)


@dataclass
class Checked:
    """What a workbook holds: lines that can be taken, and for each that cannot the reason."""

    lines: list[list[Any]] = field(default_factory=list)
    errors: list[list[Any]] = field(default_factory=list)
    notes: list[list[Any]] = field(default_factory=list)


def template() -> bytes:
    """The workbook to fill in, as bytes."""
    widths = [width for _heading, _key, width in COLUMNS] + [24]
    choices = {"B": "'Danh mục'!$A$1:$A$60", "H": "'Danh mục'!$B$1:$B$60"}
    kinds, fields = [str(kind.label) for kind in Kind], Field.objects.values_list("name", flat=True)
    return xlsx_of(
        Sheet(SHEET, [], HEADINGS, widths, choices=choices),
        Sheet("Danh mục", zip_longest(kinds, fields)),
        Sheet("Hướng dẫn", [[line] for line in GUIDE], widths=[110]),
    )


def check(file: "File[bytes]") -> Checked:
    """The Checked content of an uploaded file; ValidationError where it cannot be read at all."""
    checked = Checked()
    seen: dict[tuple[object, ...], int] = {}
    for number, values in lines_of(file, HEADINGS, SHEET):
        try:
            data = _data(values)
            line = document_line(data)
            _check_double(line, number, seen)
        except LineError as error:
            checked.errors.append([number, str(error)])
            continue
        except Exception as error:
            logger.exception("Row %s could not be read", number)
            checked.errors.append([number, unforeseen(error)])
            continue
        checked.notes += [[number, note] for note in (*line.notes, *([f"{line.missing}."] if line.missing else []))]
        checked.lines.append([number, data])
    if not checked.lines and not checked.errors:
        raise ValidationError(_("Bảng không có dòng văn bản nào."))
    return checked


def _data(values: dict[str, Cell]) -> dict[str, Any]:
    """A row as an object of the import format (docs/import.md), without "published": what is uploaded is a draft."""
    check_cells(values)
    data: dict[str, Any] = {"kind": "document"}
    for heading, key, _width in COLUMNS:
        value = values[heading].value if heading in values else None
        data[key] = _day(value, heading) if key in DAYS else text_of(value)
    relations = [
        {"kind": kind.value, "number": number.strip()}
        for heading, kind in RELATIONS
        if heading in values
        for number in text_of(values[heading].value).split(";")
        if number.strip()
    ]
    return data | {"relations": relations}


def _day(value: Any, heading: str) -> str:
    """An ISO day of what a person or the spreadsheet wrote; empty for nothing."""
    if isinstance(value, datetime | date):
        return f"{value:%Y-%m-%d}"
    text = text_of(value)
    if not text or _ISO.fullmatch(text):
        return text
    match = _DAY.match(text)
    if match is None:
        message = _("“%(name)s”: “%(value)s” không phải ngày dạng 31/12/2018.")
        raise LineError(message % {"name": heading, "value": text[:40]})
    try:
        return date(int(match[3]), int(match[2]), int(match[1])).isoformat()
    except ValueError as error:
        message = _("“%(name)s”: không có ngày %(value)s.")
        raise LineError(message % {"name": heading, "value": text[:40]}) from error


def _check_double(line: DocumentLine, number: int, seen: dict[tuple[object, ...], int]) -> None:
    key = (key_of(line.number), line.kind, tuple(line.issuers), line.issued)
    if key[0] and key in seen:
        raise LineError(_("trùng số, cơ quan và ngày với dòng %(number)s.") % {"number": seen[key]})
    seen[key] = number
