"""Uploaded images and files, handed out only to those who may read them."""

import mimetypes
import re

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.static import was_modified_since

from .models import PortalFile, PortalImage, PortalRendition
from .privacy import is_public, may_read

# Short: after a page is taken down, what caches hold of its pictures is gone within minutes.
PUBLIC_SECONDS = 300
INLINE = {"application/pdf", "video/mp4", "audio/mpeg"}
CHUNK = 64 * 1024


@require_safe
def serve_media(request, path):
    """An image or a resized copy of one. Attached files are not here: they have their own address."""
    image = _image_at(path)
    if image is None or not may_read(image, request):
        raise Http404(_("Không có tệp này."))
    return _send(request, path, public=is_public(image))


def _image_at(path):
    rendition = PortalRendition.objects.select_related("image").filter(file=path).first()
    return rendition.image if rendition else PortalImage.objects.filter(file=path).first()


@require_safe
def serve_file(request, file_id, filename):
    """An attached file, under the name it was uploaded with; PDF, sound and video open in the browser."""
    item = get_object_or_404(PortalFile, pk=file_id)
    if item.filename != filename or not may_read(item, request):
        raise Http404(_("Không có tệp này."))
    response = _send(request, item.file.name, public=is_public(item))
    kind = "inline" if response.headers.get("Content-Type") in INLINE else "attachment"
    response.headers["Content-Disposition"] = f'{kind}; filename="{item.filename}"'
    # What was uploaded never runs as a page of the portal, whatever it contains.
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _send(request, name, public):
    if not default_storage.exists(name):
        raise Http404(_("Không có tệp này."))
    modified = int(default_storage.get_modified_time(name).timestamp())
    if not was_modified_since(request.headers.get("If-Modified-Since"), modified):
        response = HttpResponse(status=304)
    else:
        response = _body(request, name)
    response.headers["Last-Modified"] = http_date(modified)
    response.headers["Cache-Control"] = f"public, max-age={PUBLIC_SECONDS}" if public else "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _body(request, name):
    """The file, or the part of it that a player of sound or video asks for."""
    size = default_storage.size(name)
    content_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    wanted = _range(request.headers.get("Range", ""), size)
    file = default_storage.open(name)
    if wanted is None:
        response = FileResponse(file, content_type=content_type)
    else:
        start, end = wanted
        file.seek(start)
        response = FileResponse(_part(file, end - start + 1), status=206, content_type=content_type)
        response.headers["Content-Range"] = f"bytes {start}-{end}/{size}"
        response.headers["Content-Length"] = str(end - start + 1)
    response.headers["Accept-Ranges"] = "bytes"
    return response


def _range(header, size):
    """(first, last) byte of a single satisfiable range, None for anything else, which is answered whole."""
    match = re.fullmatch(r"bytes=(\d*)-(\d*)", header.strip())
    if not match or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    if not first:
        return max(0, size - int(last)), size - 1
    start, end = int(first), min(int(last or size - 1), size - 1)
    return (start, end) if start <= end else None


def _part(file, length):
    """The next `length` bytes of an open file, in pieces; closes it at the end."""
    with file:
        while length > 0 and (piece := file.read(min(CHUNK, length))):
            length -= len(piece)
            yield piece
