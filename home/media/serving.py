"""Uploaded images and files, handed out only to those who may read them."""

import mimetypes

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .models import PortalFile, PortalImage, PortalRendition
from .privacy import is_public, may_read
from .sending import send
from .uses import page_that_showed

# Short: after a page is taken down, what caches hold of its pictures is gone within minutes.
PUBLIC_SECONDS = 300
INLINE = {"application/pdf", "video/mp4", "audio/mpeg"}
# What was uploaded never runs as a page of the portal, whatever it contains.
SANDBOX = "default-src 'none'; sandbox"


@require_safe
def serve_media(request, path):
    """An image or a resized copy of one. Attached files are not here: they have their own address."""
    image = _image_at(path)
    if image is None or not may_read(image, request):
        raise Http404(_("Không có tệp này."))
    return _answer(request, path, public=is_public(image))


def _image_at(path):
    rendition = PortalRendition.objects.select_related("image").filter(file=path).first()
    return rendition.image if rendition else PortalImage.objects.filter(file=path).first()


@require_safe
def serve_file(request, file_id, filename):
    """An attached file, under the name it was uploaded with; PDF, sound and video open in the browser."""
    item = get_object_or_404(PortalFile, pk=file_id)
    if not may_read(item, request):
        return _moved_to_its_page(item, request)
    public = is_public(item)
    if item.filename != filename:
        return _moved_to_its_name(item, public)
    response = _answer(request, item.file.name, public)
    attached = response.headers.get("Content-Type") not in INLINE
    response.headers["Content-Disposition"] = content_disposition_header(attached, item.filename)
    return response


def _moved_to_its_page(item, request):
    """An address that was printed or linked outlives the file: it leads to the page that showed the file."""
    page = page_that_showed(item)
    if page is None:
        raise Http404(_("Không có tệp này."))
    return _led_to(page.get_url(request))


def _moved_to_its_name(item, public):
    """The name in the address is for people; the number says which file. Nobody learns the name of a private one."""
    if not public:
        raise Http404(_("Không có tệp này."))
    return _led_to(item.url)


def _led_to(address):
    """For good, but no longer remembered than a file is: another decision may bring the file back."""
    response = HttpResponsePermanentRedirect(address)
    response.headers["Cache-Control"] = f"public, max-age={PUBLIC_SECONDS}"
    return response


def _answer(request, name, public):
    content_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    try:
        response = send(request, default_storage.path(name), content_type)
    except (OSError, ValueError, SuspiciousFileOperation) as error:
        raise Http404(_("Không có tệp này.")) from error
    response.headers["Cache-Control"] = f"public, max-age={PUBLIC_SECONDS}" if public else "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = SANDBOX
    return response
