"""Documents (văn bản), and the registers they stand in."""

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.effect import effect_changed
from documents.kinds import Kind as DocumentKind
from documents.models import DocumentFile, DocumentPage, DocumentRegisterPage, Field, Issuer
from documents.status import Status, having_status
from home.media.models import FileText

from ..numbers import forms_of
from . import filters
from .kind import Asked, Group, Parts, PublicKind
from .pages import PAGES, SECTION_NAMES, plain_parts, plainly_found
from .texts import body_texts

DOCUMENTS = Group("document", _("Văn bản"), 2)


def prepared(documents: "QuerySet[DocumentPage]") -> "QuerySet[DocumentPage]":
    files = Prefetch("files", DocumentFile.objects.only("page_id", "file_id", "sort_order"))
    return documents.select_related("field").prefetch_related("document_issuers__issuer", files)


def parts(document: DocumentPage) -> Parts:
    issuers = [row.issuer.name for row in document.document_issuers.all()]
    return Parts(
        kind=document.kind,
        heading=f"{document.name}: {document.abstract}" if document.number else document.abstract,
        starts=[document.abstract],
        texts=[document.abstract, *body_texts(document), document.signer, *issuers],
        lead=document.abstract,
        files=[row.file_id for row in document.files.all()],
        facts={
            "field": document.field.name if document.field else "",
            "issuer": issuers,
            "published": document.issued,
            "year": document.issued.year,
            "from_day": document.from_day,
            "until_day": document.until_day,
            "partly_day": document.partly_day,
            "suspended_day": document.suspended_day,
            "resumed_day": document.resumed_day,
            "override": document.status_override,
            "sample": document.is_sample or None,
            "own_numbers": forms_of(document.number),
        },
    )


def found(documents: "QuerySet[DocumentPage]", asked: Asked) -> "QuerySet[DocumentPage]":
    question = asked.question
    by_words = Q()
    for word in asked.words:
        by_words &= Q(search_text__contains=word)
    status = having_status(Status(question.status), timezone.localdate()) if question.status else Q()
    issuer = question.chosen.get("issuer")
    issued_by = Q(pk__in=DocumentPage.objects.filter(document_issuers__issuer__name=issuer).values("pk"))
    return documents.filter(
        by_words | numbered(asked.keys),
        status,
        issued_by if issuer else Q(),
        filters.of_publisher(question),
        filters.chosen_values(question, kind="kind", field="field__name", year="issued__year"),
        filters.on_days(question, "issued", is_moment=False),
        # Says in the document's own table what its page says: with it, an index is enough.
        public_in=question.locale,
    )


def numbered(keys: list[str]) -> Q:
    """Documents with the number that the first of `keys` means."""
    if not keys or "." in keys[0]:
        return Q(pk__in=[])
    kind, _colon, number = keys[0].rpartition(":")
    serial, _slash, rest = number.upper().partition("/")
    condition = Q(number_key__startswith=f"{serial}/{rest}" if rest.strip("/") and rest[:1] != "/" else f"{serial}/")
    letters = kind.upper() or rest.rpartition("/")[2]
    return condition & Q(number_key__contains=f"/{letters}") if letters else condition


KINDS = [
    PublicKind(
        name="document",
        model=DocumentPage,
        group=DOCUMENTS,
        prepared=prepared,
        parts=parts,
        queued_by={Field: "field", Issuer: "document_issuers__issuer", FileText: "files__file__words"},
        queued_by_signals=(effect_changed,),
        value_names={"kind": dict(DocumentKind.choices), "status": dict(Status.choices)},
        found=found,
        day="issued",
        is_translated=True,
        names_in_english={"field": Field, "body": Issuer},
    ),
    PublicKind(
        name="register",
        model=DocumentRegisterPage,
        group=PAGES,
        parts=plain_parts("chuyen-muc"),
        value_names=SECTION_NAMES,
        found=plainly_found("chuyen-muc"),
    ),
]
