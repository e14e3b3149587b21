"""Build the public index anew beside the one in use, then put it in its place."""

import os
import sys

from django.core.management.base import BaseCommand, CommandError

from home.progress import Progress

from ... import index
from ...building import public_pages
from ...queue import UNREACHABLE, EngineError
from ...rebuilding import BusyError, Rebuild

MOST_WORKERS = 16


class Command(BaseCommand):
    help = "Dựng lại chỉ mục tìm kiếm bên cạnh chỉ mục đang dùng rồi thay"

    def add_arguments(self, parser):
        processes = min(2, os.cpu_count() or 1)
        parser.add_argument("--workers", type=int, default=processes, metavar="SỐ", help=f"số tiến trình ({processes})")

    def handle(self, *args, workers, **options):
        if not 1 <= workers <= MOST_WORKERS:
            raise CommandError(f"--workers phải từ 1 đến {MOST_WORKERS}.")
        server = index.client(index.WRITE_TIMEOUT)
        if server is None:
            raise CommandError("Chưa có Elasticsearch: chạy make elasticsearch hoặc đặt ELASTICSEARCH_URL.")
        rebuild = Rebuild(server)
        try:
            with Progress(public_pages().count(), "trang", self.stdout) as done:
                total = rebuild.run(done, workers)
            size = rebuild.store_model()
            rebuild.warm()
        except BusyError as error:
            raise CommandError("Một lượt dựng lại chỉ mục khác đang chạy. Hãy chờ lượt đó xong.") from error
        except (EngineError, *UNREACHABLE) as error:
            raise CommandError(f"Elasticsearch không nhận: {str(error)[:300]}") from error
        except KeyboardInterrupt:
            self.stderr.write("Đã dừng; chỉ mục đang dùng vẫn nguyên. Chạy lại lệnh này để dựng lại từ đầu.")
            sys.exit(130)
        self.stdout.write(f"Đã đưa {total} trang vào chỉ mục; mô hình ngôn ngữ {size // 1024} KB.")
