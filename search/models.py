"""What must be told to the search engine, what editors learn from the search, and the language model. No page is here."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Orderable, Page

from home.admin.references import OwnReferencesForm
from organisations.folding import fold
from organisations.owned import Scope, owned
from organisations.policies import MembershipSitePolicy

from .vietnamese import words_of


class QueuedPage(models.Model):
    """A page that changed and that the index may not know yet. Written in the transaction that changed the page."""

    page_id = models.PositiveBigIntegerField(db_index=True)
    queued = models.DateTimeField(auto_now_add=True)
    # How often the engine has refused what the page gives it, or the page could not be read; and why.
    attempts = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=300, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("trang chờ đưa vào tìm kiếm")
        verbose_name_plural = _("trang chờ đưa vào tìm kiếm")
        ordering = ["pk"]
        # What was refused comes last.
        indexes = [models.Index(fields=["attempts", "id"], name="queued_in_order")]

    def __str__(self):
        return str(self.page_id)


@owned(Scope.SCREEN)
class AskedWords(models.Model):
    """How often something was asked on a site in a month, and whether anything was found. Who asked is not kept."""

    organisation = models.ForeignKey("organisations.Organisation", models.CASCADE, related_name="+")
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
    """The counts of search.language_model, one row."""

    data = models.BinaryField()
    pages = models.PositiveIntegerField(default=0)
    made = models.DateTimeField(auto_now=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("mô hình ngôn ngữ")
        verbose_name_plural = _("mô hình ngôn ngữ")

    def __str__(self):
        return str(self.made)


class PromotionsForm(OwnReferencesForm):
    """Takes pages of the site alone: another organisation's drafts would show their titles in this form."""

    def root_paths(self):
        """Where the site's pages stand, in every language."""
        homes = Page.objects.filter(translation_key=self.instance.site.root_page.translation_key)
        return tuple(homes.values_list("path", flat=True))

    def is_valid(self):
        valid, roots = super().is_valid(), self.root_paths()
        for form in self.formsets["results"].forms:
            page = getattr(form, "cleaned_data", {}).get("page")
            if page and not page.path.startswith(roots):
                form.add_error("page", _("Chỉ chọn được trang của chính trang này; với trang khác hãy ghi địa chỉ."))
                valid = False
        return valid


@register_setting(icon="pick")
class Promotions(ClusterableModel, BaseSiteSetting):
    """What a site puts above the results of certain words; component sites show the province's below their own."""

    base_form_class = PromotionsForm
    panels = [
        InlinePanel(
            "results",
            heading=_("Kết quả đưa lên đầu"),
            label=_("kết quả"),
            help_text=_(
                "Hiện trên mọi kết quả khi câu tìm có những từ đã ghi. Trang của tỉnh hiện ở mọi trang thành phần."
            ),
        )
    ]

    class Meta:
        verbose_name = _("kết quả tìm kiếm đưa lên đầu")
        verbose_name_plural = _("kết quả tìm kiếm đưa lên đầu")

    @classmethod
    def get_permission_policy(cls):
        return MembershipSitePolicy(cls)


class PromotedResult(Orderable):
    """One page of the site, or any address, for the words that ask for it."""

    promotions = ParentalKey(Promotions, on_delete=models.CASCADE, related_name="results")
    phrases = models.TextField(
        _("khi tìm"), max_length=600, help_text=_("Mỗi dòng một cụm từ, có dấu; người tìm gõ không dấu cũng được.")
    )
    title = models.CharField(_("tiêu đề hiện ra"), max_length=200)
    page = models.ForeignKey(Page, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("trang"))
    address = models.URLField(_("hoặc địa chỉ"), blank=True, max_length=500)

    panels = [FieldPanel("phrases"), FieldPanel("title"), FieldPanel("page"), FieldPanel("address")]

    class Meta(Orderable.Meta):
        verbose_name = _("kết quả đưa lên đầu")
        verbose_name_plural = _("kết quả đưa lên đầu")

    def __str__(self):
        return self.title

    def clean(self):
        if not any(words_of(line) for line in self.phrases.splitlines()):
            raise ValidationError({"phrases": _("Hãy ghi ít nhất một cụm từ.")})
        if bool(self.page_id) == bool(self.address):
            raise ValidationError({"page": _("Hãy chọn một trang của trang này, hoặc ghi một địa chỉ.")})

    def answers(self, words):
        """Whether one of the phrases stands, word by word, in the folded `words` of a query."""
        asked = f" {' '.join(words)} "
        lines = (" ".join(fold(word) for word in words_of(line)) for line in self.phrases.splitlines())
        return any(line and f" {line} " in asked for line in lines)
