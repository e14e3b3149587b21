"""What the page of a document tells beside the document: its status, what changed it, and what it changed."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from home.days import day_typed
from home.names import local_name
from home.screens import context_of
from home.structured import json_ld
from home.visibility import unrestricted

from .citations import citing
from .models import DocumentPage, Relation
from .status import Status, status_on

Verb = Relation.Verb
PREVIEW_PAGES, PREVIEW_LENGTH = 3, 12_000
# What a relation is called at the document it points to.
PASSIVE = {
    Verb.BASED_ON: _("Là căn cứ của"),
    Verb.GUIDES: _("Được quy định chi tiết, hướng dẫn bởi"),
    Verb.AMENDS: _("Được sửa đổi bởi"),
    Verb.SUPPLEMENTS: _("Được bổ sung bởi"),
    Verb.REPLACES: _("Bị thay thế bởi"),
    Verb.REPEALS: _("Bị bãi bỏ bởi"),
    Verb.CORRECTS: _("Được đính chính bởi"),
    Verb.CONSOLIDATES: _("Được hợp nhất trong"),
    Verb.SUSPENDS: _("Bị ngưng hiệu lực bởi"),
    Verb.REFERS_TO: _("Được dẫn chiếu trong"),
}
EVENTS = {
    Verb.AMENDS: _("Được sửa đổi"),
    Verb.SUPPLEMENTS: _("Được bổ sung"),
    Verb.REPLACES: _("Bị thay thế"),
    Verb.REPEALS: _("Bị bãi bỏ"),
    Verb.CORRECTS: _("Được đính chính"),
    Verb.CONSOLIDATES: _("Được hợp nhất"),
    Verb.SUSPENDS: _("Bị ngưng hiệu lực"),
}


@dataclass(frozen=True)
class Event:
    """A line of the history, as on vbpl.vn: day, what happened, by which document, to which part."""

    day: date
    what: str | Promise
    source: DocumentPage | None = None
    clause: str = ""


@context_of(DocumentPage)
def document_context(document, request):
    """`status` on `day` (today, or `?ngay=2018-12-31`), `history`, `acts_on` and `acted_on_by` by kind, `questions_of` and `questions_to` it, which nobody confirmed, `citation`, and the pages it is `cited_in`."""
    today = timezone.localdate()
    day = day_typed(request.GET.get("ngay", "")) or today
    outgoing, incoming = outgoing_of(document), incoming_to(document)
    told = [relation for relation in incoming if relation.is_fact]
    status = status_on(document, day)
    address = document.get_full_url(request)
    issuers = [row.issuer for row in document.document_issuers.select_related("issuer")]
    return {
        "status": status,
        "day": day,
        "is_today": day == today,
        "history": history_of(document, told),
        "acts_on": grouped([one for one in outgoing if one.is_told], lambda relation: relation.get_kind_display()),
        "acted_on_by": grouped(told, lambda relation: PASSIVE[relation.kind]),
        "questions_of": grouped([one for one in outgoing if not one.is_told], question_label),
        "questions_to": grouped([one for one in incoming if one.is_pending], lambda relation: PASSIVE[relation.kind]),
        "issuers": issuers,
        "attachments": [with_preview(row) for row in document.files.select_related("file__words")],
        "citation": citation_of(document),
        "cited_in": citing(document),
        "canonical_url": address,
        "dublin_core": dublin_core(document, address, issuers),
        "structured_data": json_ld(legislation(document, address, issuers, status_on(document, today))),
    }


def outgoing_of(document):
    """What the document does, in its order; a target that not everybody may read is named as the document names it."""
    outgoing = list(document.relations.select_related("target").order_by("sort_order"))
    targets = [relation.target_id for relation in outgoing if relation.target_id]
    readable = set(DocumentPage.objects.readable().filter(pk__in=targets).values_list("pk", flat=True))
    for relation in outgoing:
        # Told or not is a matter of the target, which is forgotten here.
        relation.is_told = relation.is_fact
        if relation.target_id not in readable:
            relation.target = None
    return outgoing


def incoming_to(document):
    """What documents that everybody may read do to this one, oldest first."""
    incoming = Relation.objects.filter(target=document.pk, page__live=True).filter(unrestricted("page__"))
    return list(incoming.select_related("page").order_by("page__issued"))


def question_label(relation):
    """What the document says it does, and that it may not count."""
    return _("%(what)s (%(standing)s)") % {
        "what": relation.get_kind_display(),
        "standing": str(relation.get_standing_display()).lower(),
    }


def with_preview(row):
    """A file's row with `preview`, its first pages as text, and `page_count`, where they are known."""
    words = getattr(row.file, "words", None)
    pages = words.pages[:PREVIEW_PAGES] if words else []
    row.preview = "\n\n".join(page.strip() for page in pages if page.strip())[:PREVIEW_LENGTH]
    row.page_count = words.page_count if words and row.file.file_extension.lower() == "pdf" else 0
    return row


def dublin_core(document, address, issuers):
    """(name, content) of the page's metadata, with the elements that TT 24/2011/TT-BTTTT, article 4, asked of state portals."""
    pairs = [
        ("DC.title", document.name),
        ("DC.description", document.abstract),
        *(("DC.creator", local_name(issuer)) for issuer in issuers),
        ("DC.publisher", local_name(document.publisher)),
        ("DC.date", document.issued.isoformat()),
        ("DC.type", str(document.get_kind_display())),
        ("DC.identifier", document.number or address),
        ("DC.subject", document.field.name if document.field else ""),
        ("DC.language", "vi"),
    ]
    return [(name, value) for name, value in pairs if value]


FORCE = {Status.IN_FORCE: "InForce", Status.PARTLY: "PartiallyInForce"}


def legislation(document, address, issuers, status):
    """schema.org/Legislation; a sample is none."""
    data = {
        "@type": "CreativeWork" if document.is_sample else "Legislation",
        "@id": address,
        "name": document.name,
        "legislationIdentifier": document.number,
        "legislationType": str(document.get_kind_display()),
        "description": document.abstract,
        "legislationDate": document.issued.isoformat(),
        "legislationDateVersion": document.from_day.isoformat() if document.from_day else None,
        "legislationLegalForce": f"https://schema.org/{FORCE.get(status, 'NotInForce')}",
        "legislationPassedBy": [{"@type": "GovernmentOrganization", "name": local_name(issuer)} for issuer in issuers],
        "inLanguage": "vi",
    }
    return {name: value for name, value in data.items() if value}


def history_of(document, incoming):
    """Events in the order of their days."""
    events = [Event(document.issued, _("Được ban hành"))]
    if document.from_day:
        events.append(Event(document.from_day, _("Có hiệu lực")))
    for relation in incoming:
        if relation.kind in EVENTS:
            day = relation.date or relation.page.from_day or relation.page.issued
            events.append(Event(day, EVENTS[relation.kind], relation.page, relation.clause))
    if document.until_day:
        events.append(Event(document.until_day, _("Hết hiệu lực toàn bộ")))
    return sorted(events, key=lambda event: event.day)


def grouped(relations, label):
    """{label: relations}, in the order of Relation.Verb."""
    order = {kind: place for place, kind in enumerate(Verb.values)}
    groups = {}
    for relation in sorted(relations, key=lambda relation: order[relation.kind]):
        groups.setdefault(str(label(relation)), []).append(relation)
    return groups


def citation_of(document):
    """As another document names it: "Quyết định số 16/2017/QĐ-UBND ngày 20/3/2017 của Ủy ban nhân dân tỉnh"."""
    issuers = ", ".join(local_name(row.issuer) for row in document.document_issuers.select_related("issuer"))
    issued = document.issued
    parts = {"name": document.name, "day": f"{issued.day:02}/{issued.month}/{issued.year}", "issuers": issuers}
    return (_("%(name)s ngày %(day)s của %(issuers)s") % parts) if issuers else f"{parts['name']} ({parts['day']})"
