"""The words of PDF and Word files as programs of today and of old write them, and what hostile ones cost."""

import io
import zipfile
from unittest import mock

import pytest
from django.test import TestCase
from pypdf import PageObject, PdfReader, PdfWriter

from home.media import extraction, reading
from home.media.models import FileText
from tests.factories import make_organisation
from tests.home.media.support import make_file
from tests.home.test_extraction import pdf_of, scan_of

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def written(content, algorithm="", owner="chu", user=""):
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    if algorithm:
        writer.encrypt(user, owner, algorithm=algorithm)
    writer.write(out := io.BytesIO())
    return out.getvalue()


def docx(body, namespace=W, main="word/document.xml", **parts):
    """A Word file: `parts` are kind="markup" of what is beside the main part."""
    folder, name = main.rsplit("/", 1)
    kind = "http://purl.oclc.org/ooxml/officeDocument/relationships" if namespace == STRICT else OFFICE
    head = f'xmlns:w="{namespace}" xmlns:mc="{MC}"'
    with zipfile.ZipFile(out := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("_rels/.rels", rels(kind, officeDocument=f"/{main}"))
        package.writestr(main, f"<w:document {head}><w:body>{body}</w:body></w:document>")
        package.writestr(f"{folder}/_rels/{name}.rels", rels(kind, **{part: f"{part}.xml" for part in parts}))
        for part, markup in parts.items():
            package.writestr(f"{folder}/{part}.xml", f"<w:{part} {head}>{markup}</w:{part}>")
    return out.getvalue()


def rels(kind, **targets):
    rows = "".join(f'<Relationship Id="{n}" Type="{kind}/{n}" Target="{t}"/>' for n, t in targets.items())
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'


def p(*runs):
    return f"<w:p>{''.join(runs)}</w:p>"


def r(text):
    return f"<w:r><w:t>{text}</w:t></w:r>"


BOX = (
    "<mc:AlternateContent><mc:Choice><w:txbxContent>{0}</w:txbxContent></mc:Choice>"
    "<mc:Fallback><w:pict><w:txbxContent>{0}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent>"
)
WORD_FILES = {
    "strict": (docx(p(r("Điều 1")), STRICT), "Điều 1"),
    "another main part": (docx(p(r("Điều 1")), main="word/document2.xml"), "Điều 1"),
    "elsewhere": (docx(p(r("Điều 1")), main="van-ban/chinh.xml"), "Điều 1"),
    "notes, head and foot": (
        docx(
            p(r("Điều 1")),
            footnotes=p(r("Chú thích")),
            header=p(r("Tiêu đề")),
            footer=p(r("Chân")),
            endnotes=p(r("Cuối")),
        ),
        "Điều 1\nChú thích\nTiêu đề\nChân\nCuối",
    ),
    "comments stay inside": (docx(p(r("Điều 1")), comments=p(r("kín"))), "Điều 1"),
    "inserted and struck out": (
        docx(p(r("Phí "), f"<w:ins>{r('mới')}</w:ins>", "<w:del><w:r><w:delText>cũ</w:delText></w:r></w:del>")),
        "Phí mới",
    ),
    "moved": (docx(p(f"<w:moveFrom>{r('cũ')}</w:moveFrom>", r("A")) + p(f"<w:moveTo>{r('mới')}</w:moveTo>")), "A\nmới"),
    "a text box once": (docx(p(r("Trước"), f"<w:r>{BOX.format(p(r('Trong khung')))}</w:r>")), "Trước\nTrong khung"),
    "a tab, and where tabs stop": (
        docx("<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t></w:r></w:p>"),
        "a\tb",
    ),
    "cells": (docx(f"<w:tbl><w:tr><w:tc>{p(r('Một'))}</w:tc><w:tc>{p(r('Hai'))}</w:tc></w:tr></w:tbl>"), "Một\nHai"),
}


@pytest.mark.parametrize("case", WORD_FILES)
def test_word__is_read_by_what_is_related(case, tmp_path):
    content, words = WORD_FILES[case]
    (path := tmp_path / "a.docx").write_bytes(content)
    assert reading.read_docx(str(path))["pages"][0][0][1].strip() == words


def test_word__depth_and_lying_sizes_cost_nothing(tmp_path):
    deep = docx("<w:p>" * 50_000 + r("x") + "</w:p>" * 50_000)
    (path := tmp_path / "a.docx").write_bytes(deep)
    assert reading.read_docx(str(path))["pages"][0][0][1].strip() == "x"
    path.write_bytes(docx(p(r("a" * 70_000_000))))
    assert reading.read_docx(str(path))["problem"] == "broken"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_word__that_declares_entities_is_refused(tmp_path, encoding):
    xml = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE a [<!ENTITY b "c">]><w:document xmlns:w="{W}"/>'
    with zipfile.ZipFile(path := tmp_path / "a.docx", "w") as package:
        package.writestr("word/document.xml", xml.encode(encoding))
    with pytest.raises(ValueError, match="document type"):
        reading.read_docx(str(path))


def test_word__relations_in_a_circle_end(tmp_path):
    (path := tmp_path / "a.docx").write_bytes(docx(p(r("x")), header=p(r("y"))))
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("word/_rels/header.xml.rels", rels(OFFICE, header="document.xml"))
    assert reading.read_docx(str(path))["pages"][0][0][1].split() == ["x", "y"]


class ReadingTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.building = make_organisation("soxaydung", "Sở Xây dựng")

    def words(self, content, name="a.pdf"):
        file = make_file(self.building, content, name)
        extraction.extract.func(file.pk)
        return FileText.objects.get(file=file)

    def test_locked__without_a_password_to_open_is_read(self):
        for algorithm in ("RC4-128", "AES-128", "AES-256-R5", "AES-256"):
            with self.subTest(algorithm):
                words = self.words(written(pdf_of("Quyet dinh"), algorithm))
                self.assertEqual((words.pages[0].strip(), words.problem), ("Quyet dinh", ""))

    def test_locked__with_a_password_to_open_is_told_so(self):
        for algorithm in ("RC4-128", "AES-128", "AES-256"):
            with self.subTest(algorithm):
                words = self.words(written(pdf_of("Quyet dinh"), algorithm, user="mo"))
                self.assertEqual((words.pages, words.problem), ([], "password"))
        office = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(999)
        self.assertEqual(self.words(office, "a.docx").problem, "password")

    def test_blank__is_told_from_a_scan(self):
        self.assertEqual(self.words(pdf_of("", "")).problem, "blank")
        self.assertEqual(self.words(scan_of(1)).problem, "scanned")

    def test_junk_before_the_head__is_read(self):
        for junk in (b"\r\n", b"\xef\xbb\xbf", b"X-Mail: a\r\n\r\n"):
            with self.subTest(junk):
                self.assertEqual(self.words(junk + pdf_of("Quyet dinh")).pages[0].strip(), "Quyet dinh")

    def test_font_of_old__says_how_its_letters_are_read(self):
        wanted = "Quyết định về việc phê duyệt kế hoạch"
        for font, text in (
            (".VnTime", "QuyÕt ®Þnh vÒ viÖc phª duyÖt kÕ ho¹ch"),
            ("ABCDEF+.VnArial", "QuyÕt ®Þnh vÒ viÖc phª duyÖt kÕ ho¹ch"),
            ("VNI-Times", "Quyeát ñònh veà vieäc pheâ duyeät keá hoaïch"),
        ):
            with self.subTest(font):
                words = self.words(old_pdf(font, text))
                self.assertEqual((words.pages[0].strip(), words.problem), (wanted, ""))
        self.assertEqual(self.words(old_pdf(".VnTimeH", "QuyÕt ®Þnh")).pages[0].strip(), "QUYẾT ĐỊNH")

    def test_font_without_a_telling_name__is_read_where_it_is_proven(self):
        words = self.words(old_pdf("Times", "QuyÕt ®Þnh vÒ viÖc phª duyÖt kÕ ho¹ch"))
        self.assertEqual((words.pages[0].strip(), words.problem), ("Quyết định về việc phê duyệt kế hoạch", ""))

    def test_signs_of_today__are_left_alone(self):
        words = self.words(old_pdf("Times", "Ghi chú¹: 50 µg, «Köln»"))
        self.assertEqual((words.pages[0].strip(), words.problem), ("Ghi chú¹: 50 µg, «Köln»", ""))


def old_pdf(font, text):
    """A page in a font that has a place in Latin-1 for each letter."""
    shown = "".join(char if char.isascii() else f"\\{ord(char):03o}" for char in text)
    page = pdf_of(shown).replace(b"/BaseFont /Helvetica", f"/BaseFont /{font} /Encoding /WinAnsiEncoding".encode())
    return page


@pytest.mark.parametrize("pages", [25, 50])
def test_pages__that_show_one_stream_are_read_once(tmp_path, pages):
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf_of("x"))))
    for _page in range(pages - 1):
        writer.add_page(writer.pages[0])
    for page in writer.pages:
        page.update({key: writer.pages[0].raw_get(key) for key in ("/Contents", "/Resources")})
    writer.write(path := tmp_path / "a.pdf")
    with mock.patch.object(PageObject, "extract_text", autospec=True, side_effect=PageObject.extract_text) as read:
        result = reading.read_pdf(str(path))
    assert (len(result["pages"]), read.call_count) == (pages, 1)


def test_reading__begins_no_page_after_its_time(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "READING_SECONDS", -1)
    (path := tmp_path / "a.pdf").write_bytes(pdf_of("x", "y"))
    result = reading.read_pdf(str(path))
    assert (result["pages"], result["page_count"]) == ([], 2)


@pytest.mark.django_db
def test_tree_of_pages__in_a_circle_is_broken():
    circle = pdf_of("x", "y").replace(b"/Kids [4 0 R 6 0 R]", b"/Kids [2 0 R 2 0 R]")
    file = make_file(make_organisation("soxaydung", "Sở"), circle)
    assert extraction.read(file)["problem"] == "broken"
