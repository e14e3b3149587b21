"""Words of attached files: found by page, and a broken or hostile file costs itself alone."""

import io
import os
import zipfile
import zlib
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

import pytest
from django.core.files.base import ContentFile
from django.test import TestCase
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import EncodedStreamObject, NameObject
from wagtail.models import Collection

from home.media import extraction
from home.media.models import FileText, PortalFile


def pdf_of(*pages, extra="", catalog=""):
    """A PDF with a line of ASCII text on each page, as small as one can be."""
    objects = [f"<< /Type /Catalog /Pages 2 0 R {catalog} >>"]
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects += [f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>"]
    objects += ["<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    for number, text in enumerate(pages):
        stream = f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET" if text else ""
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> "
            f"/Contents {5 + 2 * number} 0 R >>",
            f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        ]
    out, offsets = io.BytesIO(), []
    out.write(b"%PDF-1.4\n")
    for number, text in enumerate([*objects, *([extra] if extra else [])], start=1):
        offsets.append(out.tell())
        out.write(f"{number} 0 obj\n{text}\nendobj\n".encode())
    start = out.tell()
    out.write(f"xref\n0 {len(offsets) + 1}\n0000000000 65535 f \n".encode())
    out.write("".join(f"{offset:010} 00000 n \n" for offset in offsets).encode())
    out.write(f"trailer\n<< /Size {len(offsets) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode())
    return out.getvalue()


def docx_of(*paragraphs, head=""):
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    with zipfile.ZipFile(out := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(
            "word/document.xml", f'{head}<w:document xmlns:w="{namespace}"><w:body>{body}</w:body></w:document>'
        )
    return out.getvalue()


def protected_pdf():
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf_of("kin"))))
    writer.encrypt("mat-khau", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def scan_of(number):
    """A PDF of pictures alone."""
    pages = [Image.new("L", (80, 80 + place), "white") for place in range(number)]
    pages[0].save(out := io.BytesIO(), "PDF", save_all=True, append_images=pages[1:])
    return out.getvalue()


@contextmanager
def tesseract_that_says(text, languages):
    """A stand-in before the machine's own on the PATH, so that the test does not depend on what is installed."""
    with TemporaryDirectory() as folder:
        command = Path(folder) / "tesseract"
        command.write_text(f'#!/bin/sh\nif [ "$1" = --list-langs ]; then echo {languages}; else echo "{text}"; fi\n')
        command.chmod(0o755)
        with mock.patch.dict(os.environ, {"PATH": f"{folder}:{os.environ['PATH']}"}):
            yield


class ExtractionTest(TestCase):
    def words(self, content, name="tep.pdf"):
        file = PortalFile(title="Tệp", file=ContentFile(content, name), collection=Collection.get_first_root_node())
        with self.captureOnCommitCallbacks(execute=True):
            file.save()
        return FileText.objects.get(file=file)

    def test_pdf__by_page(self):
        words = self.words(pdf_of("Trang mot", "Trang hai"))
        self.assertEqual(([page.strip() for page in words.pages], words.page_count), (["Trang mot", "Trang hai"], 2))
        self.assertEqual(words.problem, "")

    def test_docx__has_its_words_composed(self):
        words = self.words(docx_of("Quye\u0302\u0301t đi\u0323nh", "Điều 1"), "tep.docx")
        self.assertEqual(words.pages, ["Quyết định\nĐiều 1"])

    def test_what_cannot_be_read__is_marked(self):
        hostile = docx_of("x", head='<!DOCTYPE a [<!ENTITY b "c">]>')
        for content, name, problem in (
            (protected_pdf(), "a.pdf", "password"),
            (pdf_of("", ""), "a.pdf", "blank"),
            (pdf_of("x", catalog="/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"), "a.pdf", "script"),
            (pdf_of(*["x"] * 1001), "a.pdf", "long"),
            (b"%PDF-1.4\n" + b"\x00\xff" * 500, "a.pdf", "broken"),
            (hostile, "a.docx", "broken"),
            (docx_of(""), "a.docx", "empty"),
            (b"PK\x03\x04" + b"x" * 100, "a.docx", "broken"),
        ):
            with self.subTest(problem):
                self.assertEqual(self.words(content, name).problem, problem)

    def test_bomb__costs_itself_alone(self):
        writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf_of("x"))))
        stream = EncodedStreamObject()
        stream._data = zlib.compress(b" " * 400_000_000, 9)
        stream[NameObject("/Filter")] = NameObject("/FlateDecode")
        writer.pages[0][NameObject("/Contents")] = writer._add_object(stream)
        writer.write(out := io.BytesIO())
        self.assertLess(len(out.getvalue()), 1_000_000)
        self.assertEqual(self.words(out.getvalue()).problem, "broken")

    def test_scan__is_read_by_tesseract_where_it_has_vietnamese(self):
        for languages, wanted in (("vie", (["Lệ phí trước bạ\n"] * 2, "ocr")), ("eng", (["", ""], "scanned"))):
            with self.subTest(languages), tesseract_that_says("Lệ phí trước bạ", languages):
                words = self.words(scan_of(2))
                self.assertEqual((words.pages, words.problem), wanted)

    def test_same_content__is_read_once(self):
        words = self.words(pdf_of("x"))
        FileText.objects.update(pages=["giữ nguyên"])
        with self.captureOnCommitCallbacks(execute=True):
            words.file.save()
        words.refresh_from_db()
        self.assertEqual(words.pages, ["giữ nguyên"])


@pytest.mark.django_db
def test_reading__too_long_is_broken(monkeypatch):
    monkeypatch.setattr(extraction, "SECONDS", 0.001)
    file = PortalFile(title="Tệp", file=ContentFile(pdf_of("x"), "a.pdf"), collection=Collection.get_first_root_node())
    file.save()
    assert extraction.read(file)["problem"] == "broken"
