"""The annex of the yearly report, from what is published."""

import csv
import io
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from openpyxl import Workbook

from news.figures import content_report, total

HEADER = ("TT", "Trang thành phần Sở, ban ngành", "Thông tin cập nhật mới")
TITLE = "Bảng tổng hợp tình hình cung cấp thông tin của Cổng thông tin điện tử tỉnh năm {year}"
ROMAN = ("I", "II", "III")


class Command(BaseCommand):
    help = "In bảng tổng hợp tình hình cung cấp thông tin của một năm"

    def add_arguments(self, parser):
        parser.add_argument("--year", type=int, required=True, help="năm")
        parser.add_argument("--format", choices=["table", "csv", "xlsx"], default="table", help="dạng")
        parser.add_argument("--output", metavar="TỆP", help="ghi vào tệp thay vì in ra")

    def handle(self, *args, year, format, output, **options):
        if not 1 <= year <= 9998:
            raise CommandError("--year không phải là một năm.")
        if format == "xlsx" and not output:
            raise CommandError("Dạng xlsx cần --output TỆP.xlsx.")
        lines = report_lines(content_report(year))
        content = WRITERS[format](year, lines)
        if not output:
            self.stdout.write(content, ending="")
            return
        try:
            Path(output).write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        except OSError as error:
            raise CommandError(f"Không ghi được tệp {output}: {error.strerror}.") from error
        self.stdout.write(f"Đã ghi {output}.")


def report_lines(rows):
    """(number, name, items) as the annex prints them: a line for each group, one for each organisation, the total."""
    lines, groups = [], []
    for row in rows:
        if row.group not in groups:
            groups.append(row.group)
            lines.append((ROMAN[len(groups) - 1], row.group, ""))
        lines.append((row.number, row.label, row.shown))
    return [*lines, ("", "Tổng cộng", total(rows))]


def dotted(value):
    """A figure the Vietnamese way: 26.500."""
    return f"{value:,}".replace(",", ".") if isinstance(value, int) else value


def as_table(year, lines):
    width = max(len(HEADER[1]), *(len(name) for _number, name, _items in lines))
    shown = [HEADER, *((str(number), name, dotted(items)) for number, name, items in lines)]
    body = [f"{number:<4}{name:<{width}}  {items:>22}".rstrip() for number, name, items in shown]
    return "\n".join([TITLE.format(year=year), "", *body]) + "\n"


def as_csv(year, lines):
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([HEADER, *lines])
    return out.getvalue()


def as_workbook(year, lines):
    book = Workbook()
    sheet = book.active
    sheet.title = f"Năm {year}"
    for line in [(TITLE.format(year=year),), (), HEADER, *lines]:
        sheet.append(line)
    for cell in [row[2] for row in sheet.iter_rows(min_row=4) if isinstance(row[2].value, int)]:
        cell.number_format = "#,##0"
    for column, width in (("A", 6), ("B", 48), ("C", 24)):
        sheet.column_dimensions[column].width = width
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


WRITERS = {"table": as_table, "csv": as_csv, "xlsx": as_workbook}
