"""A file of JSON lines: its lines as bytes, and the object of a line as the portal keeps text."""

import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

from home.lines import LineError
from organisations.legacy_text import readings
from organisations.text import composed

MOST_LINE = 20 * 1024 * 1024
# What names, places and dates stand under is no prose of Vietnamese.
NOT_PROSE = {"id", "kind", "image", "attachments", "published", "issued", "effective", "expires", "date"}


def read_lines(path: Path) -> Iterator[tuple[int, bytes | None]]:
    """(number, bytes) of the lines of a file, gzipped or not; None instead of bytes where a gzipped file breaks off.

    Of a line longer than MOST_LINE only the beginning comes, which is no whole object.
    """
    with path.open("rb") as file:
        zipped = file.read(2) == b"\x1f\x8b"
    number = 0
    with gzip.open(path, "rb") if zipped else path.open("rb") as lines:
        try:
            while line := lines.readline(MOST_LINE + 1):
                number += 1
                rest = line
                while len(rest) > MOST_LINE and not rest.endswith(b"\n"):
                    rest = lines.readline(MOST_LINE + 1)
                if line.strip():
                    yield number, line
        except (EOFError, gzip.BadGzipFile, zlib.error):
            yield number + 1, None


def decoded(line: bytes | None) -> tuple[dict[str, Any], str, bool]:
    """(the object of a line, the encoding of old it was in, whether it looks like one that nobody can tell); raises LineError."""
    if line is None:
        raise LineError("tệp nén bị hỏng hoặc bị cắt, không đọc tiếp được.")
    if len(line) > MOST_LINE:
        raise LineError(f"dòng dài hơn {MOST_LINE >> 20} MB.")
    data = _parsed(line)
    if not isinstance(data, dict):
        raise LineError("không phải là một đối tượng JSON.")
    texts = list(_prose(data))
    reading = readings(texts)
    meant = dict(zip(texts, reading.texts, strict=True))
    return _composed(data, meant), reading.encoding, reading.is_doubtful


def _parsed(line: bytes) -> Any:
    try:
        text = line.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise LineError(f"không phải UTF-8 (byte thứ {error.start + 1}).") from error
    try:
        data = json.loads(text, parse_constant=_no_number)
        json.dumps(data, ensure_ascii=False).encode("utf-8")
    except json.JSONDecodeError as error:
        raise LineError(f"không phải JSON hoặc bị cắt dở (ký tự thứ {error.pos + 1}).") from error
    except UnicodeEncodeError as error:
        raise LineError("có ký tự Unicode không hợp lệ.") from error
    except (RecursionError, ValueError) as error:
        raise LineError("JSON có giá trị quá lớn hoặc lồng quá sâu.") from error
    return data


def _no_number(name: str) -> NoReturn:
    raise LineError(f"“{name}” không phải là một số.")


def _prose(value: Any) -> Iterator[str]:
    """Texts in which people wrote, wherever they stand in the object."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for part in value:
            yield from _prose(part)
    elif isinstance(value, dict):
        for key, part in value.items():
            if key not in NOT_PROSE:
                yield from _prose(part)


def _composed(value: Any, meant: dict[str, str]) -> Any:
    if isinstance(value, str):
        return composed(meant.get(value, value))
    if isinstance(value, list):
        return [_composed(part, meant) for part in value]
    if isinstance(value, dict):
        return {composed(key): _composed(part, meant if key not in NOT_PROSE else {}) for key, part in value.items()}
    return value
