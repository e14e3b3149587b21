"""A document as data: what the API, the exports and the open data say of it."""

from urllib.parse import urlsplit

from django.db.models import Prefetch

from home.visibility import restricted_paths
from organisations.surviving import made_of

from .models import DocumentPage, Relation
from .status import status_on

# In the order of the columns of a spreadsheet: (key, heading).
COLUMNS = [
    ("number", "Số, ký hiệu"),
    ("document_type", "Loại văn bản"),
    ("title", "Trích yếu"),
    ("issuers", "Cơ quan ban hành"),
    ("signer", "Người ký"),
    ("issued", "Ngày ban hành"),
    ("effective", "Ngày có hiệu lực"),
    ("expires", "Ngày hết hiệu lực"),
    ("status", "Tình trạng"),
    ("field", "Lĩnh vực"),
    ("publisher", "Đơn vị đăng"),
    ("url", "Địa chỉ"),
]


def with_relations(documents):
    """`documents` with all that record_of reads, in a number of queries that does not grow with them."""
    relations = Relation.objects.select_related("target").order_by("sort_order", "pk")
    return documents.for_listing().prefetch_related(Prefetch("relations", queryset=relations))


def record_of(document, day):
    """What is public of `document`, its status told for `day`. Dates are dates; expires is the first day without effect."""
    status, url = status_on(document, day), document.full_url
    return {
        "id": document.pk,
        "number": document.number,
        "document_type": str(document.get_kind_display()),
        "title": document.abstract,
        "issuers": [row.issuer.name for row in document.document_issuers.all()],
        "signer": document.signer,
        "issued": document.issued,
        "effective": document.from_day,
        "expires": document.until_day,
        "status": str(status.label),
        "status_code": status.value,
        "field": document.field.name if document.field else "",
        "publisher": document.publisher.name,
        "site": urlsplit(url).hostname,
        "url": url,
        "is_sample": document.is_sample,
        "relations": [relation_record(one) for one in document.relations.all() if one.is_fact],
    }


def relation_record(relation):
    """What a document does to another; the other's address where the portal holds it and shows it."""
    target = relation.target if relation.target_id and _is_public(relation.target) else None
    return {
        "kind": relation.kind,
        "number": target.number if target else relation.target_number,
        "issuer": relation.target_issuer,
        "clause": relation.clause,
        "date": relation.date,
        "url": target.full_url if target else relation.target_url,
    }


def _is_public(page):
    return page.live and not any(page.path.startswith(path) for path in restricted_paths())


def records(documents, day, chunk=500):
    """The records of `documents`, read `chunk` at a time, in their order. One that fails is left out."""
    pks = list(documents.values_list("pk", flat=True))
    for start in range(0, len(pks), chunk):
        part = pks[start : start + chunk]
        found = with_relations(DocumentPage.objects).in_bulk(part)
        yield from made_of((found[pk] for pk in part if pk in found), lambda document: record_of(document, day))


def cells_of(record):
    """The record as a row of a spreadsheet."""
    values = (record[key] for key, _heading in COLUMNS)
    return ["; ".join(value) if isinstance(value, list) else value for value in values]
