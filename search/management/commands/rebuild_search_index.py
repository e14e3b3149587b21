"""Build the public index anew beside the one in use, then put it in its place."""

import sys

from django.core.management.base import BaseCommand, CommandError

from home.progress import Progress
from search import index
from search.building import public_pages
from search.queue import UNREACHABLE, EngineError
from search.rebuilding import Rebuild


class Command(BaseCommand):
    help = "Dựng lại chỉ mục tìm kiếm bên cạnh chỉ mục đang dùng rồi thay"

    def handle(self, *args, **options):
        server = index.client(index.WRITE_TIMEOUT)
        if server is None:
            raise CommandError("Chưa có Elasticsearch: chạy make elasticsearch hoặc đặt ELASTICSEARCH_URL.")
        rebuild = Rebuild(server)
        try:
            with Progress(public_pages().count(), "trang", self.stdout) as done:
                total = rebuild.run(done)
            size = rebuild.store_model()
            rebuild.warm()
        except (EngineError, *UNREACHABLE) as error:
            raise CommandError(f"Elasticsearch không nhận: {str(error)[:300]}") from error
        except KeyboardInterrupt:
            self.stderr.write("Đã dừng; chỉ mục đang dùng vẫn nguyên. Chạy lại lệnh này để dựng lại từ đầu.")
            sys.exit(130)
        self.stdout.write(f"Đã đưa {total} trang vào chỉ mục; mô hình ngôn ngữ {size // 1024} KB.")
