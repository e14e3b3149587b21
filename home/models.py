"""The page family of every site: home pages, standard pages, and what a site says about itself."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.http import Http404, HttpResponsePermanentRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index
from wagtail.url_routing import RouteResult

from editorial.panels import EditorialStatusPanel
from editorial.requests import withdrawal_of
from editorial.revisions import replaceable, writing
from editorial.rules import EditorialPermissionTester
from organisations.folding import fold
from organisations.models import Organisation
from organisations.owned import Scope, owned
from organisations.policies import MembershipSitePolicy

from .addresses import own_root
from .admin.references import OwnReferencesForm
from .alternates import alternates_of
from .blocks import BodyBlock
from .fields import QuietStreamField
from .forms import PortalPageForm
from .media.models import FileText, PortalFile, PortalImage, PortalRendition
from .screens import answer_for, with_screens
from .seams import notices_about
from .slugs import free_slug, vietnamese_slug

__all__ = ["FileText", "PortalFile", "PortalImage", "PortalRendition"]

TITLE_LENGTH = 255
PROFILE_FEATURES = ["h3", "bold", "italic", "ol", "ul", "link"]


class BasePage(Page):
    """What all pages share: ASCII slugs, folded search, moderation rules, and a dignified end when taken down."""

    folded_title = models.CharField(max_length=600, blank=True, editable=False)

    # What must be registered for a class before it can be served (home.screens): "context", "feed", "?parameter".
    screens_needed: tuple[str, ...] = ()

    # True for a model whose pages no reader ever sees: it needs no kind in the search (search.checks).
    is_private_kind = False
    # A copy is a draft of whoever copies: nobody has locked it.
    default_exclude_fields_in_copy = [*Page.default_exclude_fields_in_copy, "locked", "locked_by", "locked_at"]
    base_form_class = PortalPageForm
    content_panels = [EditorialStatusPanel(), FieldPanel("title", classname="title", widget=AdminAutoHeightTextInput)]
    promote_panels = [
        MultiFieldPanel(
            ["slug", "seo_title", "search_description", "show_in_menus"], heading=_("Địa chỉ và công cụ tìm kiếm")
        )
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("folded_title", boost=2),
        index.AutocompleteField("folded_title"),
    ]

    class Meta:
        abstract = True

    # Wagtail fills a blank slug in its own clean methods, badly for Vietnamese; ours must come before (style.md).
    def full_clean(self, *args, **kwargs):
        self._fill_slug()
        super().full_clean(*args, **kwargs)

    def minimal_clean(self):
        self._fill_slug()
        if self.title and not vietnamese_slug(self.title):
            raise ValidationError({"title": _("Tiêu đề phải có chữ hoặc số, không thể chỉ gồm biểu tượng.")})
        super().minimal_clean()

    def clean(self):
        super().clean()
        if self.title and not vietnamese_slug(self.title):
            raise ValidationError({"title": _("Tiêu đề phải có chữ hoặc số, không thể chỉ gồm biểu tượng.")})

    def _fill_slug(self):
        if self.slug or not self.title:
            return
        base = vietnamese_slug(self.title)
        parent = self.get_parent() if self.path else None
        self.slug = free_slug(self, parent, base) if base and parent else base

    def save(self, *args, **kwargs):
        self.folded_title = fold(self.title)[:600]
        return super().save(*args, **kwargs)

    def save_revision(self, user=None, *args, overwrite_revision=None, **kwargs):
        """The one door through which text gets in; PageClosed where it is shut (editorial.revisions)."""
        with writing(self, user):
            return super().save_revision(user, *args, overwrite_revision=replaceable(overwrite_revision), **kwargs)

    def get_url_parts(self, request=None):
        return own_root(super().get_url_parts(request))

    def permissions_for_user(self, user):
        return EditorialPermissionTester(user, self)

    def make_preview_request(self, original_request=None, preview_mode=None, extra_request_attrs=None):
        """Drawn in the admin; which host shows it stands on the answer (home.previews)."""
        response = super().make_preview_request(original_request, preview_mode, extra_request_attrs)
        response.shown_on = urlsplit(self.full_url or "").hostname or settings.PORTAL_DOMAIN
        return response

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        if self.pk and getattr(request, "frame", None):
            context["alternates"] = alternates_of(self, request)
        if self.pk and self.locale.language_code != settings.LANGUAGE_CODE:
            context["notices"] = notices_about(self, request)
        return with_screens(context, self, request)

    def route(self, request, path_components):
        """A page taken down by request keeps its address, which says so (410)."""
        if not path_components and not self.live:
            withdrawal = withdrawal_of(self)
            if withdrawal:
                return RouteResult(self, kwargs={"withdrawal": withdrawal})
        return super().route(request, path_components)

    def serve(self, request, *args, withdrawal=None, **kwargs):
        if withdrawal:
            context = {"page": self, "withdrawal": withdrawal}
            return TemplateResponse(request, "home/withdrawn_page.html", context, status=410)
        return answer_for(self, request) or super().serve(request, *args, **kwargs)


class HomePageMixin:
    """A home page shows what screens registered for it, and only in its own language.

    That of an organisation that has closed leads to its successor, where there is one; the pages below it stay.
    """

    def serve(self, request, *args, **kwargs):
        frame = getattr(request, "frame", None)
        if frame and not frame.organisation_is_open() and len(frame.successors) == 1 and frame.successors[0].is_public:
            return HttpResponsePermanentRedirect(frame.successors[0].url)
        return super().serve(request, *args, **kwargs)

    def route(self, request, path_components):
        language = getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE)
        if self.locale.language_code != language:
            raise Http404(_("Trang này chưa có bản tiếng Anh."))
        return super().route(request, path_components)


class ProvinceHomePage(HomePageMixin, BasePage):
    """The province's home page; its translation is the English edition's."""

    screens_needed = ("context",)

    introduction = models.TextField(_("lời giới thiệu"), blank=True, max_length=1000)

    template = "home/province_home_page.html"
    parent_page_types = ["wagtailcore.Page"]
    max_count_per_parent = 2
    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("trang chủ của tỉnh")
        verbose_name_plural = _("trang chủ của tỉnh")


class OrganisationGroupPage(BasePage):
    """Holds the home pages of one kind of organisation; never public, so that wide rights are one row."""

    kind = models.CharField(_("loại đơn vị"), max_length=10, choices=Organisation.Kind.choices, blank=True)

    is_private_kind = True
    template = "home/organisation_group_page.html"
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["home.OrganisationHomePage"]
    is_creatable = False
    content_panels = [*BasePage.content_panels, FieldPanel("kind", read_only=True)]

    class Meta:
        verbose_name = _("nhóm đơn vị")
        verbose_name_plural = _("nhóm đơn vị")


class OrganisationHomePage(HomePageMixin, BasePage):
    """The home page of an agency, a district or a commune; made by provision_site only."""

    screens_needed = ("context",)

    introduction = models.TextField(_("lời giới thiệu"), blank=True, max_length=1000)

    template = "home/organisation_home_page.html"
    parent_page_types = ["home.OrganisationGroupPage"]
    is_creatable = False
    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("trang chủ của đơn vị")
        verbose_name_plural = _("trang chủ của đơn vị")


class StandardPage(BasePage):
    """A page that stays: introduction, organisation chart, contacts."""

    lead = models.TextField(_("tóm tắt"), blank=True, max_length=500)
    body = QuietStreamField(BodyBlock(), blank=True)

    template = "home/standard_page.html"
    parent_page_types = ["home.ProvinceHomePage", "home.OrganisationHomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage", "home.OrganisationProfilePage"]
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("lead", heading=_("Tóm tắt")),
        FieldPanel("body", heading=_("Nội dung")),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("lead"), index.SearchField("body")]

    class Meta:
        verbose_name = _("trang giới thiệu")
        verbose_name_plural = _("trang giới thiệu")


class OrganisationProfilePage(BasePage):
    """What one organisation is, for readers of the English edition: functions, organisation chart, contacts."""

    about = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("đơn vị"))
    functions = RichTextField(_("chức năng, nhiệm vụ"), features=PROFILE_FEATURES)
    structure = RichTextField(_("cơ cấu tổ chức"), features=PROFILE_FEATURES, blank=True)
    contact = RichTextField(_("liên hệ"), features=PROFILE_FEATURES, blank=True)

    about.wagtail_reference_index_ignore = True

    template = "home/organisation_profile_page.html"
    parent_page_types = ["home.StandardPage"]
    subpage_types = []
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("about"),
        FieldPanel("functions", heading=_("Chức năng, nhiệm vụ")),
        FieldPanel("structure", heading=_("Cơ cấu tổ chức")),
        FieldPanel("contact", heading=_("Liên hệ")),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("functions"), index.SearchField("structure")]

    class Meta:
        verbose_name = _("trang giới thiệu đơn vị")
        verbose_name_plural = _("trang giới thiệu đơn vị")


class Theme(models.TextChoices):
    """The closed list of brand colours (tokens in static/css)."""

    SEA = "bien", _("Biển")
    FOREST = "rung", _("Rừng")
    POTTERY = "gom", _("Gốm")
    PLUM = "man", _("Mận")
    STONE = "da", _("Đá")


@register_setting(icon="site")
class SiteSettings(BaseSiteSetting):
    """What a site says about the body that owns it (NĐ 43/2011/NĐ-CP, article 10, point 10)."""

    official_name = models.CharField(_("tên chính thức"), max_length=200)
    governing_body = models.CharField(_("cơ quan chủ quản"), max_length=200, blank=True)
    person_in_charge = models.CharField(_("người chịu trách nhiệm chính"), max_length=200, blank=True)
    address = models.CharField(_("địa chỉ"), max_length=300, blank=True)
    telephone = models.CharField(_("điện thoại"), max_length=60, blank=True)
    email = models.EmailField(_("thư điện tử"), blank=True)
    stale_after_days = models.PositiveSmallIntegerField(
        _("báo người đọc khi bản tiếng Anh chậm quá (ngày)"), default=14, validators=[MaxValueValidator(3650)]
    )
    theme = models.CharField(_("màu"), max_length=10, choices=Theme.choices, default=Theme.SEA)
    emblem = models.ForeignKey(
        PortalImage, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("biểu trưng")
    )

    base_form_class = OwnReferencesForm
    panels = [
        MultiFieldPanel(
            ["official_name", "governing_body", "person_in_charge", "address", "telephone", "email"],
            heading=_("Đơn vị chủ quản"),
        ),
        MultiFieldPanel(["theme", "emblem"], heading=_("Nhận diện")),
        FieldPanel("stale_after_days", heading=_("Trang tiếng Anh")),
    ]

    class Meta:
        verbose_name = _("thiết lập trang")
        verbose_name_plural = _("thiết lập trang")

    @classmethod
    def get_permission_policy(cls):
        return MembershipSitePolicy(cls)


@owned(Scope.VIEWSET)
class Alert(models.Model):
    """An emergency notice above every page of a site, or of all sites below as well, from a start to an end."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="alerts", verbose_name=_("đơn vị"))
    text = models.CharField(_("thông báo khẩn"), max_length=300)
    text_en = models.CharField(_("bằng tiếng Anh"), max_length=300, blank=True)
    url = models.URLField(_("xem thêm tại"), blank=True)
    starts = models.DateTimeField(_("bắt đầu"), default=timezone.now)
    ends = models.DateTimeField(_("kết thúc"))
    cascades = models.BooleanField(
        _("cả các trang cấp dưới"), default=False, help_text=_("Của tỉnh: mọi trang. Của huyện: các xã của huyện.")
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("thông báo khẩn")
        verbose_name_plural = _("thông báo khẩn")
        ordering = ["-starts", "-pk"]

    def __str__(self):
        return self.text

    def clean(self):
        if self.starts and self.ends and self.ends <= self.starts:
            raise ValidationError({"ends": _("Lúc kết thúc phải sau lúc bắt đầu.")})

    def holds(self, now):
        """Whether readers see it at `now`."""
        return self.starts <= now < self.ends


@owned(Scope.PAGE)
class SharedPage(models.Model):
    """A published page that sites below its organisation show on their front page; the page itself stays where it is."""

    page = models.OneToOneField("wagtailcore.Page", models.CASCADE, related_name="shared", verbose_name=_("trang"))
    owner = models.ForeignKey(Organisation, models.CASCADE, related_name="+", verbose_name=_("đơn vị"))
    kinds = models.JSONField(_("loại đơn vị"), default=list, blank=True)
    organisations = models.ManyToManyField(Organisation, blank=True, related_name="+", verbose_name=_("các đơn vị"))
    until = models.DateField(_("đến hết ngày"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created = models.DateTimeField(_("lúc"), auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("trang đưa lên các đơn vị")
        verbose_name_plural = _("trang đưa lên các đơn vị")
        ordering = ["-created", "-pk"]

    def __str__(self):
        return str(self.page)


class Preview(models.Model):
    """A page that is not public, as it was drawn for one person; kept for some minutes (home.previews)."""

    key = models.CharField(max_length=43, unique=True)
    hostname = models.CharField(max_length=253)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    html = models.TextField()
    created = models.DateTimeField(auto_now_add=True, db_index=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("bản xem trước")
        verbose_name_plural = _("bản xem trước")

    def __str__(self):
        return self.hostname
