"""The index held against the database, page by page."""

from dataclasses import dataclass, field

from . import index
from .building import build
from .rebuilding import batches

PART = 1000


@dataclass
class Differences:
    """Ids of pages that the index lacks, has without reason, or has in another state than the database."""

    indexed: int = 0
    missing: set = field(default_factory=set)
    extra: set = field(default_factory=set)
    changed: set = field(default_factory=set)


def differences(server, between=lambda done: None):
    """Compare every public page with what the live index says of it; `between` is called after each batch."""
    held = digests(server)
    found = Differences(indexed=len(held))
    seen = set()
    for pks in batches():
        for pk, document in build(pks).items():
            seen.add(pk)
            if pk not in held:
                found.missing.add(pk)
            elif held[pk] != document["digest"]:
                found.changed.add(pk)
        between(len(pks))
    found.extra = held.keys() - seen
    return found


def digests(server):
    """{page id: digest} of everything in the live index."""
    if not index.holders(server, index.live_alias()):
        return {}
    server.indices.refresh(index=index.live_alias())
    held, after = {}, None
    while True:
        found = server.search(
            index=index.live_alias(),
            query={"match_all": {}},
            source=["digest"],
            size=PART,
            sort=[{"id": "asc"}],
            search_after=after,
            track_total_hits=False,
        )["hits"]["hits"]
        held |= {int(hit["_id"]): hit["_source"]["digest"] for hit in found}
        if len(found) < PART:
            return held
        after = found[-1]["sort"]
