"""Prepare the demo: everything `make demo` needs before the server starts. Running it again changes nothing."""

import time
from typing import Any, TypeAlias

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

REPORT = settings.BASE_DIR / "samples" / "data" / "bao-cao-cong-2018.jsonl"
REAL_DOCUMENTS = settings.BASE_DIR / "samples" / "data" / "van-ban-that.jsonl"
# What it says, the command, its arguments and options.
Step: TypeAlias = tuple[str, str, list[str], dict[str, Any]]
ACCOUNTS = [
    ("editor.soxaydung", "biên tập viên Sở Xây dựng"),
    ("approver.soxaydung", "lãnh đạo duyệt Sở Xây dựng"),
    ("secretary.quangngai", "thư ký Ban biên tập"),
    ("board.quangngai", "Ban biên tập"),
    ("operator.quangngai", "quản trị vận hành"),
]


class Command(BaseCommand):
    help = "Chuẩn bị bản trình diễn: cơ sở dữ liệu, các trang, nội dung mẫu, tài khoản"

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("Bản trình diễn chỉ dành cho máy thử: lệnh này cần DEBUG=1.")
        for label, name, positional, keywords in steps():
            self.step(label, name, positional, keywords)
        self.stdout.write(summary())

    def step(self, label: str, name: str, positional: list[str], keywords: dict[str, Any]) -> None:
        self.stdout.write(f"- {label} …")
        self.stdout.flush()
        start = time.monotonic()
        call_command(name, *positional, **keywords)
        self.stdout.write(f"  xong sau {time.monotonic() - start:.1f} giây")


def steps() -> list[Step]:
    """(what the person reads, command, arguments, options), in the order they need each other."""
    return [
        ("Biên dịch giao diện", "compile_catalogues", [], {}),
        ("Tạo bảng dữ liệu", "migrate", [], {"interactive": False, "verbosity": 0}),
        ("Mở trang tỉnh và 34 trang thành phần", "load_portal", [], {}),
        ("Nạp bản tiếng Anh", "load_english", [], {}),
        ("Tạo tài khoản dùng thử", "create_demo_users", [], {}),
        ("Tạo nội dung mẫu", "generate_content", [], {"year": 2018, "scale": 0.02}),
        ("Đăng báo cáo của Cổng năm 2018", "import_content", [str(REPORT)], {"site": settings.PORTAL_DOMAIN}),
        ("Đưa văn bản có thật vào sổ", "import_content", [str(REAL_DOCUMENTS)], {"site": settings.PORTAL_DOMAIN}),
        ("Ghi dữ liệu mở", "dump_documents", [], {}),
        *index_steps(),
    ]


def index_steps() -> list[Step]:
    """The search's index, where there is a search engine."""
    node = settings.VAR_DIR / "elasticsearch" / "url"
    has_engine = settings.ELASTICSEARCH_URL or node.exists()
    return [("Dựng chỉ mục tìm kiếm", "rebuild_search_index", [], {})] if has_engine else []


def summary() -> str:
    base = f"http://{settings.PORTAL_DOMAIN}:{settings.PORT}"
    accounts = "\n".join(f"    {name:<22} {role}" for name, role in ACCOUNTS)
    return f"""
Cổng thông tin đã sẵn sàng (dừng bằng Ctrl+C):
    {base}/                  trang của tỉnh
    {base}/en/               bản tiếng Anh
    http://soxaydung.{settings.PORTAL_DOMAIN}:{settings.PORT}/        trang Sở Xây dựng
    {settings.WAGTAILADMIN_BASE_URL}/admin/    trang quản trị
Tài khoản (mật khẩu chung: demo-quangngai):
{accounts}
Hãy thử: đăng nhập editor.soxaydung, viết một tin và trình duyệt; rồi đăng nhập approver.soxaydung và duyệt tin đó ở mục Chờ duyệt.
"""
