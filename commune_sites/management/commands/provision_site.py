"""Open one site. The same arguments again change nothing."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from ...provisioning import GROUPS, Order, provision


class Command(BaseCommand):
    help = "Mở trang của một đơn vị: cây trang, tên miền, kho tệp, thiết lập, quy trình duyệt, thư mời người quản trị"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--kind", required=True, help=f"loại: {', '.join(GROUPS)}")
        parser.add_argument("--name", required=True, help="tên đầy đủ")
        parser.add_argument("--code", required=True, help="mã, cũng là tên miền con")
        parser.add_argument("--hostname", default="", help="tên miền, nếu khác <mã>.<miền của tỉnh>")
        parser.add_argument("--parent", default="", help="mã của đơn vị cấp trên")
        parser.add_argument("--manager", default="", metavar="THƯ", help="thư điện tử của người quản trị đầu tiên")
        parser.add_argument("--public", action="store_true", help="mở cho bạn đọc ngay, không qua trang chờ")

    def handle(self, *args: Any, public: bool, **options: Any) -> None:
        order = Order(
            **{name: options[name].strip() for name in ("kind", "name", "code", "hostname", "parent", "manager")}
        )
        try:
            organisation, made = provision(order, public=public)
        except ValidationError as error:
            raise CommandError(" ".join(message[:1].upper() + message[1:] for message in error.messages)) from error
        self.stdout.write(f"{'Đã mở' if made else 'Không đổi:'} {organisation.name}, {order.host}.")
