"""The CSV of organisations: read as it stands, or refused with the line."""

import pytest

from commune_sites.annex import COLUMNS, AnnexError, read_annex
from commune_sites.loading import annex_rows


def test_annex__is_the_one_of_2018():
    rows = annex_rows()
    assert len(rows) == 35
    assert sum(int(row["items_2018"] or 0) for row in rows) == 87844
    assert [row["code"] for row in rows if row["items_2018"] is None] == ["sothongtintruyenthong", "soyte", "taytra"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("so1,Sở Một,ministry,1,2", "không biết loại đơn vị “ministry” của “Sở Một”"),
        ("Sở Một,Sở Một,agency,1,2", "mã “Sở Một” không hợp lệ"),
        ("soxaydung,Sở Một,agency,1,2", "mã “soxaydung” đã có ở dòng 3"),
        ("so1,,agency,1,2", "đơn vị “so1” thiếu tên"),
        ("so1,Sở Một,agency,1.000,2", "số liệu “1.000” của “Sở Một” không phải là số"),
        ("so1,Sở Một,agency", "có 3 cột, cần 5"),
    ],
)
def test_annex__names_the_line_of_a_mistake(tmp_path, line, reason):
    path = tmp_path / "don-vi.csv"
    path.write_text(f"# nguồn\n{','.join(COLUMNS)}\nsoxaydung,Sở Xây dựng,agency,1,\n\n{line}\n", encoding="utf-8")
    with pytest.raises(AnnexError, match="^don-vi.csv, dòng 5: ") as error:
        read_annex(path)
    assert reason in str(error.value)


def test_annex__wrong_header_or_encoding(tmp_path):
    path = tmp_path / "don-vi.csv"
    unclosed = f'{",".join(COLUMNS)}\nso1,"Sở Một,agency,1,2\nso2,Sở Hai,agency,1,2\n'.encode()
    for content in (unclosed, b"", b"a,b\n1,2\n", "mã\n".encode("utf-16")):
        path.write_bytes(content)
        with pytest.raises(AnnexError, match="don-vi.csv"):
            read_annex(path)
