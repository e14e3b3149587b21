"""A transactional test starts on emptied tables; give it back what the first migrate makes. One Chromium a test."""

import os
import shutil

import pytest
from playwright.sync_api import sync_playwright
from wagtail.models import Collection, Locale, Page


@pytest.fixture
def browser(monkeypatch):
    # Playwright's sync interface runs a loop of its own, which Django takes for an async caller.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    executable = shutil.which("chromium") or shutil.which("google-chrome")
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=arguments)
        yield chromium
        chromium.close()


@pytest.fixture
def restored_root(transactional_db):
    Locale.objects.get_or_create(language_code="vi")
    if not Page.objects.exists():
        Page.add_root(instance=Page(title="Root", slug="root"))
    if not Collection.objects.exists():
        Collection.add_root(name="Root")
