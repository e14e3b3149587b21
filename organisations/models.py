"""Organisations, the people in them and their roles: the one truth that all rights derive from."""

from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .folding import fold, sort_key
from .owned import Scope, owned
from .querysets import MembershipQuerySet, OrganisationQuerySet

HOST_LABEL = r"^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$"
host_label = RegexValidator(
    HOST_LABEL,
    _("Mã chỉ gồm chữ thường không dấu, chữ số và dấu gạch nối."),
)


class User(AbstractUser):
    """A person who signs in. Names are Vietnamese: one full name, sorted by the given name."""

    full_name = models.CharField(_("họ và tên"), max_length=150, blank=True)
    phone = models.CharField(_("điện thoại"), max_length=30, blank=True)
    name_folded = models.CharField(max_length=400, blank=True, editable=False, db_index=True)
    name_sort = models.CharField(max_length=400, blank=True, editable=False)

    # Read once in the life of the object (organisations.grants, organisations.backends).
    _active_memberships: list["Membership"]
    _has_offers: bool

    class Meta:
        verbose_name = _("người dùng")
        verbose_name_plural = _("người dùng")

    def __str__(self) -> str:
        return self.get_full_name()

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.full_name:
            # Wagtail greets by first_name; a Vietnamese given name comes last.
            *family, given = self.full_name.split()
            self.first_name, self.last_name = given[:150], " ".join(family)[:150]
        name = self.get_full_name()
        self.name_folded = fold(f"{name} {self.username} {self.email}")[:400]
        self.name_sort = sort_key(" ".join(reversed(name.split())))[:400]
        super().save(*args, **kwargs)

    def get_full_name(self) -> str:
        return self.full_name or super().get_full_name() or self.username

    def get_short_name(self) -> str:
        return self.get_full_name().split()[-1]


class Organisation(models.Model):
    """A body that owns a site: the province's office, an agency, a district or a commune.

    A closed organisation (valid_to in the past) keeps its pages; successors say where its work went.
    """

    class Kind(models.TextChoices):
        PROVINCE = "province", _("Tỉnh")
        AGENCY = "agency", _("Sở, ban, ngành")
        DISTRICT = "district", _("Huyện, thành phố")
        COMMUNE = "commune", _("Xã, phường, đặc khu")

    name = models.CharField(_("tên"), max_length=200, unique=True)
    short_name = models.CharField(_("tên ngắn"), max_length=100)
    name_en = models.CharField(_("tên tiếng Anh"), max_length=200, blank=True)
    short_en = models.CharField(_("tên tiếng Anh ngắn"), max_length=100, blank=True)
    code = models.CharField(_("mã"), max_length=63, unique=True, validators=[host_label])
    kind = models.CharField(_("loại"), max_length=10, choices=Kind.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("cấp trên")
    )
    order = models.PositiveIntegerField(_("thứ tự"), default=0)
    valid_from = models.DateField(_("hoạt động từ"), null=True, blank=True)
    valid_to = models.DateField(_("hoạt động đến"), null=True, blank=True)
    successors = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="predecessors", verbose_name=_("đơn vị kế tục")
    )
    # PROTECT: a home page that an organisation lives in cannot be deleted, by whatever screen (anchors T13).
    home_page = models.OneToOneField(
        "wagtailcore.Page", models.PROTECT, related_name="organisation", verbose_name=_("trang chủ")
    )
    collection = models.OneToOneField(
        "wagtailcore.Collection", models.PROTECT, related_name="organisation", verbose_name=_("kho tệp")
    )
    # Slugs of the sections whose articles the successors list among their own, once this organisation has closed.
    handed_sections = models.JSONField(default=list, blank=True, editable=False)
    name_folded = models.CharField(max_length=200, editable=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("đơn vị")
        verbose_name_plural = _("đơn vị")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name_folded = fold(self.name)
        super().save(*args, **kwargs)

    def clean(self) -> None:
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValidationError({"valid_to": _("Ngày kết thúc không thể trước ngày bắt đầu.")})

    @property
    def is_province(self) -> bool:
        return self.kind == self.Kind.PROVINCE

    def is_open(self, on: date | None = None) -> bool:
        """Whether the organisation works on the given day (today by default)."""
        return self.valid_to is None or self.valid_to >= (on or timezone.localdate())

    def called(self, language: str) -> str:
        """Its short name in `language`; the Vietnamese one where it has no English one."""
        return (self.short_en if language == "en" else "") or self.short_name

    def named_on(self, day: date) -> "Organisation | FormerName":
        """The organisation or the FormerName with what it was called on `day`; prefetch `former_names` for many."""
        later = [former for former in self.former_names.all() if former.valid_to >= day]
        return min(later, key=lambda former: former.valid_to, default=self)


@owned(Scope.OPERATORS)
class FormerName(models.Model):
    """What an organisation was called up to and including a day."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="former_names")
    name = models.CharField(_("tên"), max_length=200)
    short_name = models.CharField(_("tên ngắn"), max_length=100)
    valid_to = models.DateField(_("đến ngày"))

    class Meta:
        verbose_name = _("tên cũ")
        verbose_name_plural = _("tên cũ")
        ordering = ["-valid_to"]

    def __str__(self) -> str:
        return self.name


@owned(Scope.OPERATORS)
class FormerHost(models.Model):
    """A hostname that leads to where the organisation's site is now."""

    hostname = models.CharField(_("tên miền cũ"), max_length=253, unique=True)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="former_hosts")

    class Meta:
        verbose_name = _("tên miền cũ")
        verbose_name_plural = _("tên miền cũ")

    def __str__(self) -> str:
        return self.hostname


@owned(Scope.OPERATORS)
class Change(models.Model):
    """What becomes of organisations from a day on: another name, or an end with or without successors.

    Several that end with one successor are a merger, one with several a split. It can be undone until its day.
    """

    class Act(models.TextChoices):
        RENAME = "rename", _("Đổi tên")
        CLOSE = "close", _("Kết thúc hoạt động")

    kind = models.CharField(_("việc"), max_length=10, choices=Act.choices)
    organisations = models.ManyToManyField(Organisation, related_name="changes", verbose_name=_("đơn vị"))
    successors = models.ManyToManyField(
        Organisation, blank=True, related_name="succeeding_changes", verbose_name=_("đơn vị kế tục")
    )
    date = models.DateField(_("từ ngày"), help_text=_("Ngày đầu tiên thay đổi có hiệu lực."))
    basis = models.CharField(_("căn cứ"), max_length=200, blank=True)
    # Of a new name: name, short_name, hostname. Of an end: sections.
    details = models.JSONField(default=dict)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", verbose_name=_("người lập"))
    created = models.DateTimeField(_("lập lúc"), auto_now_add=True)
    done_at = models.DateTimeField(_("thực hiện lúc"), null=True, blank=True)
    undone_at = models.DateTimeField(_("hủy lúc"), null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("thay đổi tổ chức")
        verbose_name_plural = _("thay đổi tổ chức")
        ordering = ["-date", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.date:%d/%m/%Y}"

    @property
    def can_be_undone(self) -> bool:
        return self.done_at is None and self.undone_at is None


class Role(models.TextChoices):
    """What a person may be in an organisation. The last four exist at the province only."""

    AUTHOR = "author", _("Cộng tác viên")
    EDITOR = "editor", _("Biên tập viên")
    APPROVER = "approver", _("Lãnh đạo duyệt")
    MANAGER = "manager", _("Quản trị trang")
    TRANSLATOR = "translator", _("Biên dịch viên")
    SECRETARY = "secretary", _("Thư ký Ban biên tập")
    BOARD = "board", _("Ban biên tập")
    OPERATOR = "operator", _("Quản trị vận hành Cổng")

    @classmethod
    def of_province(cls) -> set["Role"]:
        """Roles that only the province's organisation has."""
        return {cls.TRANSLATOR, cls.SECRETARY, cls.BOARD, cls.OPERATOR}

    @property
    def rank(self) -> int:
        """Height in the ladder; nobody but operators gives or takes a role that is not below the own one."""
        return ranks[self]


ranks = {
    Role.AUTHOR: 1,
    Role.EDITOR: 2,
    Role.TRANSLATOR: 2,
    Role.APPROVER: 3,
    Role.SECRETARY: 3,
    Role.MANAGER: 4,
    Role.BOARD: 4,
    Role.OPERATOR: 5,
}


@owned(Scope.SCREEN)
class Membership(models.Model):
    """A person holds a role at an organisation; a suspended membership gives no rights but stays on record."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships", verbose_name=_("người"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships", verbose_name=_("đơn vị"))
    role = models.CharField(_("vai trò"), max_length=10, choices=Role.choices)
    is_active = models.BooleanField(_("đang hoạt động"), default=True)
    accepted_at = models.DateTimeField(_("nhận lời lúc"), null=True, blank=True, default=timezone.now)
    # Names the one letter of invitation whose link still works.
    invitation = models.CharField(max_length=32, blank=True, editable=False)
    # When the role was taken up at a successor: once, even where the organisation has several.
    carried_over_at = models.DateTimeField(_("chuyển sang đơn vị kế tục lúc"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("từ lúc"), auto_now_add=True)
    created_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("người thêm")
    )

    objects = MembershipQuerySet.as_manager()
    # Set on those that follow from a membership at a successor (organisations.succession); they are never saved.
    is_inherited = False

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("thành viên")
        verbose_name_plural = _("thành viên")
        constraints = [
            models.UniqueConstraint(fields=["user", "organisation", "role"], name="one_membership_a_role"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="membership_role_known"),
        ]
        indexes = [models.Index(fields=["organisation", "role"])]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}, {self.organisation.short_name}"

    @property
    def status(self) -> str:
        """Invited until the person accepts, then active or suspended."""
        if self.accepted_at is None:
            return str(_("Đã mời, chưa nhận lời"))
        return str(_("Đang hoạt động") if self.is_active else _("Đã tạm dừng"))

    def clean(self) -> None:
        if self.role in Role.of_province() and not self.organisation.is_province:
            raise ValidationError({"role": _("Vai trò này chỉ có ở cấp tỉnh.")})


class MembershipEvent(models.Model):
    """What happened to a membership, for those who manage it; Wagtail's log would show it to every organisation."""

    class Action(models.TextChoices):
        INVITED = "invited", _("Mời")
        RESENT = "resent", _("Gửi lại thư mời")
        ACCEPTED = "accepted", _("Nhận lời")
        ROLE_CHANGED = "role", _("Đổi vai trò")
        SUSPENDED = "suspended", _("Tạm dừng")
        RESTORED = "restored", _("Khôi phục")
        MOVED = "moved", _("Chuyển sang từ đơn vị cũ")

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="events")
    action = models.CharField(max_length=10, choices=Action.choices)
    detail = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("việc về thành viên")
        verbose_name_plural = _("việc về thành viên")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {self.membership}"


@owned(Scope.NEVER)
class AnnualFigure(models.Model):
    """What an organisation reported for a year. An empty figure is "Không báo cáo", which is not zero."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="figures")
    year = models.PositiveSmallIntegerField(_("năm"))
    items = models.PositiveIntegerField(_("tin, bài, ảnh cập nhật mới"), null=True, blank=True)
    online_dossiers = models.PositiveIntegerField(_("hồ sơ trực tuyến mức độ 3, 4"), null=True, blank=True)

    class Meta:
        verbose_name = _("số liệu năm")
        verbose_name_plural = _("số liệu năm")
        constraints = [models.UniqueConstraint(fields=["organisation", "year"], name="one_figure_a_year")]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.year}"
