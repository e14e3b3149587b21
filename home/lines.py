"""What takes lines that people bring in, of a spreadsheet or of another system, reads them with."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

YEARS = range(1945, 2101)


class LineError(Exception):
    """Why a line cannot be taken, as the person who imports reads it. No ValueError, which readers of dates and numbers catch."""


def text_of(data: Mapping[str, Any], key: str) -> str:
    """The text under `key`; empty where there is none."""
    value = data.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise LineError(f"“{key}” phải là chữ.")
    return value.strip()


def moment(value: str) -> datetime.datetime | None:
    """The moment of an ISO date, with or without time; a day begins at midnight of the portal's time zone."""
    if not value:
        return None
    try:
        day = parse_date(value)
        found = datetime.datetime.combine(day, datetime.time.min) if day else parse_datetime(value)
    except ValueError:
        found = None
    if found is None or found.year not in YEARS:
        raise LineError(f"ngày đăng “{value[:40]}” không hợp lệ (cần dạng 2018-12-31).")
    return timezone.make_aware(found) if timezone.is_naive(found) else found


def day_of(text: str, key: str) -> datetime.date | None:
    """The day of an ISO date under `key`; None for nothing."""
    if not text:
        return None
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None or day.year not in YEARS:
        raise LineError(f"“{key}”: ngày “{text[:40]}” không hợp lệ (cần dạng 2018-12-31).")
    return day


def texts(value: Any, key: str) -> list[str]:
    """A text or a list of texts, as a list."""
    values = [value] if isinstance(value, str) else [] if value is None else value
    if not isinstance(values, list) or not all(isinstance(text, str) for text in values):
        raise LineError(f"“{key}” phải là chữ hoặc danh sách chữ.")
    return [text.strip() for text in values if text.strip()]


def shortened(text: str, length: int) -> str:
    """`text`, or its first words with an ellipsis, at most `length` characters."""
    if len(text) <= length:
        return text
    return text[: length - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
