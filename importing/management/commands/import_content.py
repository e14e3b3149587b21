"""Bring another system's content in; the format is described in docs/import.md."""

import sys
from collections import Counter
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError, CommandParser
from wagtail.models import Site

from home.progress import Progress
from organisations.models import Organisation
from organisations.scoping import organisation_of_site

from ...engine import Importer
from ...jsonl import read_lines
from ...outcome import Outcome

WORDS = {"added": "thêm", "changed": "sửa", "unchanged": "không đổi", "left": "để nguyên"}
ALWAYS_SAID = {"added", "changed", "unchanged"}


class Command(BaseCommand):
    help = "Nhập tin, bài, văn bản từ hệ thống khác (JSON Lines, có thể nén gzip)"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="tệp .jsonl hoặc .jsonl.gz")
        parser.add_argument("--site", required=True, help="tên miền của trang nhận, ví dụ soxaydung.localhost")
        parser.add_argument("--map", metavar="OUT.tsv", help="ghi mã cũ và địa chỉ mới, mỗi dòng một mục")

    def handle(self, *args: Any, file: str, site: str, **options: Any) -> None:
        path = Path(file)
        if not path.is_file():
            raise CommandError(f"Không có tệp {file}.")
        importer = Importer(organisation_at(site), path.parent)
        self.counts = dict.fromkeys([*WORDS, "failed"], 0)
        self.notes: Counter[str] = Counter()
        try:
            with self.map_file(options["map"]) as mapping:
                self.run(importer, path, mapping)
        except KeyboardInterrupt:
            self.stderr.write(f"Đã dừng: {self.summary()} Chạy lại lệnh này để làm tiếp.")
            sys.exit(130)
        self.repeat_notes()
        self.stdout.write(self.summary())
        if self.counts["failed"]:
            raise CommandError(f"{self.counts['failed']} dòng không nhập được, lý do ở trên; các dòng khác đã xong.")

    def map_file(self, name: str | None) -> AbstractContextManager[TextIO | None]:
        try:
            return open(name, "w", encoding="utf-8") if name else nullcontext()
        except OSError as error:
            raise CommandError(f"Không ghi được tệp {name}: {error.strerror}.") from error

    def run(self, importer: Importer, path: Path, mapping: TextIO | None) -> None:
        try:
            total = sum(1 for _line in read_lines(path))
        except OSError as error:
            raise CommandError(f"Không đọc được tệp {path}: {error.strerror}.") from error
        with Progress(total, "dòng", self.stdout) as done:
            for number, line in read_lines(path):
                outcome = importer.take(number, line)
                self.report(outcome)
                if mapping and outcome.page:
                    mapping.write(f"{' '.join(outcome.external_id.split())}\t{outcome.page.full_url}\n")
                done()

    def report(self, outcome: Outcome) -> None:
        self.counts["failed" if outcome.error else outcome.result] += 1
        if outcome.error:
            self.stderr.write(f"dòng {outcome.number}: {outcome.error}")
        for note in [] if outcome.error else outcome.notes:
            self.notes[note] += 1
            if self.notes[note] == 1:
                self.stderr.write(f"dòng {outcome.number}: lưu ý: {note}")

    def repeat_notes(self) -> None:
        """The same note of hundreds of lines is said once, with their number."""
        for note, number in self.notes.items():
            if number > 1:
                self.stderr.write(f"thêm {number - 1} dòng nữa: lưu ý: {note}")

    def summary(self) -> str:
        said = [result for result in WORDS if result in ALWAYS_SAID or self.counts[result]]
        done = ", ".join(f"{WORDS[result]} {self.counts[result]}" for result in said)
        return f"Đã nhập: {done}; không nhập được {self.counts['failed']} dòng."


def organisation_at(host: str) -> Organisation:
    """The organisation whose site answers at `host`."""
    site = Site.objects.filter(hostname__iexact=host.split(":")[0].strip()).select_related("root_page").first()
    organisation: Organisation | None = organisation_of_site(site)
    if organisation is None:
        raise CommandError(f"Không có trang nào ở địa chỉ “{host}”.")
    return organisation
