"""Questions to the index: from what was understood, and what was chosen beside it, to hits, counts and suggestions."""

import datetime

from django.utils import timezone

from organisations.folding import fold

from . import index, language_model
from .numbers import beginnings, number_in
from .questions import Answer
from .understanding import understand
from .vietnamese import decode_keys, words_of

PER_PAGE = 10
MOST_PAGES = 100
FACETS = ("site", "group", "kind", "field", "issuer", "year")
FACET_VALUES = 40
# More values than a facet has. The engine searches segments side by side only where every count keeps all of its values:
# with a smaller number the whole search takes half as long again.
FACET_KEPT = 1000
SUGGESTIONS = 10
FOLDED, FOLDED_BARE = 0.1, 0.5
RESCORED = 200
STATUSES = ["con-hieu-luc", "het-hieu-luc-mot-phan", "chua-co-hieu-luc", "ngung-hieu-luc", "het-hieu-luc"]
SORTS = {
    "": None,
    "moi": [{"published": {"order": "desc", "missing": "_last"}}, "_score"],
    "cu": [{"published": "asc"}, "_score"],
}


def ask(server, question, per_page=PER_PAGE):
    """The Answer of the index; raises what the client raises."""
    counts = language_model.current() if question.locale == "vi" else language_model.Words({}, {})
    understood = understand(question.words, counts, question.literally or question.locale != "vi")
    body = {
        "query": {"bool": {"must": [scored(understood, question)], "filter": filters(question)}},
        "aggs": aggregations(question),
        "from_": (question.page - 1) * per_page,
        "size": per_page,
        "source": ["id", "kind", "group", "site", "published", "closed", "shown", "issuer", "year"],
        "track_total_hits": True,
        "timeout": "600ms",
    }
    post = post_filters(question)
    if post:
        body["post_filter"] = {"bool": {"filter": post}}
    if SORTS.get(question.sort):
        body["sort"] = SORTS[question.sort]
    elif understood.meanings and question.locale != "en":
        body["rescore"] = phrases_again(understood, question)
    if question.locale == "en":
        body["query"]["bool"]["must"] = [english(question.words)]
    found = server.search(index=index.live_alias(), **body)
    return Answer(
        total=found["hits"]["total"]["value"],
        hits=[hit["_source"] for hit in found["hits"]["hits"]],
        facets=facets_of(found.get("aggregations", {})),
        shown=understood.shown,
        words=[list(meaning.words) for meaning in understood.meanings],
        took_ms=found["took"],
    )


def english(words):
    fields = ["title_en^2", "body_en"]
    return {
        "bool": {
            "should": [
                {"multi_match": {"query": words[:200], "fields": fields, "type": "cross_fields", "operator": "and"}}
            ]
        }
    }


def scored(understood, question):
    """The scoring part: numbers first, then words, then what is newer, in force and open."""
    if understood.is_empty:
        return {"match_none": {}}
    parts = [words_query(understood)] if understood.meanings else []
    if understood.number:
        parts = [number_query(understood.number), *([weighted(parts[0], 0.5)] if parts else [])]
        query = {"bool": {"must": [parts[0]], "should": parts[1:]}}
    else:
        query = {"bool": {"must": parts, "filter": [enough_words(understood)]}}
    return {
        "function_score": {
            "query": query,
            "functions": preferences(),
            "score_mode": "multiply",
            "boost_mode": "multiply",
        }
    }


def preferences():
    """Small advantages between pages that fit alike."""
    today = timezone.localdate().isoformat()
    return [
        {"filter": {"term": {"closed": True}}, "weight": 0.6},
        {"filter": {"term": {"sample": True}}, "weight": 0.6},
        {"filter": {"range": {"until_day": {"lte": today}}}, "weight": 0.97},
        {
            "filter": {"term": {"group": "news"}},
            "gauss": {"published": {"origin": today, "scale": "1460d", "offset": "30d", "decay": 0.98}},
        },
    ]


def weighted(query, boost):
    return {"bool": {"must": [query], "boost": boost}}


def number_query(keys):
    """Documents by their own number before those that have it in the title, before those that cite it."""
    parts = []
    for place, key in enumerate(keys):
        for name, score in (("own_numbers", 100), ("title_numbers", 60), ("cited_numbers", 30)):
            parts.append({"constant_score": {"filter": {"term": {name: key}}, "boost": score * (0.8**place)}})
    return {"dis_max": {"queries": parts}}


def words_query(understood):
    meanings = [weighted(meaning_query(meaning, understood.is_bare), meaning.weight) for meaning in understood.meanings]
    return {"dis_max": {"queries": meanings, "tie_breaker": 0.1}}


def meaning_query(meaning, is_bare):
    """Exact words and pairs; the folded copies count a tenth, or half where the query has no marks at all."""
    exact = copy_query(meaning.text, len(meaning.words), "", "p")
    folded = copy_query(meaning.text, len(meaning.words), ".f", "pf")
    return {"bool": {"should": [*exact, weighted({"bool": {"should": folded}}, FOLDED_BARE if is_bare else FOLDED)]}}


def copy_query(text, length, suffix, pairs):
    parts = [{"multi_match": {"query": text, "fields": [f"title{suffix}^2", f"body{suffix}"], "type": "cross_fields"}}]
    if length > 1:
        parts += [
            {"match": {f"title.{pairs}": {"query": text, "boost": 2}}},
            {"match": {f"body.{pairs}": {"query": text, "boost": 1.5}}},
        ]
    return parts


def phrases_again(understood, question):
    """Whole phrases, asked only of the best by words and pairs: reading places is what costs most."""
    share = FOLDED_BARE if understood.is_bare else FOLDED
    meanings = [
        weighted(
            {"bool": {"should": [*phrases(meaning.text, "", 1), *phrases(meaning.text, ".f", share)]}}, meaning.weight
        )
        for meaning in understood.meanings
        if len(meaning.words) > 1
    ]
    query = {"dis_max": {"queries": meanings or [{"match_none": {}}], "tie_breaker": 0.1}}
    return {"window_size": max(RESCORED, question.page * PER_PAGE), "query": {"rescore_query": query}}


def phrases(text, suffix, share):
    return [
        {"match_phrase": {f"title{suffix}": {"query": text, "boost": 2 * share}}},
        {"match_phrase": {f"body{suffix}": {"query": text, "boost": share}}},
    ]


def enough_words(understood):
    """Half of the words of one meaning must be there; without this a question finds nearly everything."""
    return {
        "bool": {
            "should": [
                {
                    "multi_match": {
                        "query": text,
                        "fields": ["title.f", "body.f"],
                        "type": "cross_fields",
                        "minimum_should_match": "1<50%",
                    }
                }
                for text in dict.fromkeys(fold(meaning.text) for meaning in understood.meanings)
            ],
            "minimum_should_match": 1,
        }
    }


def filters(question):
    """What every hit and every count must satisfy."""
    parts = [{"term": {"locale": question.locale}}]
    days = {}
    if question.since:
        days["gte"] = question.since.isoformat()
    if question.until:
        days["lt"] = (question.until + datetime.timedelta(days=1)).isoformat()
    if days:
        parts.append({"range": {"published": days | {"time_zone": "+07:00"}}})
    if question.chosen.get("scope"):
        parts.append({"term": {"site": question.chosen["scope"]}})
    return parts


def post_filters(question, but=""):
    """Choices among the facets; a facet's own choice does not narrow its own counts."""
    parts = [{"term": {name: question.chosen[name]}} for name in FACETS if question.chosen.get(name) and name != but]
    if question.status and but != "status":
        parts.append(status_filter(question.status))
    return parts


def status_filter(status):
    """What documents.status.having_status says, in the index's words."""
    today = timezone.localdate().isoformat()
    begun = {"bool": {"must_not": [{"range": {"from_day": {"gt": today}}}]}}
    ended = {"range": {"until_day": {"lte": today}}}
    suspended = {
        "bool": {
            "filter": [{"range": {"suspended_day": {"lte": today}}}],
            "must_not": [{"range": {"resumed_day": {"lte": today}}}],
        }
    }
    partly = {"range": {"partly_day": {"lte": today}}}
    conditions = {
        "chua-co-hieu-luc": ([{"range": {"from_day": {"gt": today}}}], []),
        "het-hieu-luc": ([begun, ended], []),
        "ngung-hieu-luc": ([begun, suspended], [ended]),
        "het-hieu-luc-mot-phan": ([begun, partly], [ended, suspended]),
        "con-hieu-luc": ([begun], [ended, suspended, partly]),
    }
    yes, no = conditions[status]
    reckoned = {"bool": {"filter": yes, "must_not": [*no, {"exists": {"field": "override"}}]}}
    return {
        "bool": {
            "filter": [{"term": {"group": "document"}}],
            "should": [{"term": {"override": status}}, reckoned],
            "minimum_should_match": 1,
        }
    }


def aggregations(question):
    """Counts of each facet under the choices of the others."""
    asked = {}
    for name in FACETS:
        terms = {"terms": {"field": name, "size": FACET_VALUES, "shard_size": FACET_KEPT}}
        others = post_filters(question, but=name)
        # A filter that lets everything through would still be asked about every hit.
        asked[name] = {"filter": {"bool": {"filter": others}}, "aggs": {"values": terms}} if others else terms
    documents = [{"term": {"group": "document"}}, *post_filters(question, but="status")]
    rarer = {"filters": {"filters": {status: status_filter(status) for status in STATUSES[1:]}}}
    asked["status"] = {"filter": {"bool": {"filter": documents}}, "aggs": {"values": rarer}}
    return asked


def counts_by_status(answer):
    """{status: number}; what is in none of the other four is in force, as most are, and is not asked about."""
    counts = {status: bucket["doc_count"] for status, bucket in answer["values"]["buckets"].items()}
    return {STATUSES[0]: answer["doc_count"] - sum(counts.values())} | counts


def facets_of(aggregations):
    """{facet: [(value, number)]}, most first."""
    facets = {}
    for name, answer in aggregations.items():
        if name == "status":
            facets[name] = [(status, number) for status, number in counts_by_status(answer).items() if number]
        else:
            buckets = answer.get("values", answer)["buckets"]
            facets[name] = [(str(bucket["key"]), bucket["doc_count"]) for bucket in buckets]
    return facets


def suggest(server, typed, locale="vi", site=""):
    """[{"title", "url"}] of at most SUGGESTIONS pages whose title goes on where `typed` stops."""
    return titles_of(suggested(server, typed, locale, site))


def titles_of(hits):
    """[{"title", "url"}] of at most SUGGESTIONS of `hits`, each title once."""
    kept = {}
    for hit in hits:
        shown = hit["shown"]
        kept.setdefault(shown["title"], {"title": shown["title"], "url": shown["url"]})
    return list(kept.values())[:SUGGESTIONS]


def suggested(server, typed, locale="vi", site=""):
    """What the index holds of the pages to suggest, best first."""
    typed = " ".join(typed.split())[:100]
    if not typed:
        return []
    words = [decode_keys(word) or word if fold(word) == word else word for word in words_of(typed)]
    query = {"bool": {"should": suggestion_tiers(" ".join(words), typed), "minimum_should_match": 1}}
    parts = [{"term": {"locale": locale}}, *([{"term": {"site": site}}] if site else [])]
    found = server.search(
        index=index.live_alias(),
        query={"bool": {"must": [query], "filter": parts}},
        source=["id", "shown.title", "shown.url"],
        size=SUGGESTIONS * 2,
        track_total_hits=False,
        timeout="300ms",
    )
    return [hit["_source"] for hit in found["hits"]["hits"]]


def whole_words_tiers(text):
    """All words but the last as they are in the title, before words that only begin alike."""
    whole, _space, _last = text.rpartition(" ")
    return [
        ({"bool": {"must": [{"match_phrase": {words: text}}, {"match_phrase": {title: whole}}]}}, score)
        for words, title, score in (("suggest.w", "title", 20), ("suggest.wf", "title.f", 10))
        if whole
    ]


def suggestion_tiers(text, typed):
    """Constant scores: the title's start before words inside it, exact before folded; a number's start with the first."""
    tiers = [
        ({"match": {"suggest": {"query": text, "operator": "and"}}}, 100),
        ({"match": {"suggest.f": {"query": text, "operator": "and"}}}, 60),
        *whole_words_tiers(text),
        ({"match_phrase": {"suggest.w": text}}, 40),
        ({"match_phrase": {"suggest.wf": text}}, 20),
        ({"match": {"suggest.wf": {"query": text, "operator": "and"}}}, 3),
    ]
    parts = [{"constant_score": {"filter": query, "boost": score}} for query, score in tiers]
    parts += [
        {"constant_score": {"filter": {"term": {"own_numbers": key}}, "boost": 120}} for key in number_in(typed)[0][:1]
    ]
    parts += [
        {"constant_score": {"filter": {"prefix": {"own_numbers": key}}, "boost": 90}} for key in beginnings(typed)
    ]
    return parts
