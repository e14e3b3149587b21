"""The annex of the yearly report, from what is published."""

import csv
import io
from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from django.core.management.base import BaseCommand, CommandError

from home.spreadsheets import Sheet, xlsx_of

from ...annual import AnnexLine, content_report, total

HEADER = ("TT", "Trang thành phần Sở, ban ngành", "Thông tin cập nhật mới")
TITLE = "Bảng tổng hợp tình hình cung cấp thông tin của Cổng thông tin điện tử tỉnh năm {year}"
ROMAN = ("I", "II", "III")
Line: TypeAlias = Sequence[str | int]


class Command(BaseCommand):
    help = "In bảng tổng hợp tình hình cung cấp thông tin của một năm"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--year", type=int, required=True, help="năm")
        parser.add_argument("--format", choices=["table", "csv", "xlsx"], default="table", help="dạng")
        parser.add_argument("--by", choices=["kind"], help="chia theo loại tin, bài, văn bản")
        parser.add_argument("--output", metavar="TỆP", help="ghi vào tệp thay vì in ra")

    def handle(self, *args: Any, year: int, format: str, by: str | None, output: str | None, **options: Any) -> None:
        if not 1 <= year <= 9998:
            raise CommandError("--year không phải là một năm.")
        if format == "xlsx" and not output:
            raise CommandError("Dạng xlsx cần --output TỆP.xlsx.")
        lines = report_lines(content_report(year), by_kind=by == "kind")
        content = WRITERS[format](year, lines)
        if not output:
            self.stdout.write(str(content), ending="")
            return
        try:
            Path(output).write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        except OSError as error:
            raise CommandError(f"Không ghi được tệp {output}: {error.strerror}.") from error
        self.stdout.write(f"Đã ghi {output}.")


def report_lines(rows: list[AnnexLine], by_kind: bool = False) -> list[Line]:
    """The header, a line for each group, one for each organisation, the total: as the annex prints them.

    Each is (number, name, items) and, `by_kind`, the items of each kind that occurs.
    """
    kinds = kinds_of(rows) if by_kind else []
    lines: list[Line] = [(*HEADER, *kinds)]
    groups: list[str] = []
    for row in rows:
        if row.group not in groups:
            groups.append(row.group)
            lines.append((ROMAN[len(groups) - 1], row.group, *[""] * (1 + len(kinds))))
        numbers = ["" if row.items is None else row.kinds.get(kind, 0) for kind in kinds]
        lines.append((row.number, row.label, row.shown, *numbers))
    return [*lines, ("", "Tổng cộng", total(rows), *(sum(row.kinds.get(kind, 0) for row in rows) for kind in kinds))]


def kinds_of(rows: Iterable[AnnexLine]) -> list[str]:
    """The kinds that occur, the most frequent first."""
    numbers: dict[str, int] = {}
    for row in rows:
        for kind, number in row.kinds.items():
            numbers[kind] = numbers.get(kind, 0) + number
    return sorted(numbers, key=lambda kind: (-numbers[kind], kind))


def dotted(value: str | int) -> str:
    """A figure the Vietnamese way: 26.500."""
    return f"{value:,}".replace(",", ".") if isinstance(value, int) else value


def as_table(year: int, lines: list[Line]) -> str:
    shown = [[str(line[0]), str(line[1]), *map(dotted, line[2:])] for line in lines]
    width = max(len(line[1]) for line in shown)
    widths = [22, *(max(len(str(name)), 8) for name in lines[0][3:])]
    body = []
    for number, name, *items in shown:
        columns = "  ".join(f"{item:>{wide}}" for item, wide in zip(items, widths, strict=True))
        body.append(f"{number:<4}{name:<{width}}  {columns}".rstrip())
    return "\n".join([TITLE.format(year=year), "", *body]) + "\n"


def as_csv(year: int, lines: list[Line]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(lines)
    return out.getvalue()


def as_workbook(year: int, lines: list[Line]) -> bytes:
    above = [(TITLE.format(year=year),), ()]
    return xlsx_of(Sheet(f"Năm {year}", lines[1:], lines[0], [6, 48, 24, 12], above))


WRITERS: dict[str, Callable[[int, list[Line]], str | bytes]] = {"table": as_table, "csv": as_csv, "xlsx": as_workbook}
