"""What Django tells about coming and going, about passwords and about rights taken away."""

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.translation import gettext as _

from ..models import Membership, User
from . import sessions
from .log import Kind, note


@receiver(user_logged_in, dispatch_uid="signing_in.came")
def came(request: HttpRequest, user: User, **kwargs: Any) -> None:
    sessions.begin(request, user)
    note(Kind.SIGNED_IN, request, user)


@receiver(user_logged_out, dispatch_uid="signing_in.went")
def went(request: HttpRequest, user: User | None, **kwargs: Any) -> None:
    """A session that was ended otherwise has no row any more, and is noted already."""
    if user is not None and (row := sessions.of_request(request)):
        row.delete()
        note(Kind.SIGNED_OUT, request, user)


@receiver(post_save, sender=User, dispatch_uid="signing_in.changed")
def changed(instance: User, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """A new password ends all sessions, that of who typed it too: the account screen begins another."""
    if created or raw:
        return
    # Set by set_password() until the row is saved; not by a password that is only hashed anew.
    if vars(instance).get("_password") is not None:
        note(Kind.PASSWORD_CHANGED, None, instance)
        sessions.end_all(instance, _("mật khẩu đã đổi"))
    elif not instance.is_active:
        sessions.end_all(instance, _("tài khoản bị khóa"))


@receiver(post_save, sender=Membership, dispatch_uid="signing_in.suspended")
def suspended(instance: Membership, raw: bool = False, **kwargs: Any) -> None:
    if not raw and not instance.is_active:
        sessions.end_all(instance.user, _("bị tạm dừng"))


@receiver(post_delete, sender=Membership, dispatch_uid="signing_in.removed")
def removed(instance: Membership, **kwargs: Any) -> None:
    if not Membership.objects.active().filter(user=instance.user_id).exists():
        sessions.end_all(instance.user, _("không còn vai trò nào"))
