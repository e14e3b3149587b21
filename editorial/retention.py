"""How long the background keeps what it has done."""

from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult
from wagtail.models import ModelLogEntry, PageLogEntry

from organisations.retention import Kept, table

table.register(
    Kept(
        "finished_tasks",
        _("việc chạy nền đã xong"),
        30,
        _("Đủ để tìm nguyên nhân khi một thư hay một việc không đi."),
        lambda moment: DBTaskResult.objects.finished().filter(finished_at__lt=moment),
    )
)
table.register(
    Kept(
        "page_log",
        _("nhật ký của trang"),
        10 * 365,
        _("Ai sửa, ai duyệt một bài phải tra được; mã băm của bản đã duyệt được giữ mãi ở bước duyệt."),
        lambda moment: PageLogEntry.objects.filter(timestamp__lt=moment),
    )
)
table.register(
    Kept(
        "model_log",
        _("nhật ký của danh mục và thiết lập"),
        10 * 365,
        _("Như nhật ký của trang."),
        lambda moment: ModelLogEntry.objects.filter(timestamp__lt=moment),
    )
)
