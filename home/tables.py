"""Spreadsheets that people upload: read whole, with every mistake named by its line, and nothing unpacked that would hurt."""

import csv
import io
import re
import zipfile
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openpyxl import load_workbook

from .lines import LineError

MOST_ROWS = 5_000
MOST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED = 80 * 1024 * 1024
MOST_ERRORS = 200
MOST_COLUMNS = 60
# Letters that only the 8-bit encodings before Unicode have where Vietnamese words are.
_OLD_ENCODING = re.compile(r"[®¸µ¶¹¨¾»¼½©ª¬«§][A-Za-zÀ-ỹ]|[A-Za-zÀ-ỹ][®¸µ¶¹¨¾»¼½©ª¬«]")


@dataclass
class TextCell:
    """A cell of a CSV file, as openpyxl would give it."""

    value: str

    @property
    def data_type(self):
        return "f" if self.value.startswith("=") else "s"


def lines_of(file, headings, sheet_name="", with_csv=False):
    """Yields (number of the line, {heading: cell}) of the rows that are not empty; ValidationError where the file cannot be read.

    The first row names the columns, in any order; headings that end in * must be there.
    """
    if file.size > MOST_BYTES:
        raise ValidationError(_("Tệp lớn hơn %(limit)s MB. Hãy chia thành nhiều tệp.") % {"limit": MOST_BYTES >> 20})
    is_csv = with_csv and file.name.lower().endswith(".csv")
    rows = _csv_rows(file) if is_csv else _sheet_rows(file, sheet_name)
    places = _places([cell.value for cell in next(rows, [])], headings)
    for number, cells in enumerate(rows, start=2):
        values = {heading: cells[place] for heading, place in places.items() if place < len(cells)}
        if all(cell.value in (None, "") for cell in values.values()):
            continue
        if number > MOST_ROWS + 1:
            raise ValidationError(_("Bảng dài hơn %(most)s dòng. Hãy chia thành nhiều tệp.") % {"most": MOST_ROWS})
        yield number, values


def _csv_rows(file):
    try:
        text = file.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = _("Tệp CSV không mã hóa UTF-8 (có thể là TCVN3, VNI). Hãy lưu lại dạng CSV UTF-8 hoặc XLSX.")
        raise ValidationError(message) from error
    start = text[:2000].split("\n", 1)[0]
    try:
        for row in csv.reader(io.StringIO(text), delimiter=";" if start.count(";") > start.count(",") else ","):
            yield [TextCell(value.strip()) for value in row[:MOST_COLUMNS]]
    except csv.Error as error:
        raise ValidationError(_("Không đọc được tệp này như một bảng CSV.")) from error


def _sheet_rows(file, sheet_name):
    _check_package(file)
    try:
        book = load_workbook(file, read_only=True, data_only=False)
        sheet = book[sheet_name] if sheet_name in book.sheetnames else book.worksheets[0]
        yield from sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS)
    except Exception as error:  # what a damaged workbook raises is anything
        raise ValidationError(_("Không đọc được tệp này như một bảng tính XLSX.")) from error


def _check_package(file):
    """What must be known before the workbook is unpacked."""
    try:
        with zipfile.ZipFile(file) as package:
            if sum(part.file_size for part in package.infolist()) > MOST_UNPACKED:
                raise ValidationError(_("Tệp giải nén ra quá lớn."))
            for part in package.infolist():
                if part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml"):
                    _check_sheet(package.read(part))
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError) as error:
        message = _("Tệp này không phải là bảng tính XLSX. Nếu là XLS hay CSV, hãy mở ra và lưu lại dạng XLSX.")
        raise ValidationError(message) from error
    file.seek(0)


def _check_sheet(xml):
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise ValidationError(_("Không đọc được tệp này như một bảng tính XLSX."))
    merged = re.findall(rb'<mergeCell [^>]*ref="([A-Z0-9:]{2,20})"', xml)
    if merged:
        cells = ", ".join(name.decode() for name in merged[:5])
        raise ValidationError(_("Bảng có ô gộp (%(cells)s). Hãy bỏ gộp ô rồi tải lại.") % {"cells": cells})


def _places(found_headings, headings):
    """{heading: column} by what the first row says; columns may be in any order."""
    found = {" ".join(str(value).split()): place for place, value in enumerate(found_headings) if value}
    missing = [heading for heading in headings if heading.endswith("*") and heading not in found]
    if missing:
        message = _("Thiếu cột %(columns)s. Hãy dùng tệp mẫu, giữ nguyên dòng tiêu đề.")
        raise ValidationError(message % {"columns": ", ".join(f"“{name}”" for name in missing)})
    return {heading: found[heading] for heading in headings if heading in found}


def check_cells(values):
    """Raises LineError for a cell that says nothing of its own: a formula, a mistake, or letters of an old encoding."""
    for heading, cell in values.items():
        if cell.data_type == "f":
            raise LineError(_("ô “%(name)s” là công thức, cần giá trị.") % {"name": heading})
        if cell.data_type == "e":
            raise LineError(_("ô “%(name)s” báo lỗi %(value)s.") % {"name": heading, "value": cell.value})
        if isinstance(cell.value, str) and _OLD_ENCODING.search(cell.value):
            raise LineError(
                _("ô “%(name)s” gõ bằng bảng mã cũ (TCVN3, VNI). Hãy chuyển sang Unicode.") % {"name": heading}
            )


def text_of(value):
    """The value of a cell in one line; a day as people write it."""
    if isinstance(value, datetime | date):
        return f"{value:%d/%m/%Y}"
    return " ".join(str(value).split()) if value is not None else ""
