"""What is being translated, by whom and how far; the glossary of official terms.

Segments, their translations and the memory of all translated sentences are wagtail-localize's; its own screens, which know no
moderation, are closed (translation.wagtail_hooks).
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation

from organisations.folding import fold


class Term(models.Model):
    """An official term and the one English rendering that the portal uses."""

    vi = models.CharField(_("tiếng Việt"), max_length=200, unique=True)
    en = models.CharField(_("tiếng Anh"), max_length=200)
    wrong = models.CharField(
        _("cách dịch không dùng"), max_length=300, blank=True, help_text=_("Cách nhau dấu gạch đứng: |")
    )
    note = models.CharField(_("ghi chú"), max_length=300, blank=True)
    folded = models.CharField(max_length=200, editable=False, db_index=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("thuật ngữ")
        verbose_name_plural = _("thuật ngữ")
        ordering = ["vi"]

    def __str__(self):
        return f"{self.vi} – {self.en}"

    def save(self, *args, **kwargs):
        self.folded = fold(self.vi)[:200]
        super().save(*args, **kwargs)

    @property
    def wrong_forms(self):
        return [form.strip() for form in self.wrong.split("|") if form.strip()]


class Work(models.Model):
    """A Vietnamese page on its way into English. Outlives the page, so that nothing that was translated is lost."""

    class Status(models.TextChoices):
        OPEN = "open", _("Đang dịch")
        SUBMITTED = "submitted", _("Chờ duyệt")
        DONE = "done", _("Đã đăng")

    page = models.OneToOneField(
        Page, models.SET_NULL, null=True, related_name="translation_work", verbose_name=_("trang tiếng Việt")
    )
    title = models.CharField(_("tiêu đề"), max_length=255)
    translation = models.OneToOneField(Translation, models.SET_NULL, null=True, related_name="work")
    status = models.CharField(_("tình trạng"), max_length=10, choices=Status.choices, default=Status.OPEN)
    translator = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("người dịch")
    )
    # Somebody gave this draft to be translated; without it a translator sees published pages alone.
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    given_at = models.DateTimeField(_("giao lúc"), null=True)
    note = models.CharField(_("lời nhắn"), max_length=300, blank=True)
    # Of the Vietnamese text: as it stands now, as the translator has it before them, as it was last handed in in English.
    digest = models.CharField(max_length=32, blank=True)
    opened_digest = models.CharField(max_length=32, blank=True)
    translated_digest = models.CharField(max_length=32, blank=True)
    stale_since = models.DateTimeField(_("cũ từ lúc"), null=True, db_index=True)
    changed_at = models.DateTimeField(_("sửa lần cuối"), auto_now=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("bản dịch")
        verbose_name_plural = _("bản dịch")
        ordering = ["-changed_at"]

    def __str__(self):
        return self.title

    @property
    def is_stale(self):
        """Whether the English page says less or other than the Vietnamese one does now."""
        return self.stale_since is not None

    @property
    def is_outdated(self):
        """Whether the Vietnamese text has changed since the translator opened it."""
        return bool(self.digest) and self.digest != self.opened_digest


class Confirmed(models.Model):
    """A translator has said that what a check objects to in this translation is right as it is."""

    translation = models.OneToOneField(StringTranslation, models.CASCADE, related_name="confirmed")
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("xác nhận")
        verbose_name_plural = _("xác nhận")

    def __str__(self):
        return self.text[:60]
