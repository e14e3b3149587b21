"""Which documents: the glossary of the register."""

from wagtail.query import PageQuerySet

from home.visibility import restricted_paths, unrestricted


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
