"""Words of attached files, read in the background; what a reader could not open or read is marked for the editors."""

import json
import logging
import subprocess
import sys
import tempfile
import unicodedata
from pathlib import Path

from django.db import transaction
from django.db.models.signals import post_save
from django_tasks import task

from . import reading
from .models import FileText, PortalFile

logger = logging.getLogger(__name__)
READABLE = {"pdf", "docx"}
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
    pages = [clean(text) for text in result["pages"]]
    FileText.objects.update_or_create(
        file=file,
        defaults={
            "file_hash": file.get_file_hash(),
            "pages": pages,
            "page_count": result["page_count"],
            "problem": result["problem"],
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
            run = subprocess.run(
                [sys.executable, "-I", reading.__file__, copy.name], capture_output=True, timeout=SECONDS, check=False
            )
            return json.loads(run.stdout)
        except (OSError, ValueError, subprocess.TimeoutExpired):
            logger.warning("Could not read the words of file %s", file.pk)
            return broken


def clean(text):
    """Composed text without what PostgreSQL cannot store."""
    text = text.encode("utf-8", "replace").decode("utf-8")
    return unicodedata.normalize("NFC", text.replace("\x00", " "))
