"""What readers are told of an English page that has fallen behind its Vietnamese original."""

from datetime import timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from home.seams import page_notices

from .models import Work

DAYS = 14


@page_notices.register
def stale_notice(page, request):
    """A sentence once the Vietnamese text has been another one for longer than the site's setting allows."""
    frame = getattr(request, "frame", None)
    days = frame.settings.stale_after_days if frame else DAYS
    since = timezone.now() - timedelta(days=days)
    works = Work.objects.filter(
        page__translation_key=page.translation_key, page__locale__language_code="vi", stale_since__lte=since
    )
    moment = works.values_list("stale_since", flat=True).first()
    if moment is None:
        return ""
    sentence = _("Bản tiếng Việt của trang này đã thay đổi từ ngày %(date)s; bản tiếng Anh chưa cập nhật.")
    return sentence % {"date": date_format(timezone.localtime(moment), "j F Y")}
