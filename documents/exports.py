"""The register's findings as files: CSV, XLSX, JSON. What is longer than a request may take is in the open data."""

import csv
import io
import json

from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from .record import COLUMNS, cells_of, records

MOST_ROWS = 20_000
BOM = "\ufeff"
WIDTHS = {"title": 80, "number": 24, "issuers": 36, "url": 60}


def export(documents, day, format):
    """The response with `documents` in one of FORMATS, as a download."""
    response = FORMATS[format](records(documents, day), day)
    name = f"van-ban-{timezone.localdate():%Y%m%d}.{format}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


class _Line:
    """A file that gives back what is written to it."""

    def write(self, text):
        return text


def csv_lines(rows):
    """Lines of a CSV file that spreadsheets open as UTF-8."""
    writer = csv.writer(_Line())
    yield BOM + writer.writerow([heading for _key, heading in COLUMNS])
    for record in rows:
        yield writer.writerow([f"{cell:%d/%m/%Y}" if hasattr(cell, "year") else cell for cell in cells_of(record)])


def json_lines(rows):
    """One JSON object a line."""
    for record in rows:
        yield json.dumps(record, ensure_ascii=False, default=str) + "\n"


def as_csv(rows, day):
    return StreamingHttpResponse(csv_lines(rows), content_type="text/csv; charset=utf-8")


def as_json(rows, day):
    data = {"on": day, "results": list(rows)}
    text = json.dumps(data, ensure_ascii=False, default=str)
    return HttpResponse(text, content_type="application/json; charset=utf-8")


def as_workbook(rows, day):
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Văn bản")
    sheet.freeze_panes = "A2"
    for number, (key, _heading) in enumerate(COLUMNS, start=1):
        sheet.column_dimensions[chr(64 + number)].width = WIDTHS.get(key, 18)
    sheet.append([_bold(sheet, heading) for _key, heading in COLUMNS])
    for record in rows:
        sheet.append([_dated(sheet, cell) for cell in cells_of(record)])
    out = io.BytesIO()
    book.save(out)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return HttpResponse(out.getvalue(), content_type=kind)


def _bold(sheet, text):
    cell = WriteOnlyCell(sheet, value=text)
    cell.font = Font(bold=True)
    return cell


def _dated(sheet, value):
    cell = WriteOnlyCell(sheet, value=value)
    if hasattr(value, "year"):
        cell.number_format = "DD/MM/YYYY"
    elif isinstance(value, str):
        cell.data_type = "s"
    return cell


FORMATS = {"csv": as_csv, "xlsx": as_workbook, "json": as_json}
