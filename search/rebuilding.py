"""The whole index anew, beside the one that is searched; and the language model of what it holds."""

import time
from collections import Counter

from . import index, model
from .building import build, public_pages
from .query import Question, ask, suggest
from .queue import next_version, write

BATCH = 250
MODEL_PAGES = 40_000
MODEL_WORDS = 400


class Rebuild:
    """`run(progress)` builds, swaps and gives the number of pages. What is published meanwhile goes into both (search.queue)."""

    def __init__(self, server):
        self.server = server
        self.words, self.pairs, self.texts, self.pages = Counter(), Counter(), 0, 0

    def run(self, progress):
        self.clear()
        name = f"{index.live_alias()}-{int(time.time() * 1000)}"
        index.create(self.server, name)
        self.server.indices.put_alias(index=name, name=index.building_alias())
        total = 0
        for pks in batches():
            version = next_version()
            documents = build(pks)
            write(self.server, pks, documents, version, [name])
            self.learn(documents.values())
            total += len(documents)
            progress(len(pks))
        self.swap(name)
        return total

    def clear(self):
        """What a rebuild that was stopped left behind."""
        live = index.holders(self.server, index.live_alias())
        for name in index.holders(self.server, index.building_alias()):
            if name not in live:
                self.server.indices.delete(index=name)

    def swap(self, name):
        """From one answer to the next, readers search the new index."""
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
            if document["locale"] != "vi" or self.texts >= MODEL_PAGES:
                continue
            self.texts += 1
            title = document["title"].split()
            body = " ".join(document["body"]).split()[:MODEL_WORDS]
            words, pairs = model.count([title] * model.TITLE_WEIGHT + [body])
            self.words.update(words)
            self.pairs.update(pairs)

    def store_model(self):
        """Keep what was learnt; the number of bytes."""
        return model.store(self.words, self.pairs, self.pages)


def batches(order="pk"):
    """Ids of public pages, in batches."""
    batch = []
    for pk in public_pages().order_by(order).values_list("pk", flat=True).iterator(chunk_size=5000):
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
