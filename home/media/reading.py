"""Reads the words out of one PDF or DOCX; run as a process of its own, `python reading.py FILE`, so that a hostile file costs itself.

Writes JSON: {"pages": [[[encoding, text], …] of each page], "page_count": n, "problem": code or ""}. The encoding is that of
the font a text is written in, "TCVN3", "VNI" or "" where its name says nothing; a trailing "H" means a font of capitals.
Knows nothing of the portal. A scanned PDF is given to tesseract with its Vietnamese, where that is installed.
"""

import io
import json
import os
import posixpath
import re
import resource
import shutil
import subprocess
import sys
import time
import zipfile
from xml.parsers import expat

MOST_PAGES = 1000
MOST_CHARACTERS = 2_000_000
# After the first, no further page is begun; at the second the process is ended.
READING_SECONDS = 20
CPU_SECONDS = 30
MEMORY = 1024 * 1024 * 1024
MOST_XML = 60 * 1024 * 1024
MOST_PARTS = 100
MOST_SCANNED = 30
OCR_SECONDS = 120
MOST_PIXELS = 40_000_000
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TCVN3_FONT = re.compile(r"(?:^|\+)\.?Vn[A-Z]")
VNI_FONT = re.compile(r"(?:^|\+)VNI[- ]?")
DRAWING = {
    b"Tj",
    b"TJ",
    b"'",
    b'"',
    b"Do",
    b"INLINE IMAGE",
    b"sh",
    b"S",
    b"s",
    b"f",
    b"F",
    b"f*",
    b"B",
    b"B*",
    b"b",
    b"b*",
}
# Parts of a Word file that a reader sees beside its main text; comments are not among them.
SEEN_PARTS = ("header", "footer", "footnotes", "endnotes")
WORD_NAMESPACE = re.compile(r"wordprocessingml/(?:2006/)?main$")
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
UNSEEN = {"del", "moveFrom", "tabs"}
SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "txbxContent": "\n"}


def nothing(problem):
    return {"pages": [], "page_count": 0, "problem": problem}


def read_pdf(path):
    from pypdf import PdfReader

    reader = PdfReader(path)
    if reader.is_encrypted and not reader.decrypt(""):
        return nothing("password")
    until = time.process_time() + READING_SECONDS
    count, pages = len(reader.pages), words_by_page(reader, until)
    problem = ""
    if not any_text(pages):
        pages, problem = without_text(reader, pages, until)
    if runs_code(reader):
        problem = "script"
    elif count > len(pages):
        problem = "long"
    return {"pages": pages, "page_count": count, "problem": problem}


def words_by_page(reader, until):
    """The pieces of text of each of the first pages; pages that show the same are read once."""
    pages, length, known = [], 0, {}
    for page in reader.pages[:MOST_PAGES]:
        if length > MOST_CHARACTERS or time.process_time() > until:
            break
        key = what_it_shows(page)
        if key is None or key not in known:
            known[key] = pieces_of(page)
        pages.append(known[key])
        length += sum(len(text) for _encoding, text in known[key])
    return pages


def what_it_shows(page):
    """By which two pages are the same: the numbers of streams, fonts and drawings; None where they have none."""
    try:
        streams = page.raw_get("/Contents")
        streams = streams if isinstance(streams, list) else [streams]
        resources = page.get("/Resources", {})
        named = [
            (kind, name, entries.raw_get(name).idnum)
            for kind in ("/Font", "/XObject")
            if (entries := resources.get(kind)) is not None
            for name in entries
        ]
        return tuple(stream.idnum for stream in streams), tuple(sorted(named))
    except (AttributeError, KeyError):
        return None


def pieces_of(page):
    """[[encoding, text]]: the page's text, cut where it changes to a font of another encoding."""
    pieces = []

    def note(text, _user_matrix, _text_matrix, font, _size):
        encoding = encoding_of(font)
        if pieces and pieces[-1][0] == encoding:
            pieces[-1][1] += text
        elif text:
            pieces.append([encoding, text])

    text = (page.extract_text(visitor_text=note) or "")[:MOST_CHARACTERS]
    found = "".join(text for _encoding, text in pieces)
    return pieces if found.strip() == text.strip() else [["", text]]


def encoding_of(font):
    name = str(font.get("/BaseFont", "")).lstrip("/") if font else ""
    if VNI_FONT.search(name):
        return "VNI"
    if TCVN3_FONT.search(name):
        return "TCVN3H" if re.sub(r"[-,].*", "", name).endswith("H") else "TCVN3"
    return ""


def any_text(pages):
    return any(text.strip() for page in pages for _encoding, text in page)


def without_text(reader, pages, until):
    """(pages, problem) of a PDF whose pages hold no letters: pictures of pages (also what cannot be told in time), or nothing at all."""
    if not any(time.process_time() > until or draws(page) for page in reader.pages[:MOST_PAGES]):
        return pages, "blank"
    recognised_pages = [[["", text]] for text in recognised(reader)]
    if any_text(recognised_pages):
        return recognised_pages, "ocr"
    return pages, "scanned"


def draws(page):
    """Whether anything is drawn on the page."""
    contents = page.get_contents()
    return contents is not None and any(operator in DRAWING for _operands, operator in contents.operations)


def recognised(reader):
    """Texts of the first scanned pages as tesseract reads them; none where it or its Vietnamese is missing."""
    command = shutil.which("tesseract")
    if not command or "vie" not in _output([command, "--list-langs"]).split():
        return []
    until, texts = time.monotonic() + OCR_SECONDS, []
    for page in reader.pages[:MOST_SCANNED]:
        if time.monotonic() > until:
            break
        texts.append("\n".join(_recognise(command, picture) for picture in page.images))
    return texts


def _recognise(command, picture):
    image = picture.image
    if image is None or image.width * image.height > MOST_PIXELS:
        return ""
    data = io.BytesIO()
    image.convert("L").save(data, "PNG")
    return _output([command, "stdin", "stdout", "-l", "vie"], data.getvalue())


def _output(command, data=b""):
    # One thread: a queue of files must not take the machine from the readers.
    environment = {"OMP_THREAD_LIMIT": "1", "PATH": os.environ.get("PATH", "")}
    try:
        run = subprocess.run(
            command, input=data, capture_output=True, timeout=OCR_SECONDS / 3, env=environment, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return run.stdout.decode("utf-8", "replace")


def runs_code(reader):
    """Whether the PDF asks its viewer to run JavaScript or to start something when it is opened."""
    root = reader.trailer["/Root"]
    names = root.get("/Names")
    if names is not None and "/JavaScript" in names.get_object():
        return True
    action = root.get("/OpenAction")
    action = action.get_object() if action is not None else None
    return isinstance(action, dict) and action.get("/S") in {"/JavaScript", "/Launch"}


def read_docx(path):
    """Text, notes, heads and feet; Word knows no pages before it lays them out, so all is page one.

    By hand, as python-docx reads the paragraphs of the body alone: no notes, text boxes or inserted text, no strict files.
    """
    with open(path, "rb") as file:
        if file.read(len(OLE)) == OLE:  # the container of a Word file that asks for a password
            return nothing("password")
    with zipfile.ZipFile(path) as package:
        main = main_part(package)
        parts = [main, *(part for part in related(package, main, SEEN_PARTS) if part in package.namelist())]
        parts = list(dict.fromkeys(parts))[:MOST_PARTS]
        if sum(package.getinfo(part).file_size for part in parts) > MOST_XML:
            return nothing("broken")
        texts = [WordText().read(package.read(part)).strip("\n") for part in parts]
    text = "\n".join(filter(None, texts))[:MOST_CHARACTERS]
    return {"pages": [[["", text]]], "page_count": 1, "problem": "" if text.strip() else "empty"}


def main_part(package):
    """The part that the package calls its document, whatever it is named."""
    return next(related(package, "", ("officeDocument",)), "word/document.xml")


def related(package, part, kinds):
    """The names of the parts to which `part` (the package itself if empty) is related as one of `kinds`."""
    folder, name = posixpath.split(part)
    listing = posixpath.join(folder, "_rels", f"{name}.rels")
    if listing not in package.namelist() or package.getinfo(listing).file_size > MOST_XML // 10:
        return
    found = []

    def start(_tag, attributes):
        if attributes.get("Type", "").rsplit("/", 1)[-1] in kinds and attributes.get("TargetMode") != "External":
            found.append(attributes.get("Target", ""))

    parser = parser_of(start)
    parser.Parse(package.read(listing), True)
    for target in found:
        yield posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def parser_of(start, end=None, characters=None):
    """A parser that builds no tree, and takes no file that declares entities."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = characters
    parser.StartDoctypeDeclHandler = _refuse
    return parser


def _refuse(*_declaration):
    raise ValueError("a document type is declared")


class WordText:
    """The text of one part: without what was struck out, with what was inserted, and a text box once."""

    def __init__(self):
        self.pieces, self.unseen, self.is_text, self.length = [], 0, False, 0

    def read(self, xml):
        parser_of(self.start, self.end, self.characters).Parse(xml, True)
        return "".join(self.pieces)

    def start(self, tag, _attributes):
        namespace, _space, name = tag.rpartition(" ")
        if self.unseen or is_unseen(namespace, name):
            self.unseen += 1
        elif WORD_NAMESPACE.search(namespace):
            self.is_text = name == "t"
            self.add(SIGNS.get(name, ""))

    def end(self, tag):
        namespace, _space, name = tag.rpartition(" ")
        if self.unseen:
            self.unseen -= 1
        elif WORD_NAMESPACE.search(namespace):
            self.is_text = False
            self.add("\n" if name == "p" else "")

    def characters(self, text):
        if self.is_text and not self.unseen:
            self.add(text)

    def add(self, text):
        if text and self.length < MOST_CHARACTERS:
            self.pieces.append(text)
            self.length += len(text)


def is_unseen(namespace, name):
    """Struck out, moved away, a list of tab stops, or written a second time for programs older than Word 2010."""
    if namespace == COMPATIBILITY:
        return name == "Fallback"
    return name in UNSEEN and bool(WORD_NAMESPACE.search(namespace))


def main(path):
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        read = read_docx if path.lower().endswith(".docx") else read_pdf
        result = read(path)
    except Exception:  # a broken file may raise anything; whichever it is, the file is broken
        result = nothing("broken")
    sys.stdout.write(json.dumps(result))


if __name__ == "__main__":
    main(sys.argv[1])
