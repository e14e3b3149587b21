"""The public search on Elasticsearch: how fast it is filled, how large it is, how long readers wait, and the database beside it."""

import asyncio
import io
import os
import random
import statistics
import time
from contextlib import contextmanager
from urllib.parse import urlencode

from django.conf import settings
from django.core.management import call_command
from django.test import Client
from wagtail.models import Page

from organisations.folding import fold
from search import index, language_model, query
from search.highlighting import highlighted
from search.questions import Question
from search.understanding import understand

from .load import serving
from .screens import timed

NAME = "bench"
ASKED = 200
CLIENTS = (1, 20)
KINDS = {"full page": "/tim-kiem/?", "suggestions": "/api/goi-y/?", "facets and hits as JSON": "/api/tim-kiem/?"}


def measure():
    """Figures at the portal's present size, or None where there is no Elasticsearch."""
    settings.SEARCH_INDEX = os.environ["SEARCH_INDEX"] = NAME
    server = index.client(60)
    if server is None:
        print("  no Elasticsearch (make elasticsearch): the search is not measured", flush=True)
        return None
    result = fill(server)
    words = questions(ASKED)
    with serving() as port:
        result["engine"] = {name: waits(port, paths(name, words)) for name in KINDS}
    with without_engine(), serving() as port:
        result["database"] = {"full page": waits(port, paths("full page", words[:40]))}
    result["parts"] = parts(server, words[:60])
    print(f"  search: {result}", flush=True)
    return result


def fill(server):
    """The rebuild of everything by two processes."""
    start = time.perf_counter()
    call_command("rebuild_search_index", workers=2, stdout=io.StringIO())
    seconds = time.perf_counter() - start
    pages = server.count(index=NAME)["count"]
    server.indices.forcemerge(index=NAME, max_num_segments=5, request_timeout=600)
    size = server.indices.stats(index=NAME)["_all"]["primaries"]["store"]["size_in_bytes"]
    return {"pages": pages, "a_second": round(pages / seconds), "megabytes": round(size / 1e6)}


def questions(number):
    """Two to five words on end of titles of the portal, half of them without marks; the same at each run."""
    chance = random.Random(number)
    pks = list(Page.objects.live().filter(depth__gt=4).order_by("pk").values_list("pk", flat=True))
    titles = Page.objects.filter(pk__in=chance.sample(pks, number)).order_by("pk").values_list("title", flat=True)
    asked = []
    for title in titles:
        words = title.split()
        start = chance.randrange(max(1, len(words) - 5))
        text = " ".join(words[start : start + chance.randint(2, 5)])
        asked.append(fold(text) if chance.random() < 0.5 else text)
    return asked


def paths(name, words):
    if name == "suggestions":
        words = [text[: max(2, len(text) * 2 // 3)] for text in words]
    return [KINDS[name] + urlencode({"q": text}) for text in words]


def waits(port, asked):
    """{clients: {"p50", "p95"}} in milliseconds at HTTP, each question asked once for each number of clients."""
    results = {}
    for clients in CLIENTS:
        asyncio.run(ask_all(port, asked[:20], clients))
        times = sorted(asyncio.run(ask_all(port, asked, clients)))
        results[clients] = {"p50": round(statistics.median(times), 1), "p95": round(times[int(len(times) * 0.95)], 1)}
    return results


async def ask_all(port, asked, clients):
    left, times = list(asked), []

    async def client():
        while left:
            path = left.pop()
            start = time.perf_counter()
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(f"GET {path} HTTP/1.1\r\nHost: {settings.PORTAL_DOMAIN}\r\nConnection: close\r\n\r\n".encode())
            status = await reader.readline()
            await reader.read()
            writer.close()
            if b" 200 " not in status:
                raise SystemExit(f"{path} answered {status.decode(errors='replace').strip()}")
            times.append((time.perf_counter() - start) * 1000)

    await asyncio.gather(*(client() for _number in range(clients)))
    return times


@contextmanager
def without_engine():
    """The server that is started now finds no Elasticsearch at its address."""
    address = os.environ.get("ELASTICSEARCH_URL", "")
    os.environ["ELASTICSEARCH_URL"] = "http://127.0.0.1:9"
    try:
        yield
    finally:
        os.environ["ELASTICSEARCH_URL"] = address


def parts(server, words):
    """Where the time of one full page goes: medians in milliseconds, in process."""
    counts, browser = language_model.current(), Client(headers={"host": settings.PORTAL_DOMAIN})
    times = {
        "understanding": [],
        "engine": [],
        "counting facets": [],
        "client and network": [],
        "highlighting": [],
        "all": [],
    }
    for text in words:
        times["understanding"].append(timed(lambda text=text: understand(text, counts)))
        start = time.perf_counter()
        answer = query.ask(server, Question(words=text))
        spent = (time.perf_counter() - start) * 1000
        times["engine"].append(answer.took_ms)
        times["client and network"].append(spent - answer.took_ms - times["understanding"][-1])
        bare = server.search(
            index=NAME, query={"match": {"title.f": text}}, size=0, aggs=query.aggregations(Question())
        )
        times["counting facets"].append(bare["took"])
        times["highlighting"].append(timed(lambda answer=answer: mark(answer)))
        times["all"].append(timed(lambda text=text: browser.get("/tim-kiem/", {"q": text})))
    return {name: round(statistics.median(values), 1) for name, values in times.items()}


def mark(answer):
    for hit in answer.hits:
        highlighted(hit["shown"]["title"], answer.words, 400)
        highlighted(hit["shown"]["text"], answer.words)
