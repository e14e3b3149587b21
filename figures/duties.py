"""Who keeps the law's deadlines from signing to publishing (documents.deadlines): by organisation and by document."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from commune_sites.seams import late_sources
from documents.models import DocumentPage, Issuer, PublishingDeadline
from organisations.models import Organisation


@dataclass
class Kept:
    """How an organisation kept its deadlines in a year."""

    organisation: Organisation
    year: int
    published: int = 0
    on_time: int = 0
    late: int = 0
    waiting_late: int = 0
    days: list[int] = field(default_factory=list)

    @cached_property
    def median(self) -> int | None:
        days = sorted(self.days)
        return days[len(days) // 2] if days else None

    @property
    def longest(self) -> int | None:
        return max(self.days, default=None)


@dataclass(frozen=True)
class Overdue:
    """A document of the report: working days it took, or has taken so far, and how many it had."""

    document: DocumentPage
    days: int
    allowed: int

    @property
    def over(self) -> int:
        return self.days - self.allowed


def measured(organisations: Iterable[Organisation], year: int) -> Iterator[tuple[int, int, int, int, bool]]:
    """(organisation id, document id, days, allowed, is live) of documents issued in `year`.

    A document that has not gone public counts from its issue to today; one before the first rule is left out.
    """
    deadlines, today = PublishingDeadline.in_use(), timezone.localdate()
    owned = Issuer.objects.own(organisations)
    documents = DocumentPage.objects.filter(publisher__in=organisations, issued__year=year).order_by()
    known: dict[tuple[date, date], int] = {}
    for publisher, pk, issuer, issued, live, first in documents.values_list(
        "publisher", "pk", "first_issuer", "issued", "live", "first_published_at"
    ):
        allowed = deadlines.days_for(issued, issuer in owned[publisher])
        # What went public and was taken down again was in time or not when it went public.
        if allowed is None:
            continue
        end = timezone.localdate(first) if first else today
        if (issued, end) not in known:
            known[issued, end] = deadlines.calendar.between(issued, end)
        yield publisher, pk, known[issued, end], allowed, bool(first) or live


def summary(organisations: Iterable[Organisation], year: int) -> list[Kept]:
    """A Kept for each organisation that has documents of `year`; those with most late ones first."""
    rows = {organisation.pk: Kept(organisation, year) for organisation in organisations}
    for publisher, _pk, days, allowed, is_public in measured(organisations, year):
        row = rows[publisher]
        if not is_public:
            row.waiting_late += days > allowed
            continue
        row.published += 1
        row.on_time += days <= allowed
        row.late += days > allowed
        row.days.append(days)
    shown = [row for row in rows.values() if row.published or row.waiting_late]
    return sorted(shown, key=lambda row: (-row.late - row.waiting_late, row.organisation.order))


def late_items(organisation: Organisation, year: int, most: int = 200) -> tuple[list[Overdue], int]:
    """The first `most` documents of one organisation that took, or take, longer than allowed, longest first; and how many there are."""
    late = [
        (days - allowed, pk, days, allowed)
        for _o, pk, days, allowed, _p in measured([organisation], year)
        if days > allowed
    ]
    late.sort(reverse=True)
    found = DocumentPage.objects.for_listing().in_bulk([pk for _over, pk, _days, _allowed in late[:most]])
    return [Overdue(found[pk], days, allowed) for _over, pk, days, allowed in late[:most] if pk in found], len(late)


@late_sources.register
def late_documents(organisation: Organisation) -> tuple[str, int, str]:
    """Documents of this year that are not public although their working days are over."""
    rows = summary([organisation], timezone.localdate().year)
    return _("Văn bản quá hạn đăng"), rows[0].waiting_late if rows else 0, reverse("figures:duties")
