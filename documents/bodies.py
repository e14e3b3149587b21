"""Names of issuing bodies: by what key two spellings are one body, and who is behind a joint name."""

import re

from organisations.folding import fold

_SHORT = {"ubnd": "uy ban nhan dan", "hdnd": "hoi dong nhan dan", "ubtvqh": "uy ban thuong vu quoc hoi"}
# "Ủy ban nhân dân tỉnh" without a name is the province's own.
_PROVINCE = {f"{body} tinh": f"{body} tinh quang ngai" for body in ("uy ban nhan dan", "hoi dong nhan dan")}
_BODIES = (
    "Bộ|Ủy ban|Uỷ ban|UBND|HĐND|Hội|Ban|Viện|Tòa án|Toà án|Ngân hàng|Thanh tra|Tổng|Trung ương|Sở|Văn phòng|Chính phủ|"
    "Chủ tịch|Thủ tướng|Quốc hội|Kiểm toán|Mặt trận|Liên đoàn|Bảo hiểm|Kho bạc|Cục|Chi cục|Đoàn"
)
_JOINT = re.compile(rf"\s*(?:[,;]|\s-\s|\svà\s)\s*(?=(?:{_BODIES})\b)")


def body_key(name):
    """The same for every spelling of a name: marks, capitals, punctuation and the usual abbreviations do not matter."""
    words = " ".join(_SHORT.get(word, word) for word in re.findall(r"[a-z0-9]+", fold(name)))
    return _PROVINCE.get(words, words)[:300]


def bodies_in(text):
    """The bodies that a joint name names: "Bộ Tài chính và Bộ Tư pháp" gives two, "Bộ Văn hóa, Thể thao và Du lịch" one."""
    names = (" ".join(name.split()) for part in text.split(";") for name in _JOINT.split(part))
    return list(dict.fromkeys(name for name in names if name))
