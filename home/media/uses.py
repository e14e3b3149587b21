"""What pages showed when they were published: by its content, so that it can be proved later and old addresses lead on."""

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy
from wagtail.models import Page, ReferenceIndex

from editorial import after_publish
from editorial.publications import Event

from ..visibility import unrestricted
from .models import PortalFile, PortalImage, ShownFile


@after_publish.step("home.shown_files", gettext_lazy("Ghi lại tệp và ảnh đã đăng"), [Event.PUBLISHED])
def note_shown(happening):
    """What the page shows now."""
    if happening.page and happening.page.live:
        record([happening.page.specific])


def record(pages):
    """Keep which files and pictures the live `pages` show; in a number of queries that does not grow with them."""
    shown = {"file": _shown(pages, PortalFile), "image": _shown(pages, PortalImage)}
    ShownFile.objects.bulk_create(
        (
            ShownFile(page_id=page, sha256=sha256, **{f"{kind}_id": item.pk})
            for kind, rows in shown.items()
            for page, item in rows
            if (sha256 := item.known_sha256())
        ),
        ignore_conflicts=True,
    )


def _shown(pages, model):
    """(page id, item) of every item of `model` that one of `pages` refers to."""
    kind = ContentType.objects.get_for_model(model).pk
    pairs = {
        (page.pk, int(to_id))
        for page in pages
        for to_type, to_id, *_ways in ReferenceIndex._extract_references_from_object(page)
        if to_type == kind
    }
    items = model.objects.in_bulk({to_id for _page, to_id in pairs}) if pairs else {}
    return [(page, items[to_id]) for page, to_id in sorted(pairs) if to_id in items]


def page_that_showed(file):
    """The public page that showed `file` last, and may show another in its place today; None without one."""
    shown = ShownFile.objects.filter(file=file).order_by("-since", "-pk")
    pages = Page.objects.live().filter(unrestricted(), pk__in=shown.values("page"))
    order = list(shown.values_list("page_id", flat=True))
    return min(pages, key=lambda page: order.index(page.pk), default=None)
