"""Reads the words out of one PDF or DOCX; run as a process of its own, `python reading.py FILE`, so that a hostile file costs itself.

Writes JSON: {"pages": [text of each page], "page_count": n, "problem": code or ""}. Knows nothing of the portal.
A scanned PDF is given to tesseract with its Vietnamese, where that is installed.
"""

import io
import json
import os
import resource
import shutil
import subprocess
import sys
import time
import zipfile
from xml.etree import ElementTree

MOST_PAGES = 1000
MOST_CHARACTERS = 2_000_000
CPU_SECONDS = 30
MEMORY = 1024 * 1024 * 1024
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MOST_XML = 60 * 1024 * 1024
MOST_SCANNED = 30
OCR_SECONDS = 120
MOST_PIXELS = 40_000_000


def read_pdf(path):
    from pypdf import PdfReader

    reader = PdfReader(path)
    if reader.is_encrypted and not reader.decrypt(""):
        return {"pages": [], "page_count": 0, "problem": "password"}
    count, pages, length = len(reader.pages), [], 0
    for page in reader.pages[:MOST_PAGES]:
        text = page.extract_text() or ""
        length += len(text)
        pages.append(text)
        if length > MOST_CHARACTERS:
            break
    problem = ""
    if not any(text.strip() for text in pages):
        pages = recognised(reader) or pages
        problem = "ocr" if any(text.strip() for text in pages) else "scanned"
    if runs_code(reader):
        problem = "script"
    elif count > len(pages):
        problem = "long"
    return {"pages": pages, "page_count": count, "problem": problem}


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
    """Paragraphs of the main text; Word knows no pages before it lays them out, so all is page one."""
    with zipfile.ZipFile(path) as package:
        if package.getinfo("word/document.xml").file_size > MOST_XML:
            return {"pages": [], "page_count": 0, "problem": "broken"}
        xml = package.read("word/document.xml")
    if b"<!DOCTYPE" in xml[:2000]:
        return {"pages": [], "page_count": 0, "problem": "broken"}
    paragraphs = []
    for paragraph in ElementTree.fromstring(xml).iter(f"{WORD}p"):
        parts = [_word(node) for node in paragraph.iter()]
        paragraphs.append("".join(parts))
    text = "\n".join(paragraphs)[:MOST_CHARACTERS]
    return {"pages": [text], "page_count": 1, "problem": "" if text.strip() else "empty"}


def _word(node):
    if node.tag == f"{WORD}t":
        return node.text or ""
    return {f"{WORD}tab": "\t", f"{WORD}br": "\n"}.get(node.tag, "")


def main(path):
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        read = read_docx if path.lower().endswith(".docx") else read_pdf
        result = read(path)
    except Exception:  # a broken file may raise anything; whichever it is, the file is broken
        result = {"pages": [], "page_count": 0, "problem": "broken"}
    sys.stdout.write(json.dumps(result))


if __name__ == "__main__":
    main(sys.argv[1])
