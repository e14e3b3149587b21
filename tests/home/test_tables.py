"""Spreadsheets: headings and cells however they are written, and packages judged part by part before anything unpacks them."""

import io
import unicodedata
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from openpyxl import Workbook

from home import packages
from home.lines import LineError
from home.tables import check_cells, lines_of

HEADINGS = ["Tên *", "Ngày"]
SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData>{}</worksheet>'


def book_of(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def changed(content, change=None, **parts):
    """The package with parts changed by `change(name, bytes)`, and others added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, change(name, old.read(name)) if change else old.read(name))
        for name, text in parts.items():
            new.writestr(name, text)
    return out.getvalue()


def read(content, name="a.xlsx", **options):
    return [
        {heading: cell.value for heading, cell in values.items()}
        for _number, values in lines_of(ContentFile(content, name=name), HEADINGS, **options)
    ]


def refused(content, name="a.xlsx"):
    with pytest.raises(ValidationError) as caught:
        read(content, name)
    return caught.value.messages[0]


@pytest.mark.parametrize(
    "heading", [unicodedata.normalize("NFD", "Tên *"), "TÊN*", " tên  * ", "Tên", "Tên\n*", "Tê\u200bn *", "Tên\u00a0*"]
)
def test_headings__are_the_same_however_written(heading):
    assert read(book_of([heading, "Ngày"], ["a", "b"])) == [{"Tên *": "a", "Ngày": "b"}]


def test_headings__twice_or_missing_are_told():
    assert "Có hai cột “Tên *”" in refused(book_of(["Tên *", "tên"], ["a", "b"]))
    assert "Thiếu cột “Tên *”" in refused(book_of(["Ngày"], ["a"]))


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        (unicodedata.normalize("NFD", "Sở"), "Sở"),
        ("Về việc _x000D_\n thử", "Về việc \r\n thử"),
        ("a_x0002_ b", "a b"),
        ("a_x005F_x000D_b", "a_x000D_b"),
        ("_xD83D_a", "a"),
        ("Q\u200bĐ", "QĐ"),
    ],
)
def test_cells__are_composed_without_escapes(raw, kept):
    assert read(book_of(["Tên *"], [raw])) == [{"Tên *": kept}]
    csv = f'Tên *\n"{raw}"\n'.encode()
    assert read(csv, "a.csv", with_csv=True)[0]["Tên *"].split() == kept.split()


def test_csv__with_decomposed_headings():
    text = unicodedata.normalize("NFD", "Tên *;Ngày\nXã Thử;x\n")
    assert read(text.encode("utf-8-sig"), "a.csv", with_csv=True) == [{"Tên *": "Xã Thử", "Ngày": "x"}]


def check(value):
    for _number, values in lines_of(ContentFile(book_of(["Tên *"], [value]), name="a.xlsx"), HEADINGS):
        check_cells(values)


@pytest.mark.parametrize(
    "value", ["«Toàn dân đoàn kết»", "«Ba»", "50 µg/m³", "Ghi chú¹", "©Sở Thử", "OCOP®", "§ 5", "Köln"]
)
def test_signs_of_today__are_taken(value):
    check(value)


@pytest.mark.parametrize("value", ["QuyÕt ®Þnh vÒ c¸n bé", "Quyeát ñònh", "Quyªt ð¸nh", "Quyáº¿t Ä‘á»‹nh"])
def test_encodings_of_old__are_told(value):
    with pytest.raises(LineError, match="bảng mã cũ"):
        check(value)


def test_strict_form__is_read():
    def strict(name, content):
        for plain, other in (
            (b"http://schemas.openxmlformats.org/spreadsheetml/2006/", b"http://purl.oclc.org/ooxml/spreadsheetml/"),
            (b"http://schemas.openxmlformats.org/officeDocument/2006/", b"http://purl.oclc.org/ooxml/officeDocument/"),
            (b"http://schemas.openxmlformats.org/drawingml/2006/", b"http://purl.oclc.org/ooxml/drawingml/"),
        ):
            content = content.replace(plain, other)
        return content

    content = changed(book_of(["Tên *", "Ngày"], ["a", "b"]), strict)
    assert b"purl.oclc.org" in zipfile.ZipFile(io.BytesIO(content)).read("xl/workbook.xml")
    assert read(content) == [{"Tên *": "a", "Ngày": "b"}]


def test_other_kinds_of_files__get_their_own_sentence():
    ole = packages.OLE + b"\0" * 100
    assert "mật khẩu" in refused(ole + "EncryptedPackage".encode("utf-16-le"))
    assert "XLS của Excel 97" in refused(ole)
    assert "XLSB" in refused(changed(book_of(["Tên *"]), **{"xl/workbook.bin": b"x"}))
    assert "Word" in refused(changed(book_of(["Tên *"]), **{"word/document.xml": b"<x/>"}))
    assert "ODS" in refused(changed(book_of(["Tên *"]), **{"mimetype": b"x", "content.xml": b"<x/>"}))
    assert "không phải là bảng tính" in refused(b"%PDF-1.4")


def hostile(part, text):
    return refused(changed(book_of(["Tên *"], ["a"]), **{part: text}))


CELLS = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("part", "text", "reason"),
    [
        (CELLS, SHEET.format("", "<mergeCells>" + "<mergeCell " * 9), "Không đọc được"),
        (CELLS, SHEET.format("", '<mergeCells><mergeCell ref="A3:B4"/></mergeCells>'), "ô gộp (A3:B4)"),
        (CELLS, SHEET.format("", '<x:mergeCell xmlns:x="a" ref="A3:B4"/>'), "ô gộp (A3:B4)"),
        (CELLS, SHEET.format("<row>" + "<c/>" * 500_001 + "</row>", ""), "quá nhiều ô"),
        (CELLS, SHEET.format("<row/>" * 200_001, ""), "quá nhiều ô"),
        (CELLS, SHEET.format('<x:row xmlns:x="a"/>' * 200_001, ""), "quá nhiều ô"),
        (CELLS, SHEET.format("<a>" * 300 + "</a>" * 300, ""), "quá nhiều ô"),
        ("xl/styles.xml", "<styleSheet><fonts>" + "<font/>" * 20_001 + "</fonts></styleSheet>", "quá nhiều ô"),
        ("xl/styles.xml", "<styleSheet><cellXfs>" + "<xf/>" * 70_001 + "</cellXfs></styleSheet>", "quá nhiều ô"),
        ("xl/styles.xml", "<styleSheet>" + "<dxf/>" * 200_001 + "</styleSheet>", "quá nhiều ô"),
        ("xl/sharedStrings.xml", "<sst>" + "<si/>" * 400_001 + "</sst>", "quá nhiều ô"),
        ("xl/workbook.xml", "<x>" + "<definedName/>" * 200_001 + "</x>", "quá nhiều ô"),
        ("xl/styles.xml", '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', "Không đọc được"),
        ("xl/_rels/workbook.xml.rels", "<!DOCTYPE x><x/>", "Không đọc được"),
        ("docProps/app.xml", '<!DOCTYPE x [<!ENTITY a "b">]><x/>'.encode("utf-16"), "Không đọc được"),
        ("xl/styles.xml", " " * (packages.JUDGED_FROM + 1), "giải nén ra quá lớn"),
        ("xl/media/a.bin", b"\0" * (packages.MOST_IN_ONE + 1), "giải nén ra quá lớn"),
    ],
    ids=range(17),
)
def test_parts__each_have_their_end(part, text, reason):
    assert reason in hostile(part, text)


def test_packages__of_too_many_or_locked_parts():
    many = {f"xl/media/{number}.bin": b"" for number in range(packages.MOST_PARTS + 1)}
    assert "quá nhiều phần" in refused(changed(book_of(["Tên *"]), **many))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_BZIP2) as packed:
        packed.writestr("xl/workbook.xml", "<x/>")
    assert "không phải là bảng tính" in refused(out.getvalue())
