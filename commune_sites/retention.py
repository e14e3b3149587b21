"""How long a spreadsheet of sites to open is kept; the sites stay."""

from django.utils.translation import gettext_lazy as _

from organisations.retention import Kept, table

from .models import SiteOrders

table.register(
    Kept(
        "site_orders",
        _("danh sách trang cần mở"),
        90,
        _("Đủ để mở phần còn lại và xem lại dòng lỗi."),
        lambda moment: SiteOrders.objects.filter(created__lt=moment),
    )
)
