"""Open the province's site and the 34 component sites of 2018; running it again changes nothing."""

from django.core.management.base import BaseCommand, CommandError
from wagtail.models import Site

from home.annex import AnnexError
from home.opening import annex_rows, open_component, open_province


class Command(BaseCommand):
    help = "Mở trang của tỉnh và 34 trang thành phần năm 2018"

    def handle(self, *args, **options):
        try:
            province, *components = annex_rows()
        except AnnexError as error:
            raise CommandError(str(error)) from error
        open_province(province, 0)
        for order, row in enumerate(components, start=1):
            open_component(row, order)
        self.stdout.write(f"Đã có {Site.objects.count()} trang.")
