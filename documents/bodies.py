"""Names of issuing bodies: by what key two spellings are one body, and who is behind a joint name."""

import re
import unicodedata

from organisations.folding import fold, sort_key

_SHORT = {"ubnd": "ủy ban nhân dân", "hdnd": "hội đồng nhân dân", "ubtvqh": "ủy ban thường vụ quốc hội"}
# "Ủy ban nhân dân tỉnh" without a name is the province's own.
_PROVINCE = {sort_key(f"{body} tỉnh") for body in ("ủy ban nhân dân", "hội đồng nhân dân")}
_BODIES = (
    "Bộ|Ủy ban|Uỷ ban|UBND|HĐND|Hội|Ban|Viện|Tòa án|Toà án|Ngân hàng|Thanh tra|Tổng|Trung ương|Sở|Văn phòng|Chính phủ|"
    "Chủ tịch|Thủ tướng|Quốc hội|Kiểm toán|Mặt trận|Liên đoàn|Bảo hiểm|Kho bạc|Cục|Chi cục|Đoàn"
)
_JOINT = re.compile(rf"\s*(?:[,;]|\s-\s|\svà\s)\s*(?=(?:{_BODIES})\b)")


def body_key(name: str) -> str:
    """Which body a name is: the same for every spelling of it, and never for two bodies.

    Capitals, punctuation, the place of the tone (Uỷ, Ủy) and the usual abbreviations do not matter. The marks do: xã Sơn Hà is
    not xã Sơn Hạ.
    """
    return sort_key(_in_full(name))[:400]


def folded_body(name: str) -> str:
    """The same without marks, by which a name typed without them is found; several bodies may have one."""
    return fold(_in_full(name))[:300]


def _in_full(name: str) -> str:
    """The words of a name, in small letters, with abbreviations written out."""
    letters = unicodedata.normalize("NFC", name).lower().replace("ð", "đ")
    words = " ".join(_SHORT.get(fold(word), word) for word in re.findall(r"[^\W_]+", letters))
    return f"{words} quảng ngãi" if sort_key(words) in _PROVINCE else words


def bodies_in(text: str) -> list[str]:
    """The bodies that a joint name names: "Bộ Tài chính và Bộ Tư pháp" gives two, "Bộ Văn hóa, Thể thao và Du lịch" one."""
    names = (" ".join(name.split()) for part in text.split(";") for name in _JOINT.split(part))
    return list(dict.fromkeys(name for name in names if name))
