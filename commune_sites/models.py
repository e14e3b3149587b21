"""What the life of sites keeps beside the organisations: sheets of sites that are being opened."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from home.batch import Batch, unforeseen


class SiteOrders(Batch):
    """A spreadsheet of sites to open."""

    wagtail_reference_index_ignore = True

    class Meta(Batch.Meta):
        verbose_name = _("bảng mở trang")
        verbose_name_plural = _("bảng mở trang")

    def error_of(self, line: dict[str, Any], error: Exception) -> list[str]:
        """By the name of the site that could not be opened."""
        return [line["name"], unforeseen(error)]
