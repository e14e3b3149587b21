"""Carry queued changes over to the index; any number of these may run. With --every, upkeep is done between them."""

import sys
import time

from django.core.management.base import BaseCommand, CommandError

from home.forever import run_forever

from ... import index, upkeep
from ...queue import UNREACHABLE, EngineError, drain

LOOK_SECONDS = 60


class Command(BaseCommand):
    help = "Đưa các thay đổi đang chờ vào chỉ mục tìm kiếm"

    def add_arguments(self, parser):
        parser.add_argument("--every", type=float, metavar="GIÂY", help="chạy mãi, nghỉ bấy nhiêu giây khi hết việc")

    def handle(self, *args, every, **options):
        if every is not None and every <= 0:
            raise CommandError("--every phải lớn hơn 0.")
        try:
            self.run(every)
        except KeyboardInterrupt:
            sys.exit(130)

    def run(self, every):
        self.looked = -LOOK_SECONDS
        if every:
            run_forever(lambda: self.drain_all(every), every)
        try:
            self.drain_all(every)
        except (EngineError, *UNREACHABLE) as error:
            raise CommandError(f"Elasticsearch không nhận, hàng đợi còn nguyên: {str(error)[:300]}") from error

    def drain_all(self, every):
        server = index.client(index.WRITE_TIMEOUT)
        if server is None:
            if not every:
                raise CommandError("Chưa có Elasticsearch: chạy make elasticsearch hoặc đặt ELASTICSEARCH_URL.")
            return
        total = 0
        while number := drain(server):
            total += number
        if not every:
            self.stdout.write(f"Đã đưa vào {total} thay đổi.")
        elif time.monotonic() - self.looked > LOOK_SECONDS:
            self.looked = time.monotonic()
            if upkeep.is_due():
                upkeep.run(server, between=lambda done: drain(server))
