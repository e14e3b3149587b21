"""What an Office package (XLSX, DOCX) must be before anything unpacks it: judged part by part, with an end to each."""

import io
import zipfile
from collections import Counter
from typing import IO
from xml.parsers import expat

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MOST_PARTS = 1_000
MOST_UNPACKED = 80 * 1024 * 1024
MOST_IN_ONE = 40 * 1024 * 1024
# Sheets that were filled in by people pack twenty to fifty times smaller; above this size nothing packs so well.
MOST_RATIO, JUDGED_FROM = 400, 4 * 1024 * 1024
MOST_DEPTH = 200
# Elements of a kind in one part. Excel itself ends at 64,000 cell formats and 1,024 fonts.
MOST_ELEMENTS = {
    "c": 500_000,
    "row": 200_000,
    "si": 400_000,
    "font": 20_000,
    "fill": 20_000,
    "border": 20_000,
    "xf": 70_000,
}
MOST_OF_ANY_KIND = 2_500_000
MOST_OF_A_PART_NOT_OF_CELLS = 200_000
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STRICT = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL = {
    b"http://purl.oclc.org/ooxml/spreadsheetml/": b"http://schemas.openxmlformats.org/spreadsheetml/2006/",
    b"http://purl.oclc.org/ooxml/wordprocessingml/": b"http://schemas.openxmlformats.org/wordprocessingml/2006/",
    b"http://purl.oclc.org/ooxml/drawingml/": b"http://schemas.openxmlformats.org/drawingml/2006/",
    b"http://purl.oclc.org/ooxml/officeDocument/": b"http://schemas.openxmlformats.org/officeDocument/2006/",
    b"http://purl.oclc.org/ooxml/package/": b"http://schemas.openxmlformats.org/package/2006/",
    # Two names are spelled otherwise in the strict form.
    b"officeDocument/2006/relationships/extendedProperties": b"officeDocument/2006/relationships/extended-properties",
}


def workbook_in(file: IO[bytes]) -> IO[bytes]:
    """`file`, or its transitional form where it is strict OOXML; ValidationError with the reason where it may not be read."""
    head = file.read(8)
    file.seek(0)
    if head == OLE:
        raise ValidationError(_ole_reason(file.read()))
    try:
        with zipfile.ZipFile(file) as package:
            parts = package.infolist()
            _check_sizes(parts)
            _check_kind(package.namelist())
            strict = False
            for part in parts:
                if part.filename.lower().endswith((".xml", ".rels", ".vml")):
                    strict |= _check_part(package, part)
            readable = _transitional(package) if strict else file
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, EOFError) as error:
        message = _("Tệp này không phải là bảng tính XLSX. Nếu là XLS hay CSV, hãy mở ra và lưu lại dạng XLSX.")
        raise ValidationError(message) from error
    readable.seek(0)
    return readable


def _ole_reason(content: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return _("Tệp đặt mật khẩu. Hãy mở trong Excel, bỏ mật khẩu (Tệp, Thông tin, Bảo vệ) rồi lưu và tải lại.")
    return _("Tệp này là bảng tính XLS của Excel 97–2003. Hãy mở ra và lưu lại dạng XLSX.")


def _check_sizes(parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > MOST_PARTS:
        raise ValidationError(_("Tệp có quá nhiều phần bên trong."))
    if sum(part.file_size for part in parts) > MOST_UNPACKED or any(part.file_size > MOST_IN_ONE for part in parts):
        raise ValidationError(_("Tệp giải nén ra quá lớn."))
    for part in parts:
        if part.file_size > JUDGED_FROM and part.file_size > MOST_RATIO * max(part.compress_size, 1):
            raise ValidationError(_("Tệp giải nén ra quá lớn."))
        if part.flag_bits & 1:
            raise ValidationError(_("Tệp đặt mật khẩu. Hãy bỏ mật khẩu rồi lưu và tải lại."))
        if part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise NotImplementedError


def _check_kind(names: list[str]) -> None:
    if "xl/workbook.bin" in names:
        raise ValidationError(_("Tệp này là bảng tính XLSB. Hãy mở ra và lưu lại dạng XLSX."))
    if "content.xml" in names and "mimetype" in names:
        raise ValidationError(_("Tệp này là bảng tính ODS. Hãy mở ra và lưu lại dạng XLSX."))
    if "word/document.xml" in names:
        raise ValidationError(_("Tệp này là văn bản Word. Hãy chọn bảng tính XLSX."))


def _check_part(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Whether the part is in the strict form; ValidationError for what it may not hold."""
    content = package.read(part)
    counted = _Counted(is_sheet=part.filename.startswith("xl/worksheets/"), name=part.filename)
    try:
        counted.read(content)
    except expat.ExpatError as error:
        raise ValidationError(_("Không đọc được tệp này như một bảng tính XLSX.")) from error
    if counted.merged:
        message = _("Bảng có ô gộp (%(cells)s). Hãy bỏ gộp ô rồi tải lại.")
        raise ValidationError(message % {"cells": ", ".join(counted.merged[:5])})
    return _STRICT in content


class _Counted:
    """Counts the elements of a part while it is read, and stops where there are too many."""

    def __init__(self, is_sheet: bool, name: str) -> None:
        self.is_sheet, self.of_cells = is_sheet, is_sheet or name.endswith("sharedStrings.xml")
        self.counts: Counter[str] = Counter()
        self.merged: list[str] = []
        self.depth = self.total = 0

    def read(self, content: bytes) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = self._no_doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.Parse(content, True)

    def _no_doctype(self, *args: object) -> None:
        raise ValidationError(_("Không đọc được tệp này như một bảng tính XLSX."))

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        self.depth += 1
        self.total += 1
        self.counts[local] += 1
        most = MOST_OF_ANY_KIND if self.of_cells else MOST_OF_A_PART_NOT_OF_CELLS
        if self.total > most or self.depth > MOST_DEPTH or self.counts[local] > MOST_ELEMENTS.get(local, most):
            raise ValidationError(
                _("Bảng tính có quá nhiều ô, kiểu chữ hoặc định dạng. Hãy chép dữ liệu sang tệp mẫu rồi tải lại.")
            )
        if self.is_sheet and local == "mergeCell":
            self.merged.append(attributes.get("ref", "")[:20])

    def _end(self, name: str) -> None:
        self.depth -= 1


def _transitional(package: zipfile.ZipFile) -> IO[bytes]:
    """The package with the names of the older form of the standard, which readers know."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        for part in package.infolist():
            content = package.read(part)
            if part.filename.lower().endswith((".xml", ".rels")):
                for strict, name in _TRANSITIONAL.items():
                    content = content.replace(strict, name)
            copy.writestr(part.filename, content)
    return out
