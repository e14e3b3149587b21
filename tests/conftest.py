"""Shared by all tests. The database is the embedded one unless DATABASE_URL names a server."""

from pathlib import Path

import pytest
from django.conf import settings as portal_settings
from django.core.cache import cache
from django.test import SimpleTestCase
from django.utils import translation
from wagtail.models import Collection, Locale, Page

from qnportal.management.commands.compile_catalogues import compile_one
from samples import pictures

from .client import PortalClient


def pytest_configure():
    """A fresh clone has no compiled catalogues."""
    for folder in portal_settings.LOCALE_PATHS:
        for path in Path(folder).rglob("*.po"):
            compile_one(path)


SimpleTestCase.client_class = PortalClient


@pytest.fixture
def client():
    return PortalClient()


@pytest.fixture(autouse=True)
def empty_cache():
    """Site root paths live in the cache: one test's tree must not answer for the next one's."""
    cache.clear()


@pytest.fixture(autouse=True)
def vietnamese():
    """A request for an English page leaves its language to whatever the same thread does next."""
    translation.activate("vi")


@pytest.fixture(autouse=True)
def own_media_root(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def few_pictures(monkeypatch):
    """Drawing is slow and has its own test."""
    tiny = pictures.draw("bien")
    monkeypatch.setattr(pictures, "draw", lambda kind, light="sang": tiny)


@pytest.fixture
def restored_root(transactional_db):
    """A transactional test starts on emptied tables: what the first migrate makes."""
    Locale.objects.get_or_create(language_code="vi")
    if not Page.objects.exists():
        Page.add_root(instance=Page(title="Root", slug="root"))
    if not Collection.objects.exists():
        Collection.add_root(name="Root")
