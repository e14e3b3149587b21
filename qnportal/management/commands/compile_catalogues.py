"""Compile the catalogues of the interface without the gettext tools, which few laptops have."""

from pathlib import Path

import polib
from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Biên dịch các tệp bản dịch .po đã thay đổi"

    def handle(self, *args, **options):
        compiled = [
            path for folder in settings.LOCALE_PATHS for path in Path(folder).rglob("*.po") if compile_one(path)
        ]
        self.stdout.write(f"Đã biên dịch {len(compiled)} tệp bản dịch.")


def compile_one(path):
    """Write the .mo beside `path` unless it is the newer of the two; say whether it was written."""
    target = path.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime >= path.stat().st_mtime:
        return False
    polib.pofile(str(path)).save_as_mofile(str(target))
    return True
