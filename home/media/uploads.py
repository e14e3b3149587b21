"""What a file must be before the portal takes it: content is judged by its bytes, never by its name."""

import re
import secrets
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from ..slugs import vietnamese_slug

_ZIP_FAMILY = {"docx", "xlsx", "pptx", "odt", "ods", "zip"}
_OLE_FAMILY = {"doc", "xls", "ppt"}
_TEXT_FAMILY = {"txt", "csv"}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_EXECUTABLE_SIGNATURES = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe")
_BEGINNINGS = {
    # Readers look for it in the first kilobyte: scanners and mail gateways write before it.
    "pdf": re.compile(rb"\A.{0,1019}%PDF-", re.DOTALL),
    # Any brand of the family but those of still pictures.
    "mp4": re.compile(rb"\A....ftyp(?!hei|mif1|msf1|avi[fs]|crx |jp)", re.DOTALL),
    # A label, or the first frame of layer III: 11 bits of signal, version, layer, with or without a checksum; no free
    # or forbidden rates.
    "mp3": re.compile(rb"\A(?:ID3[\x02-\x04]|\xff[\xe2\xe3\xf2\xf3\xfa\xfb][\x10-\xef])", re.DOTALL),
}


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
    if extension in _ZIP_FAMILY and head.startswith(_OLE) and _is_locked_package(file):
        raise ValidationError(_("Tệp có mật khẩu, bạn đọc không mở được. Hãy bỏ mật khẩu rồi tải lên lại."))
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


def _is_locked_package(file):
    """Whether the file is how Office keeps a document that asks for a password: the package, locked, in an OLE container."""
    file.seek(0)
    found = _LOCKED_PACKAGE in file.read()
    file.seek(0)
    return found


def _matches(extension, head):
    """Whether what reads files of this kind would read one that begins like this."""
    if extension in _TEXT_FAMILY:
        return b"\x00" not in head or head.startswith(_UTF_16)
    if extension in _ZIP_FAMILY:
        return head.startswith(b"PK\x03\x04")
    if extension in _OLE_FAMILY:
        return head.startswith(_OLE) or (extension == "doc" and head.lstrip().startswith(b"{\\rtf"))
    return bool(_BEGINNINGS[extension].search(head)) if extension in _BEGINNINGS else False
