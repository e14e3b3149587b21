"""What those who read a kind of file take, the portal takes; what it refuses, it refuses with the reason."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from home.media.uploads import validate_file_content
from tests.home.media.support import PDF

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
TAKEN = {
    "pdf": (PDF, "tep.pdf"),
    "pdf after a line end": (b"\r\n" + PDF, "tep.pdf"),
    "pdf after a byte order mark": (b"\xef\xbb\xbf" + PDF, "tep.pdf"),
    "pdf after the heads of a letter": (b"Content-Type: application/pdf\r\n\r\n" * 20 + PDF, "tep.pdf"),
    "rtf named doc": (b"{\\rtf1\\ansi Quyet dinh}", "tep.doc"),
    "doc": (OLE, "tep.doc"),
    "utf-16 csv of Excel": ("﻿Số;Tên\r\n".encode("utf-16-le"), "tep.csv"),
    "utf-16 big end": ("﻿Số".encode("utf-16-be"), "tep.txt"),
    "mp4 iso5": (b"\x00\x00\x00\x1cftypiso5\x00\x00\x02\x00", "a.mp4"),
    "mp4 avc1": (b"\x00\x00\x00\x20ftypavc1\x00\x00\x00\x00", "a.mp4"),
    "mp4 of a telephone": (b"\x00\x00\x00\x18ftyp3gp5", "a.mp4"),
    "mp4 of a camera": (b"\x00\x00\x00\x1cftypMSNV", "a.mp4"),
    "mp4 in pieces": (b"\x00\x00\x00\x1cftypdash", "a.mp4"),
    "mp3 with a label": (b"ID3\x04\x00\x00\x00\x00\x0f\x76", "a.mp3"),
    "mp3 with a checksum": (b"\xff\xfa\x90\x64" + bytes(100), "a.mp3"),
    "mp3 without": (b"\xff\xfb\x90\x64" + bytes(100), "a.mp3"),
    "mp3 of speech": (b"\xff\xf3\x40\xc4" + bytes(100), "a.mp3"),
    "mp3 of 8 kHz": (b"\xff\xe3\x18\xc4" + bytes(100), "a.mp3"),
    "docx": (b"PK\x03\x04", "tep.docx"),
}
REFUSED = {
    "a program before a pdf": (b"MZ" + PDF, "tep.pdf", "không đúng với phần mở rộng"),
    "a pdf that begins too late": (bytes(2000) + PDF, "tep.pdf", "không đúng với phần mở rộng"),
    "a still picture named mp4": (b"\x00\x00\x00\x18ftypheic", "a.mp4", "không đúng với phần mở rộng"),
    "another sound named mp3": (b"RIFF\x00\x00\x00\x00WAVE", "a.mp3", "không đúng với phần mở rộng"),
    "aac named mp3": (b"\xff\xf1\x50\x80" + bytes(100), "a.mp3", "không đúng với phần mở rộng"),
    "zeros named csv": (b"a\x00b", "a.csv", "không đúng với phần mở rộng"),
    "rtf named xls": (b"{\\rtf1}", "a.xls", "không đúng với phần mở rộng"),
    "docx with a password": (OLE + "EncryptedPackage".encode("utf-16-le"), "tep.docx", "có mật khẩu"),
    "xlsx with a password": (OLE + bytes(99_999) + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "có mật khẩu"),
    "doc named docx": (OLE, "tep.docx", "không đúng với phần mở rộng"),
}


@pytest.mark.parametrize("case", TAKEN)
def test_taken__what_readers_take(case):
    validate_file_content(ContentFile(*TAKEN[case]))


@pytest.mark.parametrize("case", REFUSED)
def test_refused__with_the_reason(case):
    content, name, words = REFUSED[case]
    with pytest.raises(ValidationError, match=words):
        validate_file_content(ContentFile(content, name))
