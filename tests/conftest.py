"""Shared by all tests. The database is the embedded one unless DATABASE_URL names a server."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def empty_cache():
    """Site root paths live in the cache: one test's tree must not answer for the next one's."""
    cache.clear()


@pytest.fixture(autouse=True)
def own_media_root(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
