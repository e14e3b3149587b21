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


class AskedWords(models.Model):
    """How often something was asked on a site in a month, and whether anything was found. Who asked is not kept."""

    organisation = models.ForeignKey("commune_sites.Organisation", models.CASCADE, related_name="+")
    month = models.DateField()
    words = models.CharField(max_length=100)
    times = models.PositiveIntegerField(default=0)
    found = models.PositiveIntegerField(default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("từ đã tìm")
        verbose_name_plural = _("từ đã tìm")
        constraints = [models.UniqueConstraint(fields=["organisation", "month", "words"], name="asked_once_a_month")]

    def __str__(self):
        return self.words


class LanguageModel(models.Model):
    """The counts of search.model, one row."""

    data = models.BinaryField()
    pages = models.PositiveIntegerField(default=0)
    made = models.DateTimeField(auto_now=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("mô hình ngôn ngữ")
        verbose_name_plural = _("mô hình ngôn ngữ")

    def __str__(self):
        return str(self.made)
