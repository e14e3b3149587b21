"""The spreadsheet that editors fill in and upload: its template, and reading one back with every mistake named by its line."""

import io
import re
from dataclasses import dataclass, field
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from documents.kinds import Kind
from documents.models import Field, Relation
from documents.numbers import key_of
from home.lines import LineError
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
    book = Workbook()
    sheet = book.active
    sheet.title = SHEET
    sheet.append(HEADINGS)
    for number in range(1, len(HEADINGS) + 1):
        cell = sheet.cell(1, number)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="DCE6F1")
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        width = COLUMNS[number - 1][2] if number <= len(COLUMNS) else 24
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "A2"
    lists = book.create_sheet("Danh mục")
    for column, values in ((1, [str(kind.label) for kind in Kind]), (2, Field.objects.values_list("name", flat=True))):
        for row, value in enumerate(values, start=1):
            lists.cell(row, column, value)
    for column, letter in (("B", "A"), ("H", "B")):
        allowed = DataValidation("list", formula1=f"='Danh mục'!${letter}$1:${letter}$60", allow_blank=True)
        allowed.showErrorMessage = False
        sheet.add_data_validation(allowed)
        allowed.add(f"{column}2:{column}{MOST_ROWS + 1}")
    guide = book.create_sheet("Hướng dẫn")
    for line in (
        "Mỗi dòng là một văn bản. Cột có dấu * phải điền. Không gộp ô, không dùng công thức.",
        "Ngày viết 31/12/2018. Nhiều cơ quan hoặc nhiều số văn bản trong một ô cách nhau bằng dấu chấm phẩy.",
        f"Tối đa {MOST_ROWS} dòng một tệp. Tải lại tệp đã sửa thì chỉ những dòng thay đổi được cập nhật.",
    ):
        guide.append([line])
    guide.column_dimensions["A"].width = 110
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


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
