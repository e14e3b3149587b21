"""Sends a stored file: whole, in part, or not at all where the browser has it. Django and WhiteNoise know the protocol."""

import os
import re
from http import HTTPStatus

from django.http import FileResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from whitenoise.responders import Response, SlicedFile, StaticFile

# One range in plain digits, of a size that a file can have; whatever else is asked is answered with the whole file.
ONE_RANGE = re.compile(r"bytes=(?:[0-9]{1,15}-[0-9]{0,15}|-[0-9]{1,15})")


class RangedFile(StaticFile):
    """WhiteNoise's, which takes a range of a single byte for none."""

    def get_range_response(self, range_header, base_headers, file_handle):
        headers = dict(base_headers)
        size = int(headers["Content-Length"])
        start, end = self.get_byte_range(range_header, size)
        if start > end or range_header == "bytes=-0":
            return self.get_range_not_satisfiable_response(file_handle, size)
        headers |= {"Content-Range": f"bytes {start}-{end}/{size}", "Content-Length": str(end - start + 1)}
        part = SlicedFile(file_handle, start, end) if file_handle else None
        return Response(HTTPStatus.PARTIAL_CONTENT, list(headers.items()), part)


def send(request, path, content_type):
    """The answer to `request` for the file at `path` of the disk; OSError where there is none."""
    about = os.stat(path)
    etag, changed = f'"{about.st_mtime_ns:x}-{about.st_size:x}"', int(about.st_mtime)
    response = get_conditional_response(request, etag=etag, last_modified=changed)
    if response is None:
        response = _body(request, path, etag, http_date(changed))
        response.headers.setdefault("Content-Type", content_type)
    response.headers["ETag"], response.headers["Last-Modified"] = etag, http_date(changed)
    response.headers["Accept-Ranges"] = "bytes"
    return response


def _body(request, path, etag, changed):
    asked = _range(request, etag, changed)
    found = RangedFile(path, []).get_response(request.method, {"HTTP_RANGE": asked} if asked else {})
    response = FileResponse(found.file or (), status=int(found.status))
    del response.headers["Content-Type"]
    for name, value in found.headers:
        response.headers[name] = value
    return response


def _range(request, etag, changed):
    """The range that `request` asks for, where it has a part of this very content already (RFC 9110, section 13.1.5)."""
    asked, known = request.headers.get("Range", "").strip(), request.headers.get("If-Range", "").strip()
    return asked if ONE_RANGE.fullmatch(asked) and known in ("", etag, changed) else ""
