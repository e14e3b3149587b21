"""The register of legal and administrative documents: what they are, who issued them, and what they do to each other."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable, PageManager
from wagtail.search import index

from home.blocks import BodyBlock
from home.fields import QuietStreamField
from home.media.models import PortalFile
from home.models import TITLE_LENGTH, BasePage
from home.names import SharedName, SharedSubject
from organisations.folding import fold
from organisations.models import Organisation, User
from organisations.owned import Scope, owned
from organisations.scoping import organisation_of

from .bodies import body_key, folded_body
from .deadlines import Deadlines, Due, due_of
from .forms import DocumentPageForm
from .issuers import IssuerQuerySet
from .kinds import KIND_LABELS, Kind
from .numbers import KEY_LENGTH, key_of
from .panels import DuePanel, FileProblemsPanel
from .querysets import DocumentQuerySet
from .status import Status

ABSTRACT_LENGTH = 2000


class Issuer(SharedName):
    """A body that issues documents. All organisations share the list, so that one body has one name.

    `name_key` says which body it is, `name_folded` finds it without marks: communes whose names differ by a mark alone are two.
    """

    name_key = models.CharField(max_length=400, unique=True, editable=False)
    name_folded = models.CharField(max_length=300, db_index=True, editable=False)
    order = models.PositiveIntegerField(_("thứ tự"), default=100)

    objects = IssuerQuerySet.as_manager()

    class Meta(SharedName.Meta):
        verbose_name = _("cơ quan ban hành")
        verbose_name_plural = _("cơ quan ban hành")

    def clean(self):
        same = Issuer.objects.filter(name_key=body_key(self.name)).exclude(pk=self.pk).first()
        if same:
            raise ValidationError({"name": _("Cơ quan này đã có trong danh sách: %(name)s.") % {"name": same}})

    def save(self, *args, **kwargs):
        self.name_key, self.name_folded = body_key(self.name), folded_body(self.name)
        super().save(*args, **kwargs)


class Field(SharedSubject):
    """What documents are about (lĩnh vực); shared by all organisations."""

    class Meta(SharedSubject.Meta):
        verbose_name = _("lĩnh vực văn bản")
        verbose_name_plural = _("lĩnh vực văn bản")


class DocumentRegisterPage(BasePage):
    """`/van-ban/` of a site: the documents its organisation publishes; the province's shows those of all."""

    introduction = models.TextField(_("lời giới thiệu"), blank=True, max_length=500)
    shared_fields = ParentalManyToManyField(
        Field,
        blank=True,
        related_name="+",
        verbose_name=_("hiện cả văn bản của tỉnh thuộc lĩnh vực"),
        help_text=_("Văn bản của tỉnh hiện trong sổ này và dẫn về địa chỉ gốc, không sao chép."),
    )

    screens_needed = ("context", "feed", "?dang")

    template = "documents/document_register_page.html"
    parent_page_types = ["home.ProvinceHomePage", "home.OrganisationHomePage"]
    subpage_types = ["documents.DocumentPage"]
    max_count_per_parent = 1
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("shared_fields", widget=forms.CheckboxSelectMultiple),
    ]

    class Meta:
        verbose_name = _("sổ văn bản")
        verbose_name_plural = _("sổ văn bản")


class DocumentPage(BasePage):
    """A document. Key: number, kind, first issuer and day of issue; a number alone comes again every year.

    The five dates that end with `_day` are reckoned from the document and from what live documents do to it (documents.effect),
    so that the status of any day is a comparison, in the database as in Python, and changes with the calendar by itself.
    """

    class Form(models.TextChoices):
        """In whose name the signer signs (NĐ 30/2020/NĐ-CP, article 13)."""

        ON_BEHALF = "TM.", _("TM. (thay mặt)")
        FOR = "KT.", _("KT. (ký thay)")
        BY_ORDER = "TL.", _("TL. (thừa lệnh)")
        BY_MANDATE = "TUQ.", _("TUQ. (thừa ủy quyền)")
        ACTING = "Q.", _("Q. (quyền)")

    number = models.CharField(_("số, ký hiệu"), max_length=100, blank=True, help_text=_("Để trống nếu chưa có số."))
    number_key = models.CharField(max_length=KEY_LENGTH, blank=True, editable=False, db_index=True)
    kind = models.CharField(_("loại văn bản"), max_length=30, choices=Kind.choices)
    abstract = models.TextField(_("trích yếu"), max_length=ABSTRACT_LENGTH)
    search_text = models.TextField(blank=True, editable=False)
    first_issuer = models.ForeignKey(Issuer, models.PROTECT, null=True, related_name="+", editable=False)
    signer = models.CharField(_("người ký"), max_length=100, blank=True)
    signer_folded = models.CharField(max_length=100, blank=True, editable=False)
    signer_title = models.CharField(_("chức vụ người ký"), max_length=150, blank=True)
    signing_form = models.CharField(_("hình thức ký"), max_length=5, choices=Form.choices, blank=True)
    issued = models.DateField(_("ngày ban hành"))
    effective = models.DateField(_("ngày có hiệu lực"), null=True, blank=True)
    is_retroactive = models.BooleanField(
        _("có hiệu lực trở về trước"),
        default=False,
        help_text=_("Chỉ văn bản của cơ quan trung ương (Luật 80/2015/QH13, Điều 152)."),
    )
    expires = models.DateField(
        _("ngày hết hiệu lực"), null=True, blank=True, help_text=_("Ngày đầu tiên văn bản không còn hiệu lực.")
    )
    gazette_number = models.CharField(_("số Công báo"), max_length=50, blank=True)
    gazette_date = models.DateField(_("ngày đăng Công báo"), null=True, blank=True)
    field = models.ForeignKey(
        Field, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("lĩnh vực")
    )
    scope = models.CharField(_("phạm vi áp dụng"), max_length=200, blank=True)
    drafting_body = models.CharField(_("cơ quan soạn thảo"), max_length=200, blank=True)
    source = models.CharField(_("nguồn"), max_length=200, blank=True)
    body = QuietStreamField(BodyBlock(), blank=True, verbose_name=_("toàn văn"))
    status_override = models.CharField(
        _("tình trạng ấn định"),
        max_length=30,
        choices=Status.choices,
        blank=True,
        help_text=_("Chỉ dùng khi tình trạng Cổng tính ra không đúng."),
    )
    override_reason = models.CharField(_("lý do ấn định"), max_length=300, blank=True)
    is_sample = models.BooleanField(_("văn bản mẫu, không có giá trị pháp lý"), default=False, editable=False)
    from_day = models.DateField(null=True, editable=False)
    until_day = models.DateField(null=True, editable=False)
    partly_day = models.DateField(null=True, editable=False)
    suspended_day = models.DateField(null=True, editable=False)
    resumed_day = models.DateField(null=True, editable=False)
    publisher = models.ForeignKey(Organisation, models.PROTECT, related_name="+", editable=False)
    # The language of a live document, else empty: what lists select and count by without a look at the page's own row.
    # What they show is asked of that row again (querysets.in_order).
    public_in = models.CharField(max_length=10, blank=True, editable=False)

    first_issuer.wagtail_reference_index_ignore = True
    publisher.wagtail_reference_index_ignore = True

    screens_needed = ("context",)

    template = "documents/document_page.html"
    parent_page_types = ["documents.DocumentRegisterPage"]
    subpage_types = []
    base_form_class = DocumentPageForm
    objects = PageManager.from_queryset(DocumentQuerySet)()
    content_panels = [
        BasePage.content_panels[0],
        DuePanel(),
        FieldRowPanel(["number", "kind", "issued"]),
        InlinePanel("document_issuers", heading=_("Cơ quan ban hành"), label=_("Cơ quan"), min_num=1),
        FieldPanel("abstract"),
        FieldRowPanel(["effective", "expires", "field"]),
        FieldPanel("is_retroactive"),
        FieldRowPanel(["signing_form", "signer_title", "signer"]),
        FileProblemsPanel(),
        InlinePanel("files", heading=_("Tệp"), label=_("Tệp")),
        InlinePanel("relations", heading=_("Quan hệ với văn bản khác"), label=_("Quan hệ")),
        FieldPanel("body"),
        MultiFieldPanel(
            ["scope", "drafting_body", "source", "gazette_number", "gazette_date"], heading=_("Thông tin thêm")
        ),
        MultiFieldPanel(["status_override", "override_reason"], heading=_("Ấn định tình trạng")),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("abstract"), index.FilterField("issued")]

    class Meta:
        verbose_name = _("văn bản")
        verbose_name_plural = _("văn bản")
        indexes = [
            # With the days and the signer in it, lists and counts by them read the index alone.
            models.Index(
                fields=["public_in", "-issued", "-page_ptr"],
                include=[
                    "status_override",
                    "from_day",
                    "until_day",
                    "partly_day",
                    "suspended_day",
                    "resumed_day",
                    "signer_folded",
                ],
                name="document_by_date",
            ),
            models.Index(fields=["public_in", "publisher", "-issued", "-page_ptr"], name="document_by_publisher"),
            models.Index(fields=["public_in", "kind", "-issued", "-page_ptr"], name="document_by_kind"),
            models.Index(fields=["public_in", "field", "-issued", "-page_ptr"], name="document_by_field"),
            models.Index(fields=["public_in", "number_key", "page_ptr"], name="document_by_number"),
            models.Index(fields=["public_in", "-from_day", "-page_ptr"], name="document_by_effect"),
        ]

    # A document has no headline: its title is how it is cited, in lists, the explorer and the address.
    def full_clean(self, *args, **kwargs):
        self.fill_title()
        super().full_clean(*args, **kwargs)

    def minimal_clean(self):
        self.fill_title()
        super().minimal_clean()

    def fill_title(self):
        """Set the title from kind and number, or from kind and abstract where there is no number yet."""
        with translation.override(settings.LANGUAGE_CODE):
            title = self.name if self.number else f"{self.name}: {self.abstract}"
        self.title = title[:TITLE_LENGTH]

    def save(self, *args, **kwargs):
        first = next(iter(self.document_issuers.all()), None)
        self.first_issuer_id = first.issuer_id if first else None
        self.number_key = key_of(self.number)
        self.search_text = fold(f"{self.number} {self.abstract}")
        self.signer_folded = fold(self.signer)[:100]
        self.public_in = self.locale.language_code if self.live else ""
        if self.publisher_id is None:
            self.publisher = organisation_of(self.get_parent())
        return super().save(*args, **kwargs)

    def with_content_json(self, content):
        """A revision's content, except what belongs to the document as a whole whatever its revision says."""
        page = super().with_content_json(content)
        for name in (
            "publisher_id",
            "from_day",
            "until_day",
            "partly_day",
            "suspended_day",
            "resumed_day",
            "is_sample",
        ):
            setattr(page, name, getattr(self, name))
        return page

    @property
    def name(self):
        """As the document is cited: "Quyết định số 16/2017/QĐ-UBND"."""
        kind = str(KIND_LABELS.get(self.kind, self.kind))
        return _("%(kind)s số %(number)s") % {"kind": kind, "number": self.number} if self.number else kind

    def due(self, today=None) -> Due | None:
        """By when it must be public, while it is not; None where no rule says so."""
        if not self.issued or self.live:
            return None
        is_own = self.first_issuer_id in Issuer.objects.own([self.publisher])[self.publisher_id]
        return due_of(self.issued, is_own, PublishingDeadline.in_use(), today)

    @classmethod
    def can_create_at(cls, parent):
        """Only where an organisation publishes, and not in a register that is switched off."""
        return super().can_create_at(parent) and parent.live and organisation_of(parent) is not None

    def get_template(self, request, *args, **kwargs):
        if request.GET.get("in") is not None:
            return "documents/document_page_print.html"
        return super().get_template(request, *args, **kwargs)


class DocumentIssuer(Orderable):
    """One of the bodies that issued a document together."""

    page = ParentalKey(DocumentPage, on_delete=models.CASCADE, related_name="document_issuers")
    issuer = models.ForeignKey(Issuer, models.PROTECT, related_name="+", verbose_name=_("cơ quan"))

    panels = [FieldPanel("issuer")]

    class Meta(Orderable.Meta):
        verbose_name = _("cơ quan ban hành")
        constraints = [models.UniqueConstraint(fields=["page", "issuer"], name="issuer_once_a_document")]


class DocumentFile(Orderable):
    """A file of a document; the first signed one is the original."""

    class Role(models.TextChoices):
        SIGNED = "signed", _("Bản ký số (PDF)")
        WORD = "word", _("Bản soạn thảo (DOCX)")
        ANNEX = "annex", _("Phụ lục")

    page = ParentalKey(DocumentPage, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey(PortalFile, models.PROTECT, related_name="+", verbose_name=_("tệp"))
    role = models.CharField(_("là"), max_length=10, choices=Role.choices, default=Role.SIGNED)

    panels = [FieldRowPanel(["file", "role"])]

    class Meta(Orderable.Meta):
        verbose_name = _("tệp của văn bản")


@owned(Scope.SCREEN)
class Relation(Orderable):
    """What a document does to another, stored once, at the document that does it. The other may not be in the portal."""

    class Verb(models.TextChoices):
        BASED_ON = "based_on", _("Căn cứ")
        GUIDES = "guides", _("Quy định chi tiết, hướng dẫn")
        AMENDS = "amends", _("Sửa đổi")
        SUPPLEMENTS = "supplements", _("Bổ sung")
        REPLACES = "replaces", _("Thay thế")
        REPEALS = "repeals", _("Bãi bỏ")
        CORRECTS = "corrects", _("Đính chính")
        CONSOLIDATES = "consolidates", _("Hợp nhất")
        SUSPENDS = "suspends", _("Đình chỉ, ngưng hiệu lực")
        REFERS_TO = "refers_to", _("Dẫn chiếu")

    class Standing(models.TextChoices):
        """Whether it counts, by the law (documents.authority) or by the word of those whose document it changes."""

        COUNTS = "counts", _("Có giá trị")
        PENDING = "pending", _("Chờ xác nhận")
        REFUSED = "refused", _("Không được xác nhận")

    page = ParentalKey(DocumentPage, on_delete=models.CASCADE, related_name="relations")
    kind = models.CharField(_("quan hệ"), max_length=15, choices=Verb.choices)
    target = models.ForeignKey(
        DocumentPage,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="reverse_relations",
        verbose_name=_("văn bản"),
    )
    target_number = models.CharField(_("số, ký hiệu văn bản"), max_length=100, blank=True)
    target_key = models.CharField(max_length=KEY_LENGTH, blank=True, editable=False, db_index=True)
    target_issuer = models.CharField(_("cơ quan ban hành"), max_length=200, blank=True)
    target_url = models.URLField(_("địa chỉ của văn bản ngoài Cổng"), blank=True)
    clause = models.CharField(_("điều, khoản"), max_length=200, blank=True, help_text=_("Để trống nếu là toàn bộ."))
    date = models.DateField(_("kể từ ngày"), null=True, blank=True)
    # Of no meaning while the other document is not in the portal. Kept by documents.standing, never by a revision.
    standing = models.CharField(max_length=10, choices=Standing.choices, default=Standing.PENDING, editable=False)
    asks = models.ForeignKey(Organisation, models.SET_NULL, null=True, related_name="+", editable=False)

    asks.wagtail_reference_index_ignore = True
    target.wagtail_reference_index_ignore = True

    panels = [
        FieldRowPanel(["kind", "target_number", "target_issuer"]),
        FieldRowPanel(["clause", "date", "target_url"]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("quan hệ")

    @property
    def is_fact(self):
        """Whether it may be told as what is so; what the portal does not hold has nobody here to ask."""
        return self.target_id is None or self.standing == self.Standing.COUNTS

    @property
    def is_pending(self):
        """Whether those concerned have still to say whether it counts."""
        return self.target_id is not None and self.standing == self.Standing.PENDING

    def save(self, *args, **kwargs):
        self.target_key = key_of(self.target_number)
        super().save(*args, **kwargs)


@owned(Scope.SCREEN)
class RelationAnswer(models.Model):
    """What those asked said of a relation that the law does not let count by itself. It holds for these words of it alone."""

    page = models.ForeignKey(DocumentPage, models.CASCADE, related_name="+")
    target = models.ForeignKey(DocumentPage, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=15, choices=Relation.Verb.choices)
    clause = models.CharField(max_length=200, blank=True)
    date = models.DateField(null=True)
    agreed = models.BooleanField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("xác nhận quan hệ văn bản")
        verbose_name_plural = _("xác nhận quan hệ văn bản")
        constraints = [
            models.UniqueConstraint(
                fields=["page", "target", "kind", "clause", "date"],
                name="one_answer_a_relation",
                nulls_distinct=False,
            )
        ]

    def __str__(self):
        return f"{self.page} → {self.target}: {self.get_kind_display()}"


class Citation(models.Model):
    """That the text of a live page names a document, by what it says of it; which document that is, is asked when read."""

    page = models.ForeignKey("wagtailcore.Page", models.CASCADE, related_name="+")
    key = models.CharField(max_length=KEY_LENGTH, db_index=True)
    has_year = models.BooleanField()
    day = models.DateField(null=True)
    issuer = models.CharField(max_length=300, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("dẫn chiếu")
        verbose_name_plural = _("dẫn chiếu")

    def __str__(self):
        return self.key


class PublishingDeadline(models.Model):
    """Working days from signing to publishing, for documents issued from a day on (documents.deadlines)."""

    valid_from = models.DateField(_("áp dụng cho văn bản ban hành từ"), unique=True)
    own_days = models.PositiveSmallIntegerField(_("văn bản của chính đơn vị (ngày làm việc)"))
    other_days = models.PositiveSmallIntegerField(_("văn bản của cơ quan khác (ngày làm việc)"))
    basis = models.CharField(_("căn cứ"), max_length=200)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("hạn đăng văn bản")
        verbose_name_plural = _("hạn đăng văn bản")
        ordering = ["-valid_from"]

    def __str__(self):
        return self.basis

    @classmethod
    def in_use(cls) -> Deadlines:
        """All rules with the calendar that they reckon by, in two queries."""
        return Deadlines(cls.objects.order_by("valid_from"), PublicHoliday.objects.values_list("day", flat=True))


class PublicHoliday(models.Model):
    """A day off that the calendar does not tell: Tết, Giỗ Tổ, days off in lieu."""

    day = models.DateField(_("ngày"), unique=True)
    name = models.CharField(_("tên"), max_length=100)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("ngày nghỉ")
        verbose_name_plural = _("ngày nghỉ")
        ordering = ["-day"]

    def __str__(self):
        return self.name
