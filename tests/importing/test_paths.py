"""Names of files in lines: the same file however its name is written, and none outside the folder."""

import unicodedata

import pytest

from importing.paths import Folder

DECOMPOSED = unicodedata.normalize("NFD", "Ảnh lễ hội.jpg")
FILES = [
    "tep#5.pdf",
    "co gi moi?.pdf",
    "100%25.pdf",
    "thumuc/tep.pdf",
    "Anh/CAU.JPG",
    DECOMPOSED,
    "a b.pdf",
    "hai.pdf",
    "HAI.pdf",
]


@pytest.fixture
def folder(tmp_path):
    own = tmp_path / "nhap"
    for name in FILES:
        (own / name).parent.mkdir(parents=True, exist_ok=True)
        (own / name).write_bytes(b"x")
    (tmp_path / "ngoai.pdf").write_bytes(b"x")
    (own / "lien-ket.pdf").symlink_to(tmp_path / "ngoai.pdf")
    (own / "ra-ngoai").symlink_to(tmp_path)
    return Folder(own)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        *((name, name) for name in FILES),
        ("thumuc\\tep.pdf", "thumuc/tep.pdf"),
        (".\\thumuc\\tep.pdf", "thumuc/tep.pdf"),
        ("./thumuc//tep.pdf", "thumuc/tep.pdf"),
        ("thumuc/../tep#5.pdf", "tep#5.pdf"),
        ("/thumuc/tep.pdf", "thumuc/tep.pdf"),
        (" thumuc/tep.pdf ", "thumuc/tep.pdf"),
        ("thumuc/tep.pdf?v=1#trang", "thumuc/tep.pdf"),
        ("tep%235.pdf", "tep#5.pdf"),
        ("%74humuc%2Ftep.pdf", "thumuc/tep.pdf"),
        ("a%20b.pdf", "a b.pdf"),
        ("Ảnh lễ hội.jpg", DECOMPOSED),
        ("%E1%BA%A2nh%20l%E1%BB%85%20h%E1%BB%99i.JPG", DECOMPOSED),
        ("thumuc/tep.PDF", "thumuc/tep.pdf"),
        ("anh/cau.jpg", "Anh/CAU.JPG"),
        ("HAI.pdf", "HAI.pdf"),
        ("hai.pdf", "hai.pdf"),
    ],
)
def test_found__however_written(folder, written, name):
    found = folder.find(written)
    assert found is not None
    assert found == folder.path / name


@pytest.mark.parametrize(
    "written",
    [
        "",
        ".",
        "..",
        "thumuc",
        "khong.pdf",
        "../ngoai.pdf",
        "..\\ngoai.pdf",
        "%2e%2e/ngoai.pdf",
        "thumuc/../../ngoai.pdf",
        "lien-ket.pdf",
        "ra-ngoai/ngoai.pdf",
        "ra-ngoai/NGOAI.pdf",
        "/etc/passwd",
        "/etc/hostname",
        "C:\\thumuc\\tep.pdf",
        "\\\\may\\thumuc\\tep.pdf",
        "//x.vn/thumuc/tep.pdf",
        "https://x.vn/thumuc/tep.pdf",
        "file:thumuc/tep.pdf",
        "x" * 5000,
        "http://[x",
    ],
)
def test_refused__outside_or_nothing(folder, written):
    assert folder.find(written) is None


def test_absolute_path_of_the_machine__is_not_followed(folder):
    assert folder.find(str(folder.path.parent / "ngoai.pdf")) is None
