"""Bring the portal from the communes and districts of 2019 to the units of 1 July 2025. Can be stopped and run again."""

import csv
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from home.progress import Progress

from ...reorganising import DAY, Plan, Step, faults_of, run
from .retire_site import day

KINDS = {
    "rename": "Đổi tên",
    "open": "Mở mới",
    "earlier": "Đã nhập từ trước 2025",
    "merge": "Sáp nhập",
    "split": "Chia tách",
    "district": "Kết thúc cấp huyện",
}
STATES = {"waiting": "sẽ làm", "done": "đã làm", "same": "đã có", "refused": "bị từ chối"}
MOST_SHOWN = 20


class Command(BaseCommand):
    help = "Sắp xếp lại đơn vị hành chính: từ 184 xã và 14 huyện năm 2019 sang 96 xã, phường, đặc khu năm 2025"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--from", dest="start", type=int, choices=[2019], required=True)
        parser.add_argument("--to", dest="end", type=int, choices=[2025], required=True)
        parser.add_argument("--date", default="", help=f"ngày có hiệu lực, mặc định {DAY:%d/%m/%Y}")
        parser.add_argument("--holding", action="store_true", help="trang mới hiện trang chờ thay vì mở ngay")
        parser.add_argument("--dry-run", action="store_true", help="chỉ nói điều sẽ xảy ra")
        parser.add_argument("--report", default="", metavar="TỆP.csv", help="ghi từng bước vào tệp CSV")

    def handle(self, *args: Any, date: Any, holding: bool, dry_run: bool, report: Any, **options: Any) -> None:
        plan = Plan(day(date) if date else DAY, public=not holding)
        faults = faults_of(plan)
        if faults:
            more = f" … và {len(faults) - MOST_SHOWN} lỗi nữa." if len(faults) > MOST_SHOWN else ""
            raise CommandError("Chưa làm gì cả. " + " ".join(faults[:MOST_SHOWN]) + more)
        steps = list(plan.steps())
        if not dry_run:
            with Progress(len(steps), "bước", self.stdout) as done:
                for step in steps:
                    run(step)
                    done()
        if report:
            self.write(report, steps)
        self.tell(steps, one_by_one=not report)

    def write(self, path: Any, steps: list[Step]) -> None:
        try:
            with open(path, "w", encoding="utf-8-sig", newline="") as file:
                rows = csv.writer(file)
                rows.writerow(["Việc", "Đơn vị", "Đơn vị kế tục hoặc tên mới", "Kết quả", "Ghi chú"])
                rows.writerows([KINDS[s.kind], s.name, "; ".join(s.into), STATES[s.state], s.note] for s in steps)
        except OSError as error:
            raise CommandError(f"Không ghi được {path}: {error.strerror}.") from error

    def tell(self, steps: list[Step], one_by_one: bool) -> None:
        if one_by_one:
            for step in steps:
                into = f" → {'; '.join(step.into)}" if step.into else ""
                note = f" ({step.note})" if step.note else ""
                self.stdout.write(f"{KINDS[step.kind]}: {step.name}{into}: {STATES[step.state]}{note}")
        counts = Counter((step.kind, step.state) for step in steps)
        for (kind, state), number in sorted(counts.items()):
            self.stdout.write(f"{KINDS[kind]}, {STATES[state]}: {number}")
        if refused := sum(number for (_kind, state), number in counts.items() if state == "refused"):
            raise CommandError(f"{refused} bước bị từ chối, các bước khác đã xong; sửa rồi chạy lại.")
