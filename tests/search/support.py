"""What tests of the index do to it."""

from search import index, queue
from tests.factories import make_article


def publish(section, title, **fields):
    page = make_article(section, title, live=False, **fields)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def drain_all(server):
    while queue.drain(server):
        pass
    server.indices.refresh(index=index.live_alias())
