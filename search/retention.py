"""How long what readers asked is kept."""

from django.utils.translation import gettext_lazy as _

from organisations.retention import Kept, table

from .models import AskedWords

table.register(
    Kept(
        "asked_words",
        _("từ đã tìm"),
        2 * 365,
        _("So được với cùng tháng năm trước; lâu hơn không giúp gì cho biên tập."),
        lambda moment: AskedWords.objects.filter(month__lt=moment.date()),
    )
)
