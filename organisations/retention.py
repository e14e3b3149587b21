"""How long the portal keeps what it writes down about people and about its own work: one table, carried out every night.

What is not in the table is kept: pages, documents, memberships, and the record of each decision (who, when, and the SHA-256 of
what was decided). Personal data is kept no longer than what it serves (Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.sessions.models import Session
from django.db import models, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .models import Membership, MembershipEvent, User
from .seams import Seam

BATCH = 1000
Past = Callable[[datetime], models.QuerySet[Any]]


@dataclass(frozen=True)
class Kept:
    """Rows that are kept for `days`, and no longer. `past(moment)` gives those from before `moment`."""

    name: str
    label: str | Promise
    days: int
    why: str | Promise
    past: Past

    def due(self, now: datetime) -> models.QuerySet[Any]:
        return self.past(now - timedelta(days=self.days))


table: Seam[Kept] = Seam(
    "an organisations.retention.Kept: rows of the room that go after some days, and why they are kept so long"
)


def clean(kept: Kept, now: datetime | None = None) -> Iterator[int]:
    """Delete what is due, a thousand rows at a time, each batch for itself; gives how many went after each.

    Can be stopped anywhere and begun again: what went is gone, the rest is still due.
    """
    due, gone = kept.due(now or timezone.now()), 0
    while ids := list(due.order_by("pk").values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            due.model._default_manager.filter(pk__in=ids).delete()
        gone += len(ids)
        yield gone


def _events(moment: datetime) -> models.QuerySet[MembershipEvent]:
    return MembershipEvent.objects.filter(at__lt=moment)


def _unanswered(moment: datetime) -> models.QuerySet[Membership]:
    """Invitations that nobody accepted, and to which no letter was sent since."""
    recent = MembershipEvent.objects.filter(at__gte=moment).values("membership")
    return Membership.objects.filter(accepted_at=None, created_at__lt=moment).exclude(pk__in=recent)


def _never_came(moment: datetime) -> models.QuerySet[User]:
    """Accounts that an invitation made, that never got a password, and to which no invitation belongs any more."""
    nowhere = User.objects.filter(memberships=None, is_superuser=False, last_login=None, date_joined__lt=moment)
    return nowhere.filter(password__startswith="!")


def _sessions(moment: datetime) -> models.QuerySet[Session]:
    return Session.objects.filter(expire_date__lt=moment)


table.register(
    Kept(
        "membership_events",
        _("việc về thành viên"),
        5 * 365,
        _("Ai trao và thu quyền phải tra được trong một nhiệm kỳ."),
        _events,
    )
)
table.register(
    Kept("unanswered_invitations", _("lời mời không ai nhận"), 90, _("Thư mời chỉ có hạn một tuần."), _unanswered)
)
table.register(
    Kept(
        "accounts_never_used",
        _("tài khoản chưa từng dùng"),
        90,
        _("Chỉ còn tên và địa chỉ của người không nhận lời."),
        _never_came,
    )
)
table.register(Kept("sessions", _("phiên đăng nhập đã hết hạn"), 1, _("Không còn dùng được."), _sessions))
