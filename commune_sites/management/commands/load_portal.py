"""Open the province's site and the 34 component sites of 2018, and with --communes those of all communes; again changes nothing."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from wagtail.models import Site

from home.progress import Progress

from ...annex import AnnexError
from ...loading import annex_rows, commune_orders, open_component, open_province
from ...provisioning import provision


class Command(BaseCommand):
    help = "Mở trang của tỉnh và 34 trang thành phần năm 2018; với --communes thì cả các xã, phường"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--communes", type=int, choices=[2019, 2025], help="184 đơn vị năm 2019 hoặc 96 đơn vị năm 2025"
        )

    def handle(self, *args: Any, communes: Any, **options: Any) -> None:
        try:
            province, *components = annex_rows()
        except AnnexError as error:
            raise CommandError(str(error)) from error
        open_province(province, 0)
        for order, row in enumerate(components, start=1):
            open_component(row, order)
        if communes:
            self.open_communes(communes)
        self.stdout.write(f"Đã có {Site.objects.count()} trang.")

    def open_communes(self, year: int) -> None:
        orders = commune_orders(year)
        with Progress(len(orders), "trang", self.stdout) as done:
            for order in orders:
                try:
                    provision(order, public=True)
                except ValidationError as error:
                    raise CommandError(f"{order.name}: {' '.join(error.messages)}") from error
                done()
