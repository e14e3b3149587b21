"""One Chromium a test."""

import os
import shutil

import pytest
from playwright.sync_api import sync_playwright


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
def address(live_server, settings):
    """Root address of the province's page on the test's server; the admin is on its own host there, too."""
    settings.PORT = port = int(live_server.url.rsplit(":", 1)[1])
    settings.WAGTAILADMIN_BASE_URL = f"http://{settings.ADMIN_HOST}:{port}"
    return f"http://localhost:{port}"
