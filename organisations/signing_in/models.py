"""What is written down about signing in: what happened, which sessions are open, and how often somebody was wrong."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SignInEvent(models.Model):
    """Something that happened about somebody's way in. No screen changes or deletes it; it goes by the table of retention."""

    class Kind(models.TextChoices):
        SIGNED_IN = "signed_in", _("Đăng nhập")
        FAILED = "failed", _("Đăng nhập không được")
        SIGNED_OUT = "signed_out", _("Đăng xuất")
        SESSION_ENDED = "session_ended", _("Kết thúc phiên")
        RESET_ASKED = "reset_asked", _("Xin đặt lại mật khẩu")
        PASSWORD_CHANGED = "password_changed", _("Đổi mật khẩu")
        PASSWORD_WRONG = "password_wrong", _("Nhập lại mật khẩu sai")
        CODE_WRONG = "code_wrong", _("Mã xác nhận sai")
        RECOVERY_USED = "recovery_used", _("Dùng mã dự phòng")
        FACTOR_SET = "factor_set", _("Đặt xác thực bước hai")
        FACTOR_RESET = "factor_reset", _("Gỡ xác thực bước hai")

    kind = models.CharField(_("việc"), max_length=20, choices=Kind.choices)
    # Empty where no account has the name that was typed; the name itself is not kept: it may be a password.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("người")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("người làm")
    )
    address = models.CharField(_("địa chỉ mạng"), max_length=64, blank=True)
    device = models.CharField(_("thiết bị"), max_length=100, blank=True)
    detail = models.CharField(_("chi tiết"), max_length=200, blank=True)
    at = models.DateTimeField(_("lúc"), default=timezone.now, db_index=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("việc về đăng nhập")
        verbose_name_plural = _("việc về đăng nhập")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["user", "kind", "at"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {timezone.localtime(self.at):%H:%M %d/%m/%Y}"

    @property
    def user_name(self) -> str:
        """What the person signs in with; "" where nobody is known."""
        return self.user.username if self.user else ""


class OpenSession(models.Model):
    """One place where somebody is signed in. Without the row the browser's session opens nothing."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="open_sessions")
    address = models.CharField(_("địa chỉ mạng"), max_length=64, blank=True)
    device = models.CharField(_("thiết bị"), max_length=100, blank=True)
    started_at = models.DateTimeField(_("đăng nhập lúc"), default=timezone.now)
    seen_at = models.DateTimeField(_("dùng lần cuối"), default=timezone.now)
    # When the person last typed the password here.
    password_at = models.DateTimeField(default=timezone.now)
    # Whether the person also showed the second factor.
    with_factor = models.BooleanField(default=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("phiên đăng nhập")
        verbose_name_plural = _("phiên đăng nhập")
        ordering = ["-seen_at", "-pk"]

    def __str__(self) -> str:
        return self.device


class Tries(models.Model):
    """How often in a row something went wrong for one account or address, and until when it has to wait."""

    # A keyed hash: what people type as a name may be a password.
    subject = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(default=timezone.now, db_index=True)
    free_at = models.DateTimeField(default=timezone.now)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("lần thử sai")
        verbose_name_plural = _("lần thử sai")

    def __str__(self) -> str:
        return f"{self.subject[:8]}: {self.count}"


class SecondFactor(models.Model):
    """The app on a person's phone that shows a new code every half minute."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="second_factor")
    # Sealed with the portal's key (signing_in.factors): a copy of the database alone makes no codes.
    secret = models.CharField(max_length=255)
    # The half minute, counted since 1970, of the last code that was taken: neither it nor an earlier one is taken again.
    last_step = models.BigIntegerField(default=0)
    set_at = models.DateTimeField(_("đặt lúc"), default=timezone.now)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("xác thực bước hai")
        verbose_name_plural = _("xác thực bước hai")

    def __str__(self) -> str:
        return f"{self.user_id}"


class RecoveryCode(models.Model):
    """A code that is good once, for who has lost the phone; only a keyed hash of it is kept."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("mã dự phòng")
        verbose_name_plural = _("mã dự phòng")
        constraints = [models.UniqueConstraint(fields=["user", "digest"], name="recovery_code_once")]

    def __str__(self) -> str:
        return self.digest[:8]
