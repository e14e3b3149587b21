"""Texts of a page as the index takes them."""

from typing import Any

from wagtail.rich_text import get_text_for_indexing


def body_texts(page: Any) -> list[str]:
    """Plain texts of the blocks of a page's body."""
    body = getattr(page, "body", None)
    return body.stream_block.get_searchable_content(body) if body else []


def rich_text(markup: str) -> str:
    return get_text_for_indexing(markup)


def body_files(page: Any) -> list[int]:
    """Ids of the files that stand in a page's body, without a query."""
    raw = page.body.raw_data if page.body else []
    return [pk for block in raw if block["type"] == "files" for pk in _file_ids(block["value"])]


def _file_ids(value: Any) -> list[int]:
    items = value.get("items", []) if isinstance(value, dict) else []
    return [item["value"] if isinstance(item, dict) else item for item in items]
