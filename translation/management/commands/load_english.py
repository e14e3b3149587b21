"""Give the English edition its names, terms and first pages. Running it again adds what is missing and changes nothing."""

from django.core.management.base import BaseCommand, CommandError
from wagtail.models import Locale

from ... import edition


class Command(BaseCommand):
    help = "Nạp bản tiếng Anh: tên các đơn vị, bảng thuật ngữ, các trang đầu tiên"

    def handle(self, *args, **options):
        if not Locale.objects.filter(language_code="en").exists():
            raise CommandError("Chưa có trang tiếng Anh: hãy chạy load_portal trước.")
        names, terms, pages = edition.load()
        self.stdout.write(f"Đã thêm {names} tên, {terms} thuật ngữ, {pages} trang.")
