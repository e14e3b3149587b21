"""Documents for tests."""

import datetime

from documents.models import DocumentIssuer, DocumentPage, DocumentRegisterPage, Issuer, Relation
from documents.numbers import parse

UBND = "Ủy ban nhân dân tỉnh Quảng Ngãi"


def day(text):
    """A day from "20/3/2017"."""
    return datetime.datetime.strptime(text, "%d/%m/%Y").date()


def issuer_named(name):
    return Issuer.objects.named(name)


def make_register(organisation):
    return organisation.home_page.add_child(
        instance=DocumentRegisterPage(title="Văn bản", slug="van-ban", show_in_menus=True)
    )


def make_document(register, number, issued, relations=(), issuers=(UBND,), live=True, **fields):
    """A document in `register`; `relations` are (kind, number, other fields)."""
    parsed = parse(number)
    values = {"kind": (parsed.kind if parsed else None) or "khac", "abstract": f"Về việc thứ {number}"} | fields
    page = DocumentPage(number=number, issued=day(issued), live=False, **values)
    page.document_issuers = [DocumentIssuer(issuer=issuer_named(name)) for name in issuers]
    page.relations = [Relation(kind=kind, target_number=target, **rest) for kind, target, rest in relations]
    register.add_child(instance=page)
    revision = page.save_revision()
    if live:
        revision.publish()
    return DocumentPage.objects.get(pk=page.pk)
