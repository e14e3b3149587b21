"""Text in the encodings before Unicode (TCVN3, VNI, VISCII), and UTF-8 that was read as Windows-1252, once or more.

All of these arrive as Latin letters and signs, which text of today has too. So a reading must be proven: the words it changes
become syllables of Vietnamese, and were none before. One sign beside a letter (50 µg, Ghi chú¹, «…», ©Sở) proves nothing.
"""

import html
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field

from .syllables import ACUTE, DOT, GRAVE, HOOK, TILDE, is_written_syllable

_TCVN3: dict[str, str] = dict(
    zip(
        "¡¢£¤¥¦§¨©ª«¬\u00ad®¯µ¶·¸¹º»¼½¾¿ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ",
        "ĂÂÊÔƠƯĐăâêôơưđẰàảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ",
        strict=True,
    )
)
_VISCII = dict(
    zip(
        map(chr, range(0x80, 0x100)),
        "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡư"
        "àáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ",
        strict=True,
    )
)
# Windows-1252 shows the upper controls as these; quotes, dashes and dots are what they look like in any text.
_VISCII |= {
    sign: _VISCII[chr(code)]
    for code in range(0x80, 0xA0)
    if (sign := bytes([code]).decode("cp1252", "ignore")) and sign not in "‘’“”–—…•™€"
}
_MARKS = {"ù": ACUTE, "ø": GRAVE, "û": HOOK, "õ": TILDE, "ï": DOT}
_CIRCUMFLEX = {"â": "", "á": ACUTE, "à": GRAVE, "å": HOOK, "ã": TILDE, "ä": DOT}
_BREVE = {"ê": "", "é": ACUTE, "è": GRAVE, "ú": HOOK, "ü": TILDE, "ë": DOT}
_ALONE = {"ñ": "đ", "ô": "ơ", "ö": "ư", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


def _vni() -> dict[str, str]:
    """VNI writes a letter and its mark as two letters."""
    pairs = dict(_ALONE)
    for base, letter in {**{base: base for base in "aeouy"}, "ô": "ơ", "ö": "ư"}.items():
        pairs |= {base + sign: unicodedata.normalize("NFC", letter + mark) for sign, mark in _MARKS.items()}
    for base, letter in (("a", "â"), ("e", "ê"), ("o", "ô")):
        pairs |= {base + sign: unicodedata.normalize("NFC", letter + mark) for sign, mark in _CIRCUMFLEX.items()}
    pairs |= {"a" + sign: unicodedata.normalize("NFC", "ă" + mark) for sign, mark in _BREVE.items()}
    capitals = {key.upper(): value.upper() for key, value in pairs.items()}
    mixed = {key[0].upper() + key[1:]: value.upper() for key, value in pairs.items()}
    return pairs | mixed | capitals


_VNI = _vni()
_VNI_LETTERS = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))
_TCVN3_TABLE = {ord(sign): letter for sign, letter in _TCVN3.items()}
_VISCII_TABLE = {ord(sign): letter for sign, letter in _VISCII.items()}
ENCODINGS: dict[str, Callable[[str], str]] = {
    "TCVN3": lambda word: word.translate(_TCVN3_TABLE),
    "VNI": lambda word: _VNI_LETTERS.sub(lambda match: _VNI[match[0]], word),
    "VISCII": lambda word: word.translate(_VISCII_TABLE),
}
UTF_8 = "UTF-8 đọc nhầm"
# Letters that only Unicode has: text with one of them is in no encoding of old.
_UNICODE = re.compile("[ĂăĐđĨĩŨũƠơƯư\u0300-\u036fẠ-ỹ]")
_OLD_SIGNS = "".join(sorted({*_TCVN3, *_VISCII}))
_WORD = re.compile(f"[A-Za-z0-9{re.escape(_OLD_SIGNS)}]+")
_OLD = re.compile(f"[{re.escape(_OLD_SIGNS)}]")
_DIGIT = re.compile("[0-9]")
_SIGNS = "µªº"  # letters to Unicode, units and ordinals to people
_EVERYDAY_WORDS = (
    "ban bản bảo báo bộ các cả căn cấp cầu chế chính chỉ cho chủ chuyên chức công cơ của cứ cục dân dự đã đạo đất đảng đầu "
    "đề đến để đi địa định điều độ độc đối đội đồng động đơn được dụng đường giá giao giấy gia giải hà hai hành hạng họp "
    "học hồ hộ hội hòa hợp huyện kế khai khu khoa kiểm kinh kết là lao lập lệ lễ lý luật lực miền một môi mới mở năm nam "
    "ngày nghị nghĩa nghiệp người nguyễn nhà nhân những nông nội nước ở phải phạm pháp phát phẩm phó phố phòng phục phương "
    "quan quản quảng quả quốc quy quyền quyết ra rừng sản sách số sở sự tác tài tại tâm tế tên thanh thành thể theo thị "
    "thiết thông thôn thời thuế thực thủ thuộc thuật tiền tỉnh tin tịch tổ tổng toàn trên trì trình trong trung trường "
    "trưởng từ tự tư ủy và vào vật văn về việc viên việt với vụ vực vùng xã xây ý yêu yếu"
)
_EVERYDAY = frozenset(_EVERYDAY_WORDS.split())
_PARTS = re.compile(r"(<[^<>]*>|\n)")
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{2,4}|#[xX][0-9A-Fa-f]{2,3});")


@dataclass(frozen=True)
class Reading:
    """`text` as it is to be read. `encoding` says what it was in, empty where nothing was changed.

    `is_doubtful`: there are words of an old encoding, but not enough to prove which, and the text is as it came.
    """

    text: str
    encoding: str = ""
    is_doubtful: bool = False


@dataclass(frozen=True)
class Readings:
    """The same of several texts."""

    texts: list[str]
    encoding: str = ""
    is_doubtful: bool = False


@dataclass
class _Evidence:
    """What speaks for an encoding: words that it makes syllables (`good`), words that it spoils, words that are such both ways."""

    good: set[str] = field(default_factory=set)
    strong: set[str] = field(default_factory=set)
    spoiled: int = 0
    either: int = 0
    foreign: int = 0
    common: int = 0

    @property
    def is_proof(self) -> bool:
        if len(self.good) == 1:
            return not (self.spoiled or self.foreign) and any(map(_says_enough, self.strong)) and self.either < 2
        enough = len(self.good) >= 2 and bool(self.strong)
        return enough and self.spoiled * 4 <= len(self.good) and self.either <= 3 * len(self.good)

    @property
    def is_hint(self) -> bool:
        return len(self.strong) > 1 or bool(self.strong and not (self.spoiled or self.foreign))

    @property
    def rank(self) -> tuple[bool, int, int]:
        """By what one encoding is preferred to another: proof, then words made, then how many of them are everyday words."""
        return self.is_proof, len(self.good) - 2 * self.spoiled, self.common


def readable(text: str) -> Reading:
    """How `text`, plain or HTML, is to be read."""
    reading = readings([text])
    return Reading(reading.texts[0], reading.encoding, reading.is_doubtful)


def readings(texts: list[str]) -> Readings:
    """How texts of one hand are to be read: what one of them proves holds for all but those that are Unicode plainly."""
    if all(text.isascii() and "&" not in text for text in texts):
        return Readings(texts)
    repaired = [utf8_again(text) for text in texts]
    if repaired != texts:
        return Readings(repaired, UTF_8)
    split = [_PARTS.split(_ENTITY.sub(_latin_letter, text)) for text in texts]
    words = [word for parts in split for part in parts[::2] for word in _old_words(part)]
    if not any(_OLD.search(word) for word in words):
        return Readings(texts)
    found = {name: _evidence(words, decode) for name, decode in ENCODINGS.items()}
    second, name = sorted(found, key=lambda name: found[name].rank)[-2:]
    if not found[name].is_proof or found[name].rank == found[second].rank:
        return Readings(texts, is_doubtful=any(evidence.is_hint for evidence in found.values()))
    return Readings([_decoded(parts, ENCODINGS[name]) for parts in split], name)


def _old_words(part: str) -> list[str]:
    return [] if _UNICODE.search(part) else _WORD.findall(part)


def _decoded(parts: list[str], decode: Callable[[str], str]) -> str:
    """Parts (every other one is markup) read by `decode`, but those that are in Unicode or would lose by it."""
    for place in range(0, len(parts), 2):
        evidence = _evidence(_old_words(parts[place]), decode)
        if not _UNICODE.search(parts[place]) and evidence.spoiled <= len(evidence.good):
            parts[place] = _WORD.sub(lambda match: _converted(match[0], decode), parts[place])
    return "".join(parts)


def _latin_letter(match: re.Match[str]) -> str:
    """The letter behind an entity where old encodings have letters; what marks up stays an entity."""
    char = html.unescape(match[0])
    return char if char in _OLD_SIGNS and char != "\u00a0" else match[0]


def _evidence(words: list[str], decode: Callable[[str], str]) -> _Evidence:
    evidence = _Evidence()
    for word in words:
        changed = decode(word)
        if _DIGIT.search(word):
            continue
        evidence.common += changed.lower() in _EVERYDAY
        if changed == word:
            evidence.foreign += not is_written_syllable(word)
        elif not is_written_syllable(changed):
            evidence.spoiled += not changed.isupper()
        elif is_written_syllable(word):
            evidence.either += 1
        else:
            evidence.good.add(word)
            evidence.strong |= {word} if _has_inner_sign(word) else set()
    return evidence


def _has_inner_sign(word: str) -> bool:
    """Whether an old letter is where no sign of today stands: a Latin letter, or a sign between letters."""
    return any(char.isalpha() and char not in _SIGNS for char in _OLD.findall(word)) or bool(_OLD.search(word[1:-1]))


def _says_enough(word: str) -> bool:
    """Whether one word alone proves an encoding: Köln and Caïn are short and have one letter."""
    old = _OLD.findall(word)
    return len(word) >= 5 or len(old) >= 2 or not any(char.isalpha() and char not in _SIGNS for char in old)


def _converted(word: str, decode: Callable[[str], str]) -> str:
    changed = decode(word)
    return word if _DIGIT.search(word) and not changed.isupper() else changed


_BYTES = {bytes([code]).decode("cp1252", "ignore") or chr(code): code for code in range(0x80, 0x100)}
_BYTES |= {chr(code): code for code in range(0x80, 0x100)}
_BYTE_RUN = re.compile(f"[{re.escape(''.join(_BYTES))}]{{2,}}")


def utf8_again(text: str) -> str:
    """`text` where UTF-8 was read as Windows-1252 or ISO 8859-1, read rightly; itself where that is not so."""
    for _time in range(3):
        repaired = unicodedata.normalize("NFC", _BYTE_RUN.sub(_as_utf8, text))
        if repaired == text or not _is_repair(text, repaired):
            return text
        text = repaired
    return text


def _as_utf8(run: re.Match[str]) -> str:
    try:
        return bytes(_BYTES[char] for char in run[0]).decode("utf-8")
    except UnicodeDecodeError:
        return run[0]


def _is_repair(text: str, repaired: str) -> bool:
    """Whether letters of Vietnamese came of it, or more letters that were read wrongly twice."""
    gained = len(_UNICODE.findall(repaired)) - len(_UNICODE.findall(text))
    return gained > 0 or (len(repaired) < len(text) and utf8_again(repaired) != repaired)
