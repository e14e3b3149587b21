"""A real Elasticsearch with an index of the test's own."""

import uuid

import pytest

from search import asking, index, language_model


@pytest.fixture
def server(settings):
    """A client with an index of this test's own."""
    settings.SEARCH_INDEX = f"test-{uuid.uuid4().hex[:10]}"
    language_model.forget()
    asking.try_again()
    client = index.client(30)
    assert client is not None, "make elasticsearch"
    yield client
    for name in client.indices.get(index=f"{settings.SEARCH_INDEX}*"):
        client.indices.delete(index=name)
    language_model.forget()
