"""What has been brought in from elsewhere, and what is being brought in."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from home.batch import Batch, unforeseen
from organisations.models import Organisation
from organisations.owned import Scope, owned


@owned(Scope.NEVER)
class ImportedItem(models.Model):
    """Which page an item of another system became, so that bringing it in again updates and never doubles."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    external_id = models.CharField(max_length=200)
    page = models.ForeignKey("wagtailcore.Page", models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the line as it was brought in.")

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "external_id"], name="one_page_an_imported_id")]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.external_id}"


@owned(Scope.SCREEN)
class DocumentUpload(Batch):
    """A spreadsheet of documents on its way into an organisation's register."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("đơn vị"))
    submits = models.BooleanField(_("trình duyệt ngay"), default=False)
    notes = models.JSONField(default=list)
    counts = models.JSONField(default=dict)

    wagtail_reference_index_ignore = True

    class Meta(Batch.Meta):
        verbose_name = _("tệp văn bản tải lên")
        verbose_name_plural = _("tệp văn bản tải lên")

    def count(self, result: str) -> None:
        """One more line with that outcome (importing.outcome), or "failed"."""
        self.counts[result] = self.counts.get(result, 0) + 1

    def error_of(self, line: Any, error: Exception) -> Any:
        """By the number of the row."""
        self.count("failed")
        return [line[0], unforeseen(error)]
