"""The spreadsheet that editors fill in and upload: its template, and reading one back with every mistake named by its line."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import zip_longest

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from documents.kinds import Kind
from documents.models import Field, Relation
from documents.numbers import key_of
from home.lines import LineError
from home.spreadsheets import Sheet, xlsx_of
from home.tables import MOST_ROWS, check_cells, lines_of, text_of

from .documents import item_of

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
_DAY = re.compile(r"^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$")


@dataclass
class Checked:
    """What a workbook holds: lines that can be taken, and for each that cannot the reason."""

    lines: list = field(default_factory=list)
    errors: list = field(default_factory=list)
    notes: list = field(default_factory=list)


def template():
    """The workbook to fill in, as bytes."""
    widths = [width for _heading, _key, width in COLUMNS] + [24]
    choices = {"B": "'Danh mục'!$A$1:$A$60", "H": "'Danh mục'!$B$1:$B$60"}
    kinds, fields = [str(kind.label) for kind in Kind], Field.objects.values_list("name", flat=True)
    return xlsx_of(
        Sheet(SHEET, [], HEADINGS, widths, choices=choices),
        Sheet("Danh mục", zip_longest(kinds, fields)),
        Sheet("Hướng dẫn", [[line] for line in GUIDE], widths=[110]),
    )


def check(file):
    """The Checked content of an uploaded file; ValidationError where it cannot be read at all."""
    checked, seen = Checked(), {}
    for number, values in lines_of(file, HEADINGS, SHEET):
        try:
            data = _data(values)
            item = item_of(data)
            _check_double(item, number, seen)
        except LineError as error:
            checked.errors.append([number, str(error)])
            continue
        checked.notes += [[number, note] for note in item.notes]
        checked.lines.append([number, data])
    if not checked.lines and not checked.errors:
        raise ValidationError(_("Bảng không có dòng văn bản nào."))
    return checked


def _data(values):
    """A row as an object of the import format (docs/import.md), without "published": what is uploaded is a draft."""
    check_cells(values)
    data = {"kind": "document"}
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


def _day(value, heading):
    """An ISO day of what a person or the spreadsheet wrote."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    match = _DAY.match(text_of(value))
    try:
        return date(int(match[3]), int(match[2]), int(match[1])).isoformat() if match else _iso(text_of(value), heading)
    except ValueError as error:
        raise LineError(
            _("“%(name)s”: không có ngày %(value)s.") % {"name": heading, "value": text_of(value)[:40]}
        ) from error


def _iso(text, heading):
    if text and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        raise LineError(
            _("“%(name)s”: “%(value)s” không phải ngày dạng 31/12/2018.") % {"name": heading, "value": text[:40]}
        )
    return text


def _check_double(item, number, seen):
    key = (key_of(item.number), item.kind, tuple(item.issuers), item.issued)
    if key[0] and key in seen:
        raise LineError(_("trùng số, cơ quan và ngày với dòng %(number)s.") % {"number": seen[key]})
    seen[key] = number
