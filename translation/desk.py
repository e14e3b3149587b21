"""What a translator has before them, in one list: what was begun or given, what has changed, what waits, what is not translated."""

from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from search.kinds.table import translated_models

from .models import Work
from .rights import translatable_pages, works_of

NEW_FOR = timedelta(days=14)
CHANGED = Q(stale_since__isnull=False) | ~Q(digest=F("opened_digest"))
TABS = {
    "can-lam": _("Cần làm"),
    "thay-doi": _("Bản gốc đã thay đổi"),
    "cho-duyet": _("Chờ duyệt"),
    "chua-dich": _("Chưa dịch"),
    "da-dang": _("Đã đăng"),
}


def listed(user, tab):
    """The works, or for "chua-dich" the pages, of a tab: what waits longest or is newest first."""
    works = works_of(user)
    if tab == "thay-doi":
        return works.filter(CHANGED).order_by("stale_since", "-changed_at")
    if tab == "cho-duyet":
        return works.filter(status=Work.Status.SUBMITTED).order_by("changed_at")
    if tab == "da-dang":
        return works.filter(status=Work.Status.DONE).exclude(CHANGED).order_by("-changed_at")
    if tab == "chua-dich":
        return untranslated()
    return works.filter(status=Work.Status.OPEN).order_by("-given_at", "-changed_at")


def untranslated():
    """Public Vietnamese pages without an English one and without a work, the newest first."""
    types = ContentType.objects.get_for_models(*translated_models()).values()
    english = Page.objects.filter(translation_key=OuterRef("translation_key"), locale__language_code="en")
    works = Work.objects.filter(page=OuterRef("pk"))
    pages = translatable_pages().filter(content_type__in=types).exclude(Exists(english)).exclude(Exists(works))
    return pages.select_related("content_type").order_by(F("first_published_at").desc(nulls_last=True), "-pk")


def is_new(page):
    """Whether it was published within the last days."""
    return bool(page.first_published_at) and page.first_published_at > timezone.now() - NEW_FOR
