"""Bring another system's content in; the format is described in docs/import.md."""

import sys
from collections import Counter
from contextlib import nullcontext
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from wagtail.models import Site

from home.progress import Progress
from organisations.scoping import organisation_of_site

from ...engine import Importer, read_lines

WORDS = {"added": "thêm", "changed": "sửa", "unchanged": "không đổi"}


class Command(BaseCommand):
    help = "Nhập tin, bài, văn bản từ hệ thống khác (JSON Lines, có thể nén gzip)"

    def add_arguments(self, parser):
        parser.add_argument("file", help="tệp .jsonl hoặc .jsonl.gz")
        parser.add_argument("--site", required=True, help="tên miền của trang nhận, ví dụ soxaydung.localhost")
        parser.add_argument("--map", metavar="OUT.tsv", help="ghi mã cũ và địa chỉ mới, mỗi dòng một mục")

    def handle(self, *args, file, site, **options):
        path = Path(file)
        if not path.is_file():
            raise CommandError(f"Không có tệp {file}.")
        importer = Importer(organisation_at(site), path.parent)
        self.counts, self.notes = dict.fromkeys([*WORDS, "failed"], 0), Counter()
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

    def map_file(self, name):
        try:
            return open(name, "w", encoding="utf-8") if name else nullcontext()
        except OSError as error:
            raise CommandError(f"Không ghi được tệp {name}: {error.strerror}.") from error

    def run(self, importer, path, mapping):
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

    def report(self, outcome):
        self.counts["failed" if outcome.error else outcome.result] += 1
        if outcome.error:
            self.stderr.write(f"dòng {outcome.number}: {outcome.error}")
        for note in [] if outcome.error else outcome.notes:
            self.notes[note] += 1
            if self.notes[note] == 1:
                self.stderr.write(f"dòng {outcome.number}: lưu ý: {note}")

    def repeat_notes(self):
        """The same note of hundreds of lines is said once, with their number."""
        for note, number in self.notes.items():
            if number > 1:
                self.stderr.write(f"thêm {number - 1} dòng nữa: lưu ý: {note}")

    def summary(self):
        done = ", ".join(f"{word} {self.counts[result]}" for result, word in WORDS.items())
        return f"Đã nhập: {done}; không nhập được {self.counts['failed']} dòng."


def organisation_at(host):
    """The organisation whose site answers at `host`."""
    site = Site.objects.filter(hostname__iexact=host.split(":")[0].strip()).select_related("root_page").first()
    organisation = organisation_of_site(site)
    if organisation is None:
        raise CommandError(f"Không có trang nào ở địa chỉ “{host}”.")
    return organisation
