"""A transactional test starts on emptied tables; give it back what the first migrate makes."""

import pytest
from wagtail.models import Collection, Locale, Page


@pytest.fixture
def restored_root(transactional_db):
    Locale.objects.get_or_create(language_code="vi")
    if not Page.objects.exists():
        Page.add_root(instance=Page(title="Root", slug="root"))
    if not Collection.objects.exists():
        Collection.add_root(name="Root")
