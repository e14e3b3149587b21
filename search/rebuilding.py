"""The whole index anew, beside the one that is searched; and the language model of what it holds."""

import multiprocessing
import queue
import time
from collections import Counter

from django.db import connections

from home.locks import held_alone

from . import index, language_model
from .building import build, public_pages
from .query import ask, suggest
from .questions import Question
from .queue import UNREACHABLE, EngineError, next_version, note_refused, write

BATCH = 250
MODEL_PAGES = 40_000
MODEL_WORDS = 400


# The advisory lock of a rebuild: a second one would delete the index that the first one fills.
LOCK = 7_202_612


class BusyError(Exception):
    """Another rebuild is running."""


class Rebuild:
    """`run(progress)` builds, swaps and gives the number of pages. What is published meanwhile goes into both (search.queue)."""

    def __init__(self, server, most_learnt=MODEL_PAGES):
        self.server, self.most_learnt = server, most_learnt
        self.words, self.pairs, self.texts, self.pages = Counter(), Counter(), 0, 0

    def run(self, progress, workers=1):
        """Raises BusyError where another process is at it."""
        with held_alone(LOCK) as is_alone:
            if not is_alone:
                raise BusyError
            return self.build_beside(progress, workers)

    def build_beside(self, progress, workers):
        self.clear()
        name = f"{index.live_alias()}-{int(time.time() * 1000)}"
        index.create(self.server, name)
        index.hurry(self.server, name)
        self.server.indices.put_alias(index=name, name=index.building_alias())
        total = self.fill(name, batches(), progress) if workers == 1 else self.fill_beside(name, workers, progress)
        self.swap(name)
        return total

    def fill(self, name, parts, progress):
        """Write the pages of `parts` into the index `name`; their number."""
        total = 0
        for pks in map(set, parts):
            version = next_version()
            unreadable = {}
            documents = build(pks, unreadable)
            note_refused(unreadable | write(self.server, pks - unreadable.keys(), documents, version, [name]))
            self.learn(documents.values())
            total += len(documents)
            progress(len(pks))
        return total

    def fill_beside(self, name, workers, progress):
        """The same by processes of their own, each with its share of the pages and its own connections."""
        connections.close_all()
        context = multiprocessing.get_context("fork")
        reports = context.Queue()
        shares = [(name, share, workers, MODEL_PAGES // workers, reports) for share in range(workers)]
        processes = [context.Process(target=_fill_share, args=share, daemon=True) for share in shares]
        for process in processes:
            process.start()
        total, running = 0, workers
        while running:
            kind, value = _next_report(reports, processes)
            if kind == "done":
                progress(value)
            elif kind == "failed":
                raise EngineError(value)
            else:
                running -= 1
                total += value["total"]
                self.add(value)
        return total

    def add(self, learnt):
        """What another process has learnt."""
        self.words.update(learnt["words"])
        self.pairs.update(learnt["pairs"])
        self.pages += learnt["pages"]

    def clear(self):
        """What a rebuild that was stopped left behind."""
        live = index.holders(self.server, index.live_alias())
        for name in index.holders(self.server, index.building_alias()):
            if name not in live:
                self.server.indices.delete(index=name)

    def swap(self, name):
        """From one answer to the next, readers search the new index."""
        index.hurry(self.server, name, on=False)
        self.server.indices.flush(index=name)
        self.server.indices.refresh(index=name)
        old = index.holders(self.server, index.live_alias())
        actions = [{"remove": {"index": one, "alias": index.live_alias()}} for one in old]
        actions += [
            {"add": {"index": name, "alias": index.live_alias()}},
            {"remove": {"index": name, "alias": index.building_alias()}},
        ]
        self.server.indices.update_aliases(actions=actions)
        for one in old:
            self.server.indices.delete(index=one)

    def warm(self):
        """Ask a few times, so that the first reader does not wait for a server that has just started."""
        for words in ("thủ tục hành chính", "thong bao", "16/2017", "nông thôn mới"):
            ask(self.server, Question(words=words))
            suggest(self.server, words)

    def learn(self, documents):
        for document in documents:
            self.pages += 1
            if document["locale"] != "vi" or self.texts >= self.most_learnt:
                continue
            self.texts += 1
            title = document["title"].split()
            body = " ".join(document["body"]).split()[:MODEL_WORDS]
            words, pairs = language_model.count([title] * language_model.TITLE_WEIGHT + [body])
            self.words.update(words)
            self.pairs.update(pairs)

    def store_model(self):
        """Keep what was learnt; the number of bytes."""
        return language_model.store(self.words, self.pairs, self.pages)


def _fill_share(name, share, workers, most_learnt, reports):
    """What one process of fill_beside does."""
    # The parent's client has open connections that two processes cannot share.
    index.forget_clients()
    rebuild = Rebuild(index.client(index.WRITE_TIMEOUT), most_learnt)
    try:
        total = rebuild.fill(name, batches(share=share, of=workers), lambda done: reports.put(("done", done)))
    except (EngineError, *UNREACHABLE) as error:
        reports.put(("failed", str(error)))
    except KeyboardInterrupt:
        reports.cancel_join_thread()
    else:
        learnt = {"words": rebuild.words, "pairs": rebuild.pairs, "pages": rebuild.pages}
        reports.put(("finished", learnt | {"total": total}))


def _next_report(reports, processes):
    """The next report of the processes; one that is killed makes none."""
    while True:
        try:
            return reports.get(timeout=5)
        except queue.Empty:
            if any(process.exitcode not in (None, 0) for process in processes):
                return "failed", "một tiến trình đã bị dừng"


def batches(order="pk", share=0, of=1):
    """Ids of public pages, in batches; of these those of one share."""
    batch = []
    for pk in public_pages().order_by(order).values_list("pk", flat=True).iterator(chunk_size=5000):
        if pk % of != share:
            continue
        batch.append(pk)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def learn_anew(progress=lambda number: None):
    """Make the language model of the newest pages without touching an index; the number of bytes."""
    rebuild = Rebuild(server=None)
    for pks in batches("-pk"):
        rebuild.learn(build(pks).values())
        progress(len(pks))
        if rebuild.texts >= MODEL_PAGES:
            break
    return rebuild.store_model()
