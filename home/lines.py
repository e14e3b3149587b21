"""What takes lines that people bring in, of a spreadsheet or of another system, reads them with."""

import datetime

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

YEARS = range(1945, 2101)


class LineError(ValueError):
    """Why a line cannot be taken, as the person who imports reads it."""


def text_of(data, key):
    """The text under `key`; empty where there is none."""
    value = data.get(key) or ""
    if not isinstance(value, str):
        raise LineError(f"“{key}” phải là chữ.")
    return value.strip()


def moment(value):
    """The moment of an ISO date, with or without time; a day begins at midnight of the portal's time zone."""
    if not value:
        return None
    try:
        day = parse_date(value)
        moment = datetime.datetime.combine(day, datetime.time.min) if day else parse_datetime(value)
    except ValueError:
        moment = None
    if moment is None or moment.year not in YEARS:
        raise LineError(f"ngày đăng “{value[:40]}” không hợp lệ (cần dạng 2018-12-31).")
    return timezone.make_aware(moment) if timezone.is_naive(moment) else moment


def texts(value, key):
    """A text or a list of texts, as a list."""
    values = [value] if isinstance(value, str) else value or []
    if not isinstance(values, list) or not all(isinstance(text, str) for text in values):
        raise LineError(f"“{key}” phải là chữ hoặc danh sách chữ.")
    return [text.strip() for text in values if text.strip()]


def shortened(text, length):
    """`text`, or its first words with an ellipsis, at most `length` characters."""
    if len(text) <= length:
        return text
    return text[: length - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
