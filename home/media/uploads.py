"""What a file must be before the portal takes it: content is judged by its bytes, never by its name."""

import secrets
from pathlib import Path

import filetype
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from ..slugs import vietnamese_slug

_ZIP_FAMILY = {"docx", "xlsx", "pptx", "odt", "ods", "zip"}
_OLE_FAMILY = {"doc", "xls", "ppt"}
_TEXT_FAMILY = {"txt", "csv"}
_EXECUTABLE_SIGNATURES = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe")


def secret_path(folder, filename):
    """`folder`/<unguessable>/<ascii name>: an address nobody can derive from the file's name."""
    name = Path(filename)
    return f"{folder}/{secrets.token_urlsafe(12)}/{vietnamese_slug(name.stem, 60) or 'tep'}{name.suffix.lower()}"


def validate_file_content(file):
    """Refuse what is too large, executable, or not what its extension says."""
    limit = settings.WAGTAILDOCS_MAX_UPLOAD_SIZE
    if file.size > limit:
        raise ValidationError(
            _("Tệp có dung lượng %(size)s, vượt quá mức cho phép %(limit)s.")
            % {"size": filesizeformat(file.size), "limit": filesizeformat(limit)}
        )
    if file.size == 0:
        raise ValidationError(_("Tệp rỗng (0 byte). Hãy chọn lại tệp."))
    head = _head(file)
    extension = Path(file.name).suffix.lower().lstrip(".")
    if head.startswith(_EXECUTABLE_SIGNATURES) or not _matches(extension, head):
        raise ValidationError(
            _("Nội dung tệp không đúng với phần mở rộng “.%(extension)s”. Hãy chọn đúng tệp gốc.")
            % {"extension": extension}
        )


def _head(file):
    file.seek(0)
    head = file.read(8192)
    file.seek(0)
    return head


def _matches(extension, head):
    if extension in _TEXT_FAMILY:
        return b"\x00" not in head
    kind = filetype.guess(head)
    found = kind.extension if kind else ""
    if extension in _ZIP_FAMILY:
        return head.startswith(b"PK\x03\x04")
    if extension in _OLE_FAMILY:
        return head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    return found == extension
