"""The register's findings as files: CSV, XLSX, JSON. What is longer than a request may take is in the open data."""

import json

from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone

from home import spreadsheets
from home.spreadsheets import Sheet, xlsx_of

from .record import COLUMNS, cells_of, records

MOST_ROWS = 20_000
HEADINGS = [heading for _key, heading in COLUMNS]
WIDTHS = {"title": 80, "number": 24, "issuers": 36, "url": 60}


def export(documents, day, format):
    """The response with `documents` in one of FORMATS, as a download."""
    response = FORMATS[format](records(documents, day), day)
    name = f"van-ban-{timezone.localdate():%Y%m%d}.{format}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def csv_lines(rows):
    """Lines of a CSV file that spreadsheets open as UTF-8."""
    return spreadsheets.csv_lines(HEADINGS, map(cells_of, rows))


def json_lines(rows):
    """One JSON object a line."""
    for record in rows:
        yield json.dumps(record, ensure_ascii=False, default=str) + "\n"


def as_csv(rows, day):
    return StreamingHttpResponse(csv_lines(rows), content_type=spreadsheets.CSV)


def as_json(rows, day):
    data = {"on": day, "results": list(rows)}
    text = json.dumps(data, ensure_ascii=False, default=str)
    return HttpResponse(text, content_type="application/json; charset=utf-8")


def as_workbook(rows, day):
    widths = [WIDTHS.get(key, 18) for key, _heading in COLUMNS]
    content = xlsx_of(Sheet("Văn bản", map(cells_of, rows), HEADINGS, widths))
    return HttpResponse(content, content_type=spreadsheets.XLSX)


FORMATS = {"csv": as_csv, "xlsx": as_workbook, "json": as_json}
