"""The ways of searching that are compared; each gives ids of pages, best first."""

from importing.models import ImportedItem
from search import asking, index, query
from search.building import build
from search.questions import Question
from search.rebuilding import batches

DEEP = 10
# As a portal would be set up that thinks no further: one standard field for the title and one for the text.
PLAIN = {"title": {"type": "text"}, "body": {"type": "text"}}


def plain_index():
    return f"{index.live_alias()}-plain"


def make_plain(server):
    """The same pages, as they are shown, in fields of the engine's standard analyzer."""
    server.options(ignore_status=404).indices.delete(index=plain_index())
    server.indices.create(index=plain_index(), mappings={"properties": PLAIN})
    for pks in batches():
        operations = []
        for pk, document in build(pks).items():
            shown = document["shown"]
            body = " ".join([shown.get("number", ""), *document["body"]])
            operations += [{"index": {"_id": str(pk)}}, {"title": shown["title"], "body": body}]
        server.bulk(index=plain_index(), operations=operations)
    server.indices.refresh(index=plain_index())


def ours(server, words):
    return [int(hit["id"]) for hit in query.ask(server, Question(words=words), DEEP).hits]


def plain(server, words):
    asked = {"multi_match": {"query": words[:200], "fields": ["title^2", "body"]}}
    found = server.search(index=plain_index(), query=asked, size=DEEP, source=False)
    return [int(hit["_id"]) for hit in found["hits"]["hits"]]


def database(_server, words):
    return [int(hit["id"]) for hit in asking.from_database(Question(words=words), DEEP).hits]


def suggested(server, typed):
    return [int(hit["id"]) for hit in query.suggested(server, typed)][: query.SUGGESTIONS]


def imported():
    """{page id: id in the texts}"""
    return dict(ImportedItem.objects.values_list("page_id", "external_id"))


SYSTEMS = {"portal": ours, "standard": plain, "database": database}
