"""Which documents: the glossary of the register."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from wagtail.query import PageQuerySet

from home.visibility import restricted_paths, unrestricted

from .numbers import key_of


@dataclass(frozen=True)
class Key:
    """What makes a document that document, as far as it is known. Empty parts are not known yet."""

    number: str
    kind: str = ""
    issuer_id: int | None = None
    issued: date | None = None


class DocumentQuerySet(PageQuerySet):
    def readable(self):
        """Documents that everybody may read."""
        return self.live().filter(unrestricted())

    def listed(self, language):
        """Readable documents in `language`, for lists: chosen from their own table alone, so that counting is cheap."""
        documents = self.filter(public_in=language)
        return documents.filter(unrestricted()) if restricted_paths() else documents

    def of(self, organisation):
        """Documents that `organisation` publishes."""
        return self.filter(publisher=organisation)

    def doubles(self, key, organisations, but=None):
        """Documents that may be that of `key`: public ones, and drafts of `organisations`; samples are never."""
        number_key = key_of(key.number)
        if not number_key:
            return self.none()
        found = self.filter(Q(live=True) | Q(publisher__in=organisations), number_key=number_key)
        known = {"kind": key.kind, "first_issuer": key.issuer_id, "issued": key.issued}
        found = found.filter(is_sample=False, **{name: value for name, value in known.items() if value})
        return found.exclude(pk=but).select_related("publisher").order_by("-live", "-issued")

    def newest(self):
        """Newest first, in the order every index of the table has."""
        return self.order_by("-issued", "-pk")

    def for_listing(self):
        """Rows as a list shows them: no text, with names, in two queries whatever their number."""
        return (
            self.defer("body", "search_text")
            .select_related("field", "publisher", "first_issuer")
            .prefetch_related("document_issuers__issuer")
        )

    def in_order(self, pks):
        """The documents `pks` as a list shows them, in that order, without any that is not public after all."""
        found = self.for_listing().readable().in_bulk(pks)
        return [found[pk] for pk in pks if pk in found]
