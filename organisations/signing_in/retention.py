"""How long the portal keeps what it noted of people coming and going."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..retention import Kept, table
from .models import SignInEvent, Tries


def _events(moment: datetime) -> models.QuerySet[SignInEvent]:
    return SignInEvent.objects.filter(at__lt=moment)


def _tries(moment: datetime) -> models.QuerySet[Tries]:
    return Tries.objects.filter(last_at__lt=moment)


table.register(
    Kept("sign_ins", _("nhật ký đăng nhập"), 730, _("Tra lại được ai đã vào trong hai năm, khi có sự cố."), _events)
)
table.register(Kept("wrong_tries", _("lần thử sai"), 30, _("Chỉ dùng để tính thời gian chờ."), _tries))
