"""Wagtail's command of this name stops at the first failing page; this one, found first, does not."""

from django.core.management.base import BaseCommand, CommandError

from editorial.scheduling import run_due

from ...forever import run_forever


class Command(BaseCommand):
    help = "Đăng những gì đến giờ hẹn và gỡ những gì hết hạn"

    def add_arguments(self, parser):
        parser.add_argument("--every", type=int, metavar="GIÂY", help="chạy mãi, mỗi GIÂY một lượt (dừng bằng Ctrl+C)")

    def handle(self, *args, every=None, **options):
        if every is None:
            failed = self.run_once()
            if failed:
                raise CommandError(f"{len(failed)} mục không đăng hoặc gỡ được; các mục khác đã xong.")
            return
        if every < 1:
            raise CommandError("--every phải từ 1 giây trở lên.")
        try:
            run_forever(lambda: self.run_once(quiet=True), every)
        except KeyboardInterrupt:
            self.stdout.write("Đã dừng.")

    def run_once(self, quiet=False):
        outcome = run_due()
        if not quiet or outcome.published or outcome.expired or outcome.changed or outcome.followed:
            done = f"Đã đăng {outcome.published} mục, gỡ {outcome.expired} mục hết hạn"
            changed = f", thực hiện {outcome.changed} thay đổi tổ chức" if outcome.changed else ""
            followed = f", làm xong việc sau khi đăng của {outcome.followed} trang" if outcome.followed else ""
            self.stdout.write(f"{done}{changed}{followed}.")
        for what, why in outcome.failed:
            self.stderr.write(f"{what}: {why}")
        return outcome.failed
