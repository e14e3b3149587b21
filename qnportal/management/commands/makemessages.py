"""Django's makemessages, such that two runs give the same file: sorted, without line numbers, guesses and leftovers."""

from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.core.management.commands import makemessages

# The source language is Vietnamese; locale_wagtail is written by hand, since its words are those of the packages.
LANGUAGES = ["en"]
IGNORED = ["var/*", "tests/*", "bench/*", "node_modules/*"]
Key = tuple[str | None, str]


class Command(makemessages.Command):
    help = "Gom các câu của giao diện vào tệp bản dịch; --check chỉ so, không ghi"
    checks_only = False

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--check", action="store_true", help="báo lỗi khi tệp bản dịch thiếu, thừa hoặc chưa dịch câu nào"
        )

    def handle(self, *args: Any, check: bool = False, **options: Any) -> None:
        self.checks_only = check
        chosen = options["locale"] or LANGUAGES
        options |= {"locale": chosen, "ignore_patterns": [*options["ignore_patterns"], *IGNORED], "no_location": True}
        super().handle(*args, **options)

    def write_po_file(self, potfile: str, locale: str) -> None:
        """What was translated stays as it is; the rest of Django's merging guesses, and keeps what nobody says any more."""
        path = Path(potfile).parent / locale / "LC_MESSAGES" / f"{self.domain}.po"
        kept, found = polib.pofile(str(path)), polib.pofile(potfile)
        merged = merge(kept, found)
        if self.checks_only:
            complain(path, faults(kept, merged))
        elif str(merged) != str(kept):
            merged.save(str(path))


def key_of(entry: polib.POEntry) -> Key:
    return entry.msgctxt, entry.msgid


def merge(kept: polib.POFile, found: polib.POFile) -> polib.POFile:
    """The texts of `found`, sorted, with the translations of `kept`."""
    known = {key_of(entry): entry for entry in kept if not entry.obsolete}
    merged = polib.POFile(wrapwidth=120)
    merged.header, merged.metadata = kept.header, kept.metadata
    for entry in sorted(found, key=lambda entry: (entry.msgid, entry.msgctxt or "")):
        old = known.get(key_of(entry))
        entry.occurrences = []
        if old and bool(old.msgid_plural) == bool(entry.msgid_plural):
            entry.msgstr, entry.msgstr_plural, entry.tcomment = old.msgstr, old.msgstr_plural, old.tcomment
        merged.append(entry)
    return merged


def faults(kept: polib.POFile, merged: polib.POFile) -> list[str]:
    """What is wrong with the catalogue as it is kept: texts that it lacks, that nobody says any more, that have no translation."""
    wanted, present = {key_of(entry) for entry in merged}, {key_of(entry) for entry in kept if not entry.obsolete}
    return [
        *(f"thiếu: {text}" for _context, text in sorted(wanted - present, key=str)),
        *(f"thừa: {text}" for _context, text in sorted(present - wanted, key=str)),
        *(f"thừa: {entry.msgid}" for entry in kept.obsolete_entries()),
        *(f"chưa dịch: {entry.msgid}" for entry in merged if key_of(entry) in present and not entry.translated()),
    ]


def complain(path: Path, found: list[str]) -> None:
    if found:
        shown = path.relative_to(settings.BASE_DIR)
        raise CommandError("\n".join([f"{shown} không khớp với mã nguồn; chạy make messages rồi dịch:", *found]))
