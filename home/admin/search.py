"""The editors' search: Wagtail's own on the database, made to find Vietnamese typed with or without marks."""

from hashlib import sha256

from django.core.cache import cache
from django.core.exceptions import EmptyResultSet
from modelsearch.backends.database.postgres.postgres import PostgresIndex, PostgresSearchBackend, PostgresSearchResults
from modelsearch.query import PlainText

from organisations.folding import fold


class QuickIndex(PostgresIndex):
    def _refresh_title_norms(self, full=False):
        """Only with a full rebuild: one changed page would otherwise cost a pass over the whole index.

        The norm weighs titles by their length when results are ranked; new entries keep the neutral 1.
        """
        if full:
            super()._refresh_title_norms(full=True)


class QuickResults(PostgresSearchResults):
    """Counts what was found once for a screen: Wagtail's asks by type, in all and again to divide it into pages."""

    SECONDS = 20

    def facet(self, field_name):
        counts = super().facet(field_name)
        key = self._count_key()
        if key and field_name == "content_type_id":
            cache.set(key, sum(counts.values()), self.SECONDS)
        return counts

    def _do_count(self):
        is_part = self.start or self.stop is not None
        key = None if is_part else self._count_key()
        return cache.get_or_set(key, super()._do_count, self.SECONDS) if key else super()._do_count()

    def _count_key(self):
        """From the query itself, which names the words and the pages that the person may see; None where it can find nothing."""
        try:
            query = str(self.get_queryset().order_by().values("pk").query)
        except EmptyResultSet:
            return None
        return f"admin-count:{sha256(query.encode()).hexdigest()}"


class SearchBackend(PostgresSearchBackend):
    """Folds what is typed, since pages, images and files are indexed with a folded copy of their title."""

    index_class = QuickIndex
    results_class = QuickResults

    def search(self, query, *args, **kwargs):
        return super().search(folded(query), *args, **kwargs)

    def autocomplete(self, query, *args, **kwargs):
        return super().autocomplete(folded(query), *args, **kwargs)


def folded(query):
    """The query without marks, for text and plain text queries; other kinds are left as they are."""
    if isinstance(query, str):
        return fold(query)
    if isinstance(query, PlainText):
        return PlainText(fold(query.query_string), operator=query.operator, boost=query.boost)
    return query
