"""The whole register as open data: files that `dump_documents` writes at night and that anybody may take.

RDF/XML with Dublin Core elements (TT 24/2011/TT-BTTTT, article 4, names the elements that state portals give), CSV, and JSON Lines.
"""

import gzip
import os
from datetime import datetime
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings
from django.http import FileResponse, Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from home.visibility import unrestricted_now
from organisations.text import printable

from .exports import csv_lines, json_lines
from .models import DocumentPage
from .record import records

RDF_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:dcterms="http://purl.org/dc/terms/">
"""
# Dublin Core has words for some of our relations; the others are relations.
TERMS = {"replaces": "dcterms:replaces", "refers_to": "dcterms:references", "based_on": "dcterms:references"}


def rdf_lines(rows):
    """The documents as RDF/XML."""
    yield RDF_HEAD
    for record in rows:
        yield f"<rdf:Description rdf:about={quoteattr(record['url'])}>\n"
        for name, value in dublin_core(record):
            yield f"  <{name}>{escape(printable(str(value)))}</{name}>\n"
        yield "</rdf:Description>\n"
    yield "</rdf:RDF>\n"


def dublin_core(record):
    """(element, value) of a record; what is empty is left out."""
    valid = f"start={record['effective'] or ''}; end={record['expires'] or ''}"
    pairs = [
        ("dc:title", f"{record['document_type']} {record['number']}".strip()),
        ("dc:description", record["title"]),
        *(("dc:creator", issuer) for issuer in record["issuers"]),
        ("dc:publisher", record["publisher"]),
        ("dc:date", record["issued"]),
        ("dc:type", record["document_type"]),
        ("dc:identifier", record["number"]),
        ("dc:identifier", record["url"]),
        ("dc:subject", record["field"]),
        ("dc:language", "vi"),
        ("dcterms:valid", valid),
        *((TERMS.get(row["kind"], "dc:relation"), row["number"] or row["url"]) for row in record["relations"]),
    ]
    return [(name, value) for name, value in pairs if value]


# name: (what it is, lines of the file)
FILES = {
    "van-ban.csv.gz": (_("Bảng tính CSV"), csv_lines),
    "van-ban.jsonl.gz": ("JSON Lines", json_lines),
    "van-ban.rdf.gz": ("RDF/XML, Dublin Core", rdf_lines),
}


def folder():
    return Path(settings.OPEN_DATA_ROOT)


def write(name, progress):
    """Write the file `name` beside the old one, then in its place. Samples are no data and stay out."""
    folder().mkdir(parents=True, exist_ok=True)
    documents = DocumentPage.objects.live().filter(unrestricted_now(), is_sample=False).order_by("-issued", "-pk")
    _label, lines = FILES[name]
    unfinished = folder() / f"{name}.{os.getpid()}.part"
    try:
        with gzip.open(unfinished, "wt", encoding="utf-8", newline="") as out:
            out.writelines(lines(_counted(records(documents, timezone.localdate()), progress)))
        unfinished.replace(folder() / name)
    finally:
        unfinished.unlink(missing_ok=True)


def _counted(rows, progress):
    for row in rows:
        yield row
        progress()


@require_safe
def catalogue(request):
    """What there is to take, how large and of when."""
    files = []
    for name, (label, _lines) in FILES.items():
        path = folder() / name
        if path.is_file():
            about = path.stat()
            written = datetime.fromtimestamp(about.st_mtime, tz=timezone.get_current_timezone())
            files.append({"name": name, "label": label, "size": about.st_size, "written": written})
    return render(request, "documents/open_data.html", {"files": files})


@require_safe
def dump(request, name):
    """One of FILES as it was written last."""
    path = folder() / name
    if name not in FILES or not path.is_file():
        raise Http404(_("Không có tệp này."))
    response = FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type="application/gzip")
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response
