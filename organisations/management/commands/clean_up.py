"""Every night: what has been kept long enough goes (organisations.retention)."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils import timezone

from ...retention import Kept, clean, table


class Command(BaseCommand):
    help = "Xóa những gì đã lưu đủ lâu; chạy lại không hại gì"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="chỉ đếm, không xóa")
        parser.add_argument("--only", choices=[kept.name for kept in table], help="chỉ một loại")

    def handle(self, *args: Any, dry_run: bool, only: str | None, **options: Any) -> None:
        failed = [kept.name for kept in table if only in (None, kept.name) and not self._carry_out(kept, dry_run)]
        if failed:
            raise CommandError(f"Không xóa được: {', '.join(failed)}. Lần chạy sau sẽ thử lại.")

    def _carry_out(self, kept: Kept, dry_run: bool) -> bool:
        """Whether it went through; one kind that fails does not hold up the others."""
        try:
            gone = self._count(kept) if dry_run else self._delete(kept)
        except DatabaseError as error:
            self.stderr.write(f"{kept.label}: {error}")
            return False
        self.stdout.write(f"{kept.label}: {gone} ({kept.days} ngày)")
        return True

    def _count(self, kept: Kept) -> int:
        return kept.due(timezone.now()).count()

    def _delete(self, kept: Kept) -> int:
        gone = 0
        for gone in clean(kept):
            self.stdout.write(f"  {kept.label}: {gone}", ending="\r")
            self.stdout.flush()
        return gone
