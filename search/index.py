"""The public index: its definition, where it is, and the client that talks to it.

Texts arrive in canonical words with abbreviations written out (search.vietnamese, search.abbreviations), so that the server needs
nothing but tokens, folding, pairs and beginnings, and the same definition holds on the official server. What people are shown is
kept beside, unsearched.
"""

import logging
from functools import cache
from pathlib import Path

from django.conf import settings
from elasticsearch import Elasticsearch

logger = logging.getLogger(__name__)
# A reader waits no longer than this before the database answers instead.
TIMEOUT = 0.7
WRITE_TIMEOUT = 60
TITLE_BM25 = {"type": "BM25", "k1": 0.9, "b": 0.4}
BODY_BM25 = {"type": "BM25", "k1": 1.2, "b": 0.6}

ANALYSIS = {
    "filter": {
        "fold": {"type": "asciifolding"},
        "pairs": {"type": "shingle", "min_shingle_size": 2, "max_shingle_size": 2, "output_unigrams": False},
        "beginnings": {"type": "edge_ngram", "min_gram": 1, "max_gram": 80},
        "word_beginnings": {"type": "edge_ngram", "min_gram": 1, "max_gram": 12},
        "english_possessive": {"type": "stemmer", "language": "possessive_english"},
        "english": {"type": "stemmer", "language": "english"},
    },
    "tokenizer": {"whole": {"type": "keyword"}},
    "analyzer": {
        "exact": {"type": "custom", "tokenizer": "standard", "filter": ["lowercase"]},
        "folded": {"type": "custom", "tokenizer": "standard", "filter": ["lowercase", "fold"]},
        "exact_pairs": {"type": "custom", "tokenizer": "standard", "filter": ["lowercase", "pairs"]},
        "folded_pairs": {"type": "custom", "tokenizer": "standard", "filter": ["lowercase", "fold", "pairs"]},
        "english_text": {
            "type": "custom",
            "tokenizer": "standard",
            "filter": ["lowercase", "english_possessive", "fold", "english"],
        },
        "start": {"type": "custom", "tokenizer": "whole", "filter": ["lowercase", "beginnings"]},
        "start_folded": {"type": "custom", "tokenizer": "whole", "filter": ["lowercase", "fold", "beginnings"]},
        "whole": {"type": "custom", "tokenizer": "whole", "filter": ["lowercase"]},
        "whole_folded": {"type": "custom", "tokenizer": "whole", "filter": ["lowercase", "fold"]},
        "words": {"type": "custom", "tokenizer": "standard", "filter": ["lowercase", "word_beginnings"]},
        "words_folded": {"type": "custom", "tokenizer": "standard", "filter": ["lowercase", "fold", "word_beginnings"]},
    },
}


def _text(analyzer, similarity, **more):
    return {"type": "text", "analyzer": analyzer, "similarity": similarity, **more}


def _searched(similarity):
    """A text and its copies: folded, in pairs, in folded pairs."""
    return _text("exact", similarity) | {
        "fields": {
            "f": _text("folded", similarity),
            "p": _text("exact_pairs", similarity, index_options="freqs"),
            "pf": _text("folded_pairs", similarity, index_options="freqs"),
        }
    }


_KEYWORD, _DATE, _KEPT = {"type": "keyword"}, {"type": "date"}, {"type": "keyword", "index": False, "doc_values": False}
MAPPINGS = {
    "dynamic": "strict",
    "properties": {
        "id": _KEYWORD,
        "locale": _KEYWORD,
        "site": _KEYWORD,
        "kind": _KEYWORD,
        "group": _KEYWORD,
        "field": _KEYWORD,
        "issuer": _KEYWORD,
        "year": {"type": "short"},
        "published": _DATE,
        "from_day": _DATE,
        "until_day": _DATE,
        "partly_day": _DATE,
        "suspended_day": _DATE,
        "resumed_day": _DATE,
        "override": _KEYWORD,
        "closed": {"type": "boolean"},
        "sample": {"type": "boolean"},
        "title": _searched("title"),
        "body": _searched("body"),
        "title_en": _text("english_text", "title"),
        "body_en": _text("english_text", "body"),
        "own_numbers": _KEYWORD,
        "title_numbers": _KEYWORD,
        "cited_numbers": _KEYWORD,
        "suggest": _text("start", "title", search_analyzer="whole", norms=False)
        | {
            "fields": {
                "f": _text("start_folded", "title", search_analyzer="whole_folded", norms=False),
                "w": _text("words", "title", search_analyzer="exact", norms=False),
                "wf": _text("words_folded", "title", search_analyzer="folded", norms=False),
            }
        },
        "digest": _KEYWORD,
        "shown": {"type": "object", "enabled": False},
    },
}
SETTINGS = {
    "number_of_shards": 1,
    "number_of_replicas": 0,
    "refresh_interval": "1s",
    # How long the version of a page that went is remembered, against an answer that comes late.
    "gc_deletes": "1h",
    "similarity": {"title": TITLE_BM25, "body": BODY_BM25},
    "analysis": ANALYSIS,
}


def address():
    """The server's address: ELASTICSEARCH_URL, else that of the node beside the portal; "" where there is none.

    Without a name for the index no server is used.
    """
    if not settings.SEARCH_INDEX:
        return ""
    if settings.ELASTICSEARCH_URL:
        return settings.ELASTICSEARCH_URL
    file = Path(settings.VAR_DIR) / "elasticsearch" / "url"
    try:
        return file.read_text().strip()
    except OSError:
        return ""


@cache
def _client(url, timeout):
    return Elasticsearch(url, request_timeout=timeout, max_retries=0, retry_on_timeout=False)


def client(timeout=TIMEOUT):
    """The client, or None without a server. Nothing is sent before it is used."""
    url = address()
    return _client(url, timeout) if url else None


def forget_clients():
    """Make new clients from here on."""
    _client.cache_clear()


def live_alias():
    """The alias that is searched. Databases that share a server have names of their own."""
    return settings.SEARCH_INDEX


def building_alias():
    return f"{settings.SEARCH_INDEX}-building"


def create(server, name):
    server.indices.create(index=name, settings=SETTINGS, mappings=MAPPINGS)


def hurry(server, name, on=True):
    """While an index is filled that nobody searches: no refreshes, and the log of writes not forced to disk each time."""
    changed = {"refresh_interval": "-1", "translog": {"durability": "async"}}
    settled = {"refresh_interval": SETTINGS["refresh_interval"], "translog": {"durability": "request"}}
    server.indices.put_settings(index=name, settings=changed if on else settled)


def holders(server, alias):
    """Names of the indices behind an alias."""
    if not server.indices.exists_alias(name=alias):
        return []
    return sorted(server.indices.get_alias(name=alias))


def ensure(server):
    """An empty index behind the alias, where there is none yet."""
    if not holders(server, live_alias()):
        name = f"{live_alias()}-1"
        if not server.indices.exists(index=name):
            create(server, name)
        server.indices.put_alias(index=name, name=live_alias())
