"""Close a site from a day on; its pages stay readable, marked, and lead to the successors. The same arguments again change nothing."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from wagtail.models import Site

from home.days import day_typed
from organisations.models import Organisation

from ...changes import closing_faults, plan_closing
from ...preview import of_closing


def day(text: str) -> datetime.date:
    """A date typed as 2025-07-01 or 01/07/2025."""
    found = day_typed(text)
    if found is None:
        raise CommandError(f"Ngày “{text}” không đúng, hãy viết như 2025-07-01.")
    return found


def organisation_at(hostname: str) -> Organisation:
    """The organisation whose site answers at `hostname`."""
    site = Site.objects.filter(hostname=hostname.strip().lower()).first()
    organisation = site and Organisation.objects.filter(home_page=site.root_page_id).first()
    if organisation is None:
        raise CommandError(f"Không có trang của đơn vị nào ở tên miền “{hostname}”.")
    return organisation


class Command(BaseCommand):
    help = "Đóng trang của một đơn vị từ một ngày, có hoặc không có đơn vị kế tục"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--hostname", required=True, help="tên miền của trang")
        parser.add_argument("--successors", default="", help="tên miền của các đơn vị kế tục, cách nhau dấu phẩy")
        parser.add_argument("--date", default="", help="ngày đầu tiên không còn hoạt động, mặc định hôm nay")
        parser.add_argument("--sections", default="", help="chuyên mục mà đơn vị kế tục hiển thị tiếp, ví dụ tin-tuc")
        parser.add_argument("--basis", default="", help="căn cứ, ví dụ số nghị quyết")
        parser.add_argument("--dry-run", action="store_true", help="chỉ nói điều sẽ xảy ra")

    def handle(
        self,
        *args: Any,
        hostname: str,
        successors: str,
        date: Any,
        sections: Any,
        basis: str,
        dry_run: bool,
        **options: Any,
    ) -> None:
        organisation = organisation_at(hostname)
        following = [organisation_at(host) for host in successors.split(",") if host.strip()]
        when = day(date) if date else timezone.localdate()
        handed = [slug.strip() for slug in sections.split(",") if slug.strip()]
        if (
            organisation.valid_to
            and set(organisation.successors.all()) == set(following)
            and self.same(organisation, when if date else None)
        ):
            self.stdout.write(f"Không đổi: {organisation.name} kết thúc sau ngày {organisation.valid_to:%d/%m/%Y}.")
            return
        try:
            faults = closing_faults([organisation], following, when)
            if faults:
                raise ValidationError(faults)
            if dry_run:
                self.show(organisation, following, when, handed)
                return
            plan_closing([organisation], following, when, handed, basis)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        names = ", ".join(one.name for one in following) or "không có"
        self.stdout.write(f"{organisation.name} kết thúc từ ngày {when:%d/%m/%Y}; đơn vị kế tục: {names}.")

    def same(self, organisation: Organisation, when: Any) -> bool:
        return when is None or organisation.valid_to == when - datetime.timedelta(days=1)

    def show(self, organisation: Organisation, following: Any, when: Any, handed: Any) -> None:
        for one, lines in of_closing([organisation], following, when, handed):
            self.stdout.write(f"{one.name} (chưa thực hiện):")
            for line in lines:
                self.stdout.write(f"- {line}")
