"""Write the open data of the register; meant for every night (docs/operations.md)."""

from django.core.management.base import BaseCommand, CommandError

from home.progress import Progress

from ...models import DocumentPage
from ...open_data import FILES, folder, write


class Command(BaseCommand):
    help = "Ghi dữ liệu mở của sổ văn bản (CSV, JSON Lines, Dublin Core)"

    def handle(self, *args, **options):
        total = DocumentPage.objects.readable().filter(is_sample=False).count() * len(FILES)
        try:
            with Progress(total, "văn bản", self.stdout) as done:
                for name in FILES:
                    write(name, done)
        except OSError as error:
            raise CommandError(f"Không ghi được dữ liệu mở: {error.strerror}.") from error
        self.stdout.write(f"Đã ghi {len(FILES)} tệp vào {folder()}.")
