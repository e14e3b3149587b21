"""Words of attached files, read in the background; what a reader could not open or read is marked for the editors."""

import logging
import re
import tempfile
import unicodedata
from pathlib import Path

from django.db import transaction
from django.db.models.signals import post_save
from django_tasks import task

from organisations.legacy_text import ENCODINGS, readable

from . import child, reading
from .models import FileText, PortalFile

logger = logging.getLogger(__name__)
READABLE = {"pdf", "docx"}
# Letters that no encoding of old has.
UNICODE_ALONE = "đơưĐƠƯạếệộợ"
# Longer than home.media.reading gives to the recognition of scanned pages.
SECONDS = 200


def connect():
    post_save.connect(note_file, sender=PortalFile, dispatch_uid="home_note_file")


def note_file(instance, update_fields=None, **kwargs):
    """A new file, or a file replaced, is read after the request's transaction."""
    if update_fields is None and instance.file_extension.lower() in READABLE and not known(instance):
        transaction.on_commit(lambda: extract.enqueue(instance.pk))


def known(file):
    """Whether this very content was read before."""
    return FileText.objects.filter(file=file.pk, file_hash=file.get_file_hash()).exists()


@task()
def extract(pk):
    """Read the file `pk` and keep its words; a file that was deleted meanwhile is nobody's loss."""
    file = PortalFile.objects.filter(pk=pk).first()
    if file is None:
        return
    result = read(file)
    pages, is_doubtful = in_unicode(result["pages"])
    FileText.objects.update_or_create(
        file=file,
        defaults={
            "file_hash": file.get_file_hash(),
            "pages": [clean(text) for text in pages],
            "page_count": result["page_count"],
            "problem": result["problem"] or (FileText.Problem.LEGACY if is_doubtful else ""),
        },
    )


def read(file):
    """What home.media.reading says of `file`, within SECONDS."""
    broken = {"pages": [], "page_count": 0, "problem": FileText.Problem.BROKEN}
    suffix = Path(file.filename).suffix.lower()
    with tempfile.NamedTemporaryFile(suffix=suffix) as copy:
        try:
            with file.open_file() as source:
                for chunk in iter(lambda: source.read(1024 * 1024), b""):
                    copy.write(chunk)
            copy.flush()
            result = child.run(reading, copy.name, seconds=SECONDS)
        except OSError:
            result = None
    if result is None:
        logger.warning("Could not read the words of file %s", file.pk)
    return result or broken


def in_unicode(pages):
    """(texts, whether one of them stays in an encoding of old) of pages in pieces, each with the encoding of its font.

    The name of a font says how to read what is written in it; without one a reading must be proven (organisations.legacy_text).
    """
    texts, is_doubtful = [], False
    for pieces in pages:
        reading_of_page = readable("".join(decoded(text, encoding) for encoding, text in pieces))
        texts.append(reading_of_page.text)
        is_doubtful |= reading_of_page.is_doubtful
    return texts, is_doubtful


def decoded(text, encoding):
    """`text` in the encoding of its font; as it is where it has letters of Unicode, whatever the font is called."""
    if not encoding or any(char in text for char in UNICODE_ALONE):
        return text
    decode = ENCODINGS[encoding.removesuffix("H")]
    changed = re.sub(r"\S+", lambda word: decode(word[0]), text)
    return changed.upper() if encoding.endswith("H") else changed


def clean(text):
    """Composed text without what PostgreSQL cannot store."""
    text = text.encode("utf-8", "replace").decode("utf-8")
    return unicodedata.normalize("NFC", text.replace("\x00", " "))
