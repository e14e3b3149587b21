"""Spreadsheets that the portal gives out, XLSX and CSV. What people wrote stays text: nothing of it is run, nothing breaks the file."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from organisations.text import printable

from .tables import MOST_ROWS

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
BOM = "\ufeff"
_LIKE_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_DAY, _MOMENT, _FIGURE = "DD/MM/YYYY", "DD/MM/YYYY HH:MM", "#,##0"


@dataclass(frozen=True)
class Sheet:
    """`headings`, which stay in view, over `rows`, which are read once and may be many.

    `widths` of the columns in letters, the last one for all that follow; `above` are lines over the headings.
    `choices` are the columns (by letter) that offer what stands in a range of another sheet.
    """

    name: str
    rows: Iterable[Sequence[Any]]
    headings: Sequence[Any] = ()
    widths: Sequence[float] = (18,)
    above: Sequence[Sequence[Any]] = ()
    choices: Mapping[str, str] = field(default_factory=dict)


def xlsx_of(*sheets: Sheet) -> bytes:
    """The workbook with `sheets`, the first of them open."""
    book = Workbook(write_only=True)
    for sheet in sheets:
        _write(book.create_sheet(printable(sheet.name)), sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def csv_lines(headings: Sequence[Any], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Lines of a CSV file that spreadsheets open as UTF-8."""
    writer = csv.writer(_Line())
    yield BOM + writer.writerow([csv_cell(heading) for heading in headings])
    for row in rows:
        yield writer.writerow([csv_cell(value) for value in row])


def csv_cell(value: Any) -> Any:
    """A day as people write it; a text with an apostrophe where a spreadsheet would run it as a formula."""
    if isinstance(value, datetime):
        return f"{_local(value):%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if value is None or isinstance(value, int | float):
        return value
    text = printable(str(value))
    return f"'{text}" if text.startswith(_LIKE_FORMULA) else text


class _Line:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def _write(page: Worksheet, sheet: Sheet) -> None:
    columns = max(len(sheet.headings), len(sheet.widths))
    for number in range(1, columns + 1):
        width = sheet.widths[min(number, len(sheet.widths)) - 1]
        page.column_dimensions[get_column_letter(number)].width = width
    if sheet.headings:
        page.freeze_panes = f"A{len(sheet.above) + 2}"
    for letter, source in sheet.choices.items():
        allowed = DataValidation("list", formula1=f"={source}", allow_blank=True)
        allowed.showErrorMessage = False
        allowed.add(f"{letter}2:{letter}{MOST_ROWS + 1}")
        page.data_validations.append(allowed)
    for line in sheet.above:
        page.append([_cell(page, value) for value in line])
    if sheet.headings:
        page.append([_heading(page, value) for value in sheet.headings])
    for row in sheet.rows:
        page.append([_cell(page, value) for value in row])


def _heading(page: Worksheet, value: Any) -> WriteOnlyCell:
    cell = _cell(page, str(value))
    cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="DCE6F1")
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _cell(page: Worksheet, value: Any) -> WriteOnlyCell:
    """The value as what it is; whatever is neither a figure nor a day is a text, and a formula never."""
    if value is None or isinstance(value, int | float):
        cell = WriteOnlyCell(page, value=value)
        cell.number_format = _FIGURE if isinstance(value, int) else "General"
        return cell
    if isinstance(value, date):
        cell = WriteOnlyCell(page, value=_local(value) if isinstance(value, datetime) else value)
        cell.number_format = _MOMENT if isinstance(value, datetime) else _DAY
        return cell
    text = printable(str(value))
    cell = WriteOnlyCell(page, value=text)
    cell.data_type = "s"
    # Stays a text, too, once somebody has clicked into the cell and left it again.
    cell.quotePrefix = text.startswith(_LIKE_FORMULA)
    return cell


def _local(moment: datetime) -> datetime:
    """Spreadsheets know no time zones."""
    return timezone.make_naive(moment) if timezone.is_aware(moment) else moment
