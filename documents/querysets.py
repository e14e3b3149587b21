"""Which documents: the glossary of the register."""

from wagtail.query import PageQuerySet

from home.visibility import unrestricted


class DocumentQuerySet(PageQuerySet):
    def readable(self):
        """Documents that everybody may read."""
        return self.live().filter(unrestricted())

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
        """The documents `pks` as a list shows them, in that order."""
        found = self.for_listing().in_bulk(pks)
        return [found[pk] for pk in pks if pk in found]
