"""Sample content in the proportions of the 2018 report; a second run adds nothing, a stopped one goes on."""

import random
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from home.progress import Progress

from ...errors import GenerationError
from ...sampling import Sampler


class Command(BaseCommand):
    help = "Tạo nội dung mẫu theo tỷ lệ của báo cáo năm 2018"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--year", type=int, required=True, help="năm đăng")
        parser.add_argument("--scale", type=float, default=1.0, help="phần của số liệu báo cáo, lớn hơn 0, tối đa 1")
        parser.add_argument("--seed", type=int, default=2018, help="cùng một số thì cho cùng một nội dung")

    def handle(self, *args: Any, year: int, scale: float, seed: int, **options: Any) -> None:
        if not 0 < scale <= 1:
            raise CommandError("--scale phải lớn hơn 0 và không quá 1.")
        if not 1990 <= year <= 2100:
            raise CommandError("--year phải là một năm từ 1990 đến 2100.")
        try:
            self.generate(year, scale, seed)
        except GenerationError as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt:
            self.stderr.write("Đã dừng; những gì đã ghi vẫn còn. Chạy lại lệnh này để làm tiếp.")
            sys.exit(130)

    def generate(self, year: int, scale: float, seed: int) -> None:
        random.seed(seed)
        sampler = Sampler(year, scale, seed)
        if not sampler.missing:
            self.stdout.write(f"Nội dung năm {year} đã đủ, không thêm gì.")
            return
        with Progress(sampler.total, "tin, bài, văn bản", self.stdout) as done:
            sampler.run(done)
        self.stdout.write(f"Đã thêm {sampler.total} tin, bài, văn bản của {len(sampler.missing)} đơn vị.")
