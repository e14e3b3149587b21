"""The list of organisations with their figures, as a CSV file. A mistake in it is named by its line, and nothing is taken."""

import csv
import re
from collections.abc import Mapping
from pathlib import Path

from organisations.models import HOST_LABEL, Organisation

COLUMNS = ["code", "name", "kind", "items_2018", "online_dossiers_2018"]


class AnnexError(ValueError):
    """Why the file cannot be read, with the line."""


def read_annex(path: Path) -> list[dict[str, str | None]]:
    """The rows of the file, in its order; an empty figure is None ("Không báo cáo")."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise AnnexError(f"{path.name}: không đọc được, cần một tệp CSV mã hóa UTF-8.") from error
    numbered = [(number, line) for number, line in enumerate(lines, start=1) if line.strip() and line[0] != "#"]
    cells = list(csv.reader(line for _number, line in numbered))
    if not cells or cells[0] != COLUMNS:
        raise AnnexError(f"{path.name}: dòng tiêu đề phải là {','.join(COLUMNS)}.")
    if len(cells) != len(numbered):
        raise AnnexError(f"{path.name}: có dấu ngoặc kép mở mà không đóng.")
    rows: list[dict[str, str | None]] = []
    seen: dict[str, int] = {}
    for (number, _line), values in zip(numbered[1:], cells[1:], strict=True):
        fault = _fault(values, seen)
        if fault:
            raise AnnexError(f"{path.name}, dòng {number}: {fault}")
        seen[values[0]] = number
        rows.append({key: value.strip() or None for key, value in zip(COLUMNS, values, strict=True)})
    return rows


def _fault(values: list[str], seen: Mapping[str, int]) -> str:
    """What is wrong with a row; "" if nothing."""
    if len(values) != len(COLUMNS):
        return f"có {len(values)} cột, cần {len(COLUMNS)}."
    code, name, kind = values[:3]
    if not re.match(HOST_LABEL, code):
        return f"mã “{code}” không hợp lệ, chỉ gồm chữ thường không dấu, chữ số và dấu gạch nối."
    if code in seen:
        return f"mã “{code}” đã có ở dòng {seen[code]}."
    if not name.strip():
        return f"đơn vị “{code}” thiếu tên."
    if kind not in Organisation.Kind.values:
        return f"không biết loại đơn vị “{kind}” của “{name}”."
    wrong = [value for value in values[3:] if value.strip() and not value.strip().isdecimal()]
    return f"số liệu “{wrong[0]}” của “{name}” không phải là số." if wrong else ""
