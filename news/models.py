"""Articles: what they are, where they stand, and who wrote them."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable, PageManager
from wagtail.search import index

from home.blocks import BodyBlock
from home.fields import QuietStreamField
from home.media.models import PortalImage
from home.models import BasePage
from home.names import SharedSubject
from organisations.fields import NameSortField
from organisations.folding import fold
from organisations.models import Organisation, User
from organisations.owned import Scope, owned
from organisations.scoping import organisation_of

from .forms import NewsPageForm
from .querysets import NewsPageQuerySet


class Category(SharedSubject):
    """A subject that all sites share, so that the province can list one subject across its organisations."""

    class Meta(SharedSubject.Meta):
        verbose_name = _("lĩnh vực")
        verbose_name_plural = _("lĩnh vực")


@owned(Scope.VIEWSET)
class Contributor(models.Model):
    """Whose name stands under an article. The pen name is public; the account behind it is not."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="contributors", verbose_name=_("đơn vị")
    )
    pen_name = models.CharField(_("bút danh"), max_length=100)
    user = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("tài khoản")
    )
    name_folded = models.CharField(max_length=100, editable=False)
    name_sort = NameSortField("pen_name")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("tác giả")
        verbose_name_plural = _("tác giả")
        ordering = ["name_sort"]
        constraints = [models.UniqueConstraint(fields=["organisation", "pen_name"], name="one_pen_name_a_place")]

    def __str__(self):
        return self.pen_name

    def save(self, *args, **kwargs):
        self.name_folded = fold(self.pen_name)[:100]
        super().save(*args, **kwargs)


class NewsSectionPage(BasePage):
    """A section of a site (chuyên mục); lists its articles by subject and month."""

    introduction = models.TextField(_("lời giới thiệu"), blank=True, max_length=500)

    screens_needed = ("context", "feed")

    template = "news/news_section_page.html"
    parent_page_types = ["home.ProvinceHomePage", "home.OrganisationHomePage"]
    subpage_types = ["news.NewsPage"]
    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("chuyên mục tin")
        verbose_name_plural = _("chuyên mục tin")


class NewsPage(BasePage):
    """An article. `section` and `publisher` repeat the tree so that an index can order each list by date."""

    class Genre(models.TextChoices):
        ITEM = "tin", _("Tin")
        ARTICLE = "bai", _("Bài")
        PHOTO_STORY = "anh", _("Phóng sự ảnh")
        VIDEO = "video", _("Video")
        REPLY = "tra-loi", _("Trả lời bạn đọc")

    lead = models.TextField(_("sapo"), max_length=600, help_text=_("Đoạn tóm tắt đứng đầu bài, tối đa 600 ký tự."))
    body = QuietStreamField(BodyBlock(), blank=True, verbose_name=_("nội dung"))
    main_image = models.ForeignKey(
        PortalImage, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("ảnh chính")
    )
    main_image_alt = models.CharField(
        _("mô tả ảnh chính"), max_length=255, blank=True, help_text=_("Cho người không nhìn thấy ảnh.")
    )
    main_image_caption = models.CharField(_("chú thích ảnh chính"), max_length=300, blank=True)
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("lĩnh vực")
    )
    genre = models.CharField(_("thể loại"), max_length=10, choices=Genre.choices, default=Genre.ITEM)
    source_name = models.CharField(
        _("nguồn"), max_length=200, blank=True, help_text=_("Chỉ ghi khi đăng lại từ nơi khác.")
    )
    source_url = models.URLField(_("địa chỉ nguồn"), blank=True)
    event_date = models.DateField(_("ngày diễn ra sự kiện"), null=True, blank=True)
    published_at = models.DateTimeField(_("ngày đăng"), null=True, blank=True, editable=False)
    section = models.ForeignKey(NewsSectionPage, models.PROTECT, related_name="+", editable=False)
    publisher = models.ForeignKey(Organisation, models.PROTECT, related_name="+", editable=False)

    section.wagtail_reference_index_ignore = True
    publisher.wagtail_reference_index_ignore = True

    screens_needed = ("context",)

    template = "news/news_page.html"
    parent_page_types = ["news.NewsSectionPage"]
    subpage_types = []
    base_form_class = NewsPageForm
    objects = PageManager.from_queryset(NewsPageQuerySet)()
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("lead"),
        FieldRowPanel(["genre", "category", "event_date"]),
        MultiFieldPanel(["main_image", "main_image_alt", "main_image_caption"], heading=_("Ảnh chính")),
        FieldPanel("body"),
        InlinePanel("bylines", heading=_("Tác giả"), label=_("Tác giả")),
        MultiFieldPanel(["source_name", "source_url"], heading=_("Nguồn, khi đăng lại")),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("lead"),
        index.FilterField("published_at"),
        index.FilterField("category"),
        index.FilterField("publisher"),
    ]

    class Meta:
        verbose_name = _("tin, bài")
        verbose_name_plural = _("tin, bài")
        indexes = [
            models.Index(fields=["-published_at", "-page_ptr"], name="news_by_date"),
            models.Index(fields=["section", "-published_at", "-page_ptr"], name="news_by_section"),
            models.Index(fields=["publisher", "-published_at", "-page_ptr"], name="news_by_publisher"),
            models.Index(fields=["category", "-published_at", "-page_ptr"], name="news_by_category"),
            models.Index(fields=["genre", "-published_at"], name="news_by_genre"),
            # Few articles are: without it, the pictures of a site are looked for in all it ever published.
            models.Index(
                fields=["publisher", "-published_at", "-page_ptr"],
                condition=models.Q(genre__in=["anh", "video"]),
                name="news_with_pictures",
            ),
        ]

    def clean(self):
        super().clean()
        if self.main_image and not self.main_image_alt:
            self.main_image_alt = self.main_image.alt_text
        if self.main_image and not self.main_image_alt:
            raise ValidationError({"main_image_alt": _("Hãy mô tả ảnh chính cho người không nhìn thấy ảnh.")})
        if self.source_url and not self.source_name:
            raise ValidationError({"source_name": _("Hãy ghi tên nguồn của địa chỉ này.")})

    def save(self, *args, **kwargs):
        if self.live and self.published_at is None:
            self.published_at = self.first_published_at or timezone.now()
        if self.section_id is None:
            self.place_in(self.get_parent())
        return super().save(*args, **kwargs)

    def place_in(self, section):
        """Note the section and the organisation that the tree says; for a new article and after a move."""
        self.section_id = section.pk
        self.publisher = organisation_of(section)

    def with_content_json(self, content):
        """A revision's content, except what belongs to the article as a whole whatever its revision says."""
        page = super().with_content_json(content)
        page.published_at = self.published_at
        page.section_id = self.section_id
        page.publisher_id = self.publisher_id
        return page

    @classmethod
    def can_create_at(cls, parent):
        """Only where an organisation publishes, not in the template of sites."""
        return super().can_create_at(parent) and organisation_of(parent) is not None

    @property
    def can_be_proposed(self):
        """The province's own articles are on its home page without being proposed; the English edition has its own."""
        return not self.publisher.is_province

    def get_template(self, request, *args, **kwargs):
        if request.GET.get("in") is not None:
            return "news/news_page_print.html"
        return super().get_template(request, *args, **kwargs)


class Byline(Orderable):
    """One author of an article and the share of the work, in percent; royalties are reckoned from it."""

    page = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="bylines")
    contributor = models.ForeignKey(Contributor, models.PROTECT, related_name="bylines", verbose_name=_("bút danh"))
    share = models.PositiveSmallIntegerField(_("phần đóng góp (%)"), default=100)

    panels = [FieldRowPanel(["contributor", "share"])]

    class Meta(Orderable.Meta):
        verbose_name = _("tác giả")
        verbose_name_plural = _("tác giả")
        constraints = [
            models.CheckConstraint(condition=models.Q(share__gte=1, share__lte=100), name="byline_share_percent")
        ]
