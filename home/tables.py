"""Spreadsheets that people upload, read line by line: every mistake named by its line, and nothing unpacked that would hurt."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext as _
from openpyxl import load_workbook

from organisations.legacy_text import readable
from organisations.text import composed

from .lines import LineError
from .packages import workbook_in

MOST_ROWS = 5_000
MOST_BYTES = 5 * 1024 * 1024
MOST_ERRORS = 200
MOST_COLUMNS = 60
# What XML cannot hold, Excel writes as the code of the sign between underscores; an underscore before such a code likewise.
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True)
class Cell:
    """A cell: texts composed, other values as the spreadsheet has them. `data_type` is openpyxl's, "f" of a formula."""

    value: Any
    data_type: str = "s"
    encoding: str = ""


def cell_of(value: Any, data_type: str = "s") -> Cell:
    """The Cell of what a spreadsheet holds. `encoding` names the one of old that a text was typed in."""
    if not isinstance(value, str):
        return Cell(value, data_type)
    text = unescaped(value)
    return Cell(composed(text), data_type, readable(text).encoding)


def unescaped(value: Any) -> Any:
    """A cell's value, a text without the escapes of Excel."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), value) if isinstance(value, str) else value


def lines_of(
    file: "File[bytes]", headings: list[str], sheet_name: str = "", with_csv: bool = False
) -> Iterator[tuple[int, dict[str, Cell]]]:
    """Yields (number of the line, {heading: cell}) of the rows that are not empty; ValidationError where the file cannot be read.

    The first row names the columns, in any order; headings that end in * must be there.
    """
    if file.size > MOST_BYTES:
        raise ValidationError(_("Tệp lớn hơn %(limit)s MB. Hãy chia thành nhiều tệp.") % {"limit": MOST_BYTES >> 20})
    is_csv = with_csv and (file.name or "").lower().endswith(".csv")
    rows = _csv_rows(file) if is_csv else _sheet_rows(file, sheet_name)
    places = _places([cell.value for cell in next(rows, [])], headings)
    for number, cells in enumerate(rows, start=2):
        values = {heading: cells[place] for heading, place in places.items() if place < len(cells)}
        if all(cell.value in (None, "") for cell in values.values()):
            continue
        if number > MOST_ROWS + 1:
            raise ValidationError(_("Bảng dài hơn %(most)s dòng. Hãy chia thành nhiều tệp.") % {"most": MOST_ROWS})
        yield number, values


def _csv_rows(file: "File[bytes]") -> Iterator[list[Cell]]:
    try:
        text = file.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = _("Tệp CSV không mã hóa UTF-8 (có thể là TCVN3, VNI). Hãy lưu lại dạng CSV UTF-8 hoặc XLSX.")
        raise ValidationError(message) from error
    start = text[:2000].split("\n", 1)[0]
    try:
        for row in csv.reader(io.StringIO(text), delimiter=";" if start.count(";") > start.count(",") else ","):
            texts = [value.strip() for value in row[:MOST_COLUMNS]]
            yield [cell_of(value, "f" if value.startswith("=") else "s") for value in texts]
    except csv.Error as error:
        raise ValidationError(_("Không đọc được tệp này như một bảng CSV.")) from error


def _sheet_rows(file: IO[bytes], sheet_name: str) -> Iterator[list[Cell]]:
    package = workbook_in(file)
    try:
        book = load_workbook(package, read_only=True, data_only=False)
        names = {_same(name): name for name in book.sheetnames}
        sheet = book[names[_same(sheet_name)]] if _same(sheet_name) in names else book.worksheets[0]
        for row in sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS):
            yield [cell_of(cell.value, cell.data_type) for cell in row]
    except Exception as error:  # what a damaged workbook raises is anything
        raise ValidationError(_("Không đọc được tệp này như một bảng tính XLSX.")) from error


def _same(heading: object) -> str:
    """The same for every way to write a heading: letters taken apart, capitals, spaces, the star of those that must be."""
    return "".join(composed(str(heading)).casefold().split()).rstrip("*")


def _places(found_headings: list[Any], headings: list[str]) -> dict[str, int]:
    """{heading: column} by what the first row says; columns may be in any order."""
    found: dict[str, int] = {}
    ours = {_same(heading): heading for heading in headings}
    for place, value in enumerate(found_headings):
        name = _same(value) if value else ""
        if name in ours and name in found:
            raise ValidationError(_("Có hai cột “%(name)s”. Hãy bỏ một cột.") % {"name": ours[name]})
        found[name] = place
    missing = [heading for heading in headings if heading.endswith("*") and _same(heading) not in found]
    if missing:
        message = _("Thiếu cột %(columns)s. Hãy dùng tệp mẫu, giữ nguyên dòng tiêu đề.")
        raise ValidationError(message % {"columns": ", ".join(f"“{name}”" for name in missing)})
    return {heading: found[_same(heading)] for heading in headings if _same(heading) in found}


def check_cells(values: dict[str, Cell]) -> None:
    """Raises LineError for a cell that says nothing of its own: a formula, a mistake, or letters of an old encoding."""
    for heading, cell in values.items():
        if cell.data_type == "f":
            raise LineError(_("ô “%(name)s” là công thức, cần giá trị.") % {"name": heading})
        if cell.data_type == "e":
            raise LineError(_("ô “%(name)s” báo lỗi %(value)s.") % {"name": heading, "value": cell.value})
        if cell.encoding:
            message = _("ô “%(name)s” gõ bằng bảng mã cũ (%(encoding)s). Hãy chuyển sang Unicode.")
            raise LineError(message % {"name": heading, "encoding": cell.encoding})


def text_of(value: Any) -> str:
    """The value of a cell in one line; a day as people write it."""
    if isinstance(value, datetime | date):
        return f"{value:%d/%m/%Y}"
    return " ".join(str(value).split()) if value is not None else ""
