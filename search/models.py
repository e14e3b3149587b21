"""What must be told to the search engine, what editors learn from the search, and the language model. No page is here."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class QueuedPage(models.Model):
    """A page that changed and that the index may not know yet. Written in the transaction that changed the page."""

    page_id = models.PositiveBigIntegerField(db_index=True)
    queued = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("trang chờ đưa vào tìm kiếm")
        verbose_name_plural = _("trang chờ đưa vào tìm kiếm")
        ordering = ["pk"]

    def __str__(self):
        return str(self.page_id)


class LanguageModel(models.Model):
    """The counts of search.model, one row."""

    data = models.BinaryField()
    made = models.DateTimeField(auto_now=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("mô hình ngôn ngữ")
        verbose_name_plural = _("mô hình ngôn ngữ")

    def __str__(self):
        return str(self.made)
