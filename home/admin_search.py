"""The editors' search: Wagtail's own on the database, made to find Vietnamese typed with or without marks."""

from modelsearch.backends.database.postgres.postgres import PostgresIndex, PostgresSearchBackend
from modelsearch.query import PlainText

from commune_sites.folding import fold


class QuickIndex(PostgresIndex):
    def _refresh_title_norms(self, full=False):
        """Only with a full rebuild: one changed page would otherwise cost a pass over the whole index.

        The norm weighs titles by their length when results are ranked; new entries keep the neutral 1.
        """
        if full:
            super()._refresh_title_norms(full=True)


class SearchBackend(PostgresSearchBackend):
    """Folds what is typed, since pages, images and files are indexed with a folded copy of their title."""

    index_class = QuickIndex

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
