"""Which documents a register shows, a page at a time, and how many: for its screen, feed, API and exports."""

from django.core.cache import cache
from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Q

from organisations.scoping import organisation_of

from .kinds import Kind
from .models import DocumentPage, Issuer
from .status import status_on

PER_PAGE = 20
COUNTS_SECONDS = 60


def documents_of(register):
    """Documents that a register shows: its organisation's, and those of the province in the fields it shares.

    The province's shows those of all organisations.
    """
    organisation = organisation_of(register)
    documents = DocumentPage.objects.listed(register.locale.language_code)
    if organisation.is_province:
        return documents
    shared = list(register.shared_fields.values_list("pk", flat=True))
    if not shared:
        return documents.of(organisation)
    return documents.filter(Q(publisher=organisation) | Q(publisher__kind="province", field__in=shared))


def issuers_of(documents, name):
    """Bodies that issued some of `documents`, from the cache."""
    issued = documents.order_by().filter(document_issuers__issuer=OuterRef("pk"))
    ids = cache.get_or_set(
        f"document-issuers:{name}",
        lambda: list(Issuer.objects.filter(Exists(issued)).values_list("pk", flat=True)),
        COUNTS_SECONDS,
    )
    return Issuer.objects.filter(pk__in=ids)


def counts_by_kind(documents, name):
    """[(kind, label, number)] of the register as a whole, most first; counted once a minute."""
    rows = cache.get_or_set(
        f"document-kinds:{name}",
        lambda: list(documents.order_by().values_list("kind").annotate(number=Count("pk")).order_by("-number")),
        COUNTS_SECONDS,
    )
    return [(kind, Kind(kind).label, number) for kind, number in rows]


class DocumentPaginator(Paginator):
    """Pages through ids; a page holds the documents themselves, each with its `status` on the day.

    `scanned` says that no index helps: then one reading of the table gives the ids of all pages and their number.
    """

    def __init__(self, documents, day, scanned=False):
        pks = documents.values_list("pk", flat=True)
        super().__init__(list(pks) if scanned else pks, PER_PAGE)
        self.day = day

    def page(self, number):
        page = super().page(number)
        page.object_list = DocumentPage.objects.in_order(list(page.object_list))
        for document in page.object_list:
            document.status = status_on(document, self.day)
        return page
