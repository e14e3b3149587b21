"""Text that comes in: one form for it, nothing unseen in it, and never more work than its length."""

import unicodedata
from types import SimpleNamespace

import pytest

from organisations import text as module
from organisations.folding import fold, sort_key
from organisations.text import MOST_MARKS, composed, few_marks, printable

CASES = [
    ("as it is", "Sở Xây dựng", "Sở Xây dựng"),
    ("decomposed", unicodedata.normalize("NFD", "Đường bộ Quảng Ngãi"), "Đường bộ Quảng Ngãi"),
    ("marks in another order", "co\u0301\u0323", unicodedata.normalize("NFC", "co\u0323\u0301")),
    ("mark apart from its letter by a sign", "Quyê\u200b\u0301t", "Quyết"),
    ("NUL", "A\x00B", "AB"),
    ("control between spaces", "Thử \x02 ký tự", "Thử ký tự"),
    ("control before a space", "Thử\x02 ký tự", "Thử ký tự"),
    ("control after a space", "Thử \x02ký tự", "Thử ký tự"),
    ("control between two words", "Thử\x02ký tự", "Thử ký tự"),
    ("control within a word", "Quyế\x02t định", "Quyết định"),
    ("vertical tab", "Một\x0bHai", "Một Hai"),
    ("form feed and separators", "Một\x0c\x1cHai", "Một Hai"),
    ("line separator", "Một\u2028Hai\u2029Ba", "Một Hai Ba"),
    ("tab and line ends stay", "a\tb\r\nc\n", "a\tb\r\nc\n"),
    ("escape", "\x1b[31mĐỏ", "[31mĐỏ"),
    ("delete", "Đ\x7fỏ", "Đỏ"),
    ("zero width within a word", "Quyế\u200bt", "Quyết"),
    ("zero width between words", "Quảng\u200bNgãi", "Quảng Ngãi"),
    ("zero width in a number", "16\u200b/2017/QĐ-UBND", "16/2017/QĐ-UBND"),
    ("joiners", "Quảng\u200c \u200dNgãi", "Quảng Ngãi"),
    ("byte order mark", "\ufeffTin\ufeff", "Tin"),
    ("soft hyphen", "thông\u00ad tin", "thông tin"),
    ("override of direction", "Tin \u202eexe.txt\u202c", "Tin exe.txt"),
    ("isolate", "\u2066Tin\u2069", "Tin"),
    ("noncharacters", "T\ufffei\uffffn\ufdd0\U0001ffff", "Tin"),
    ("half of a character", "Ti\ud83dn", "Tin"),
    ("fillers", "Ti\u3164n\u115f", "Tin"),
    ("tags", "Tin\U000e0041\U000e007f", "Tin"),
    ("spaces that do not break", "30\u00a0000\u202fkm\u2009²", "30\u00a0000\u202fkm\u2009²"),
    ("hyphen that does not break", "QĐ\u2011UBND", "QĐ\u2011UBND"),
    ("Windows' signs read as controls", "\x93Tin\x94 \x96 mới\x85", "“Tin” – mới…"),
    ("a family is one picture", "👨\u200d👩\u200d👧 ❤\ufe0f", "👨\u200d👩\u200d👧 ❤\ufe0f"),
    ("what was lost is seen", "Qu\ufffdng", "Qu\ufffdng"),
    ("nothing", "", ""),
]


@pytest.mark.parametrize(("name", "raw", "kept"), CASES, ids=[case[0] for case in CASES])
def test_composed(name, raw, kept):
    assert composed(raw) == kept
    assert composed(kept) == kept
    assert unicodedata.is_normalized("NFC", kept)


@pytest.mark.parametrize("code", [*range(9), 11, 12, *range(14, 32), 0xD800, 0xDFFF, 0xFFFE, 0xFFFF])
def test_nothing_that_xml_forbids_is_kept_or_printed(code):
    for clean in (composed, printable):
        assert chr(code) not in clean(f"Tin{chr(code)}mới")
    assert printable("Tin\tmới\r\n\U0001f600") == "Tin\tmới\r\n\U0001f600"


def longest_run(decompositions):
    """Combining marks in a row, of characters taken apart one by one."""
    longest = run = 0
    for mark in "".join(decompositions):
        run = run + 1 if unicodedata.combining(mark) else 0
        longest = max(longest, run)
    return longest


@pytest.mark.parametrize(
    "unit", ["\u0301", "\u0301\u0323", "\u0f73", "\u0344\u0323", "\u200b\u0301", "\x02\u0323\u0301", "\u1ab0\u0327"]
)
@pytest.mark.parametrize("clean", [composed, fold, sort_key])
def test_runs_of_marks__never_reach_the_normaliser(monkeypatch, unit, clean):
    handed = []

    def normalize(form, text):
        handed.append(longest_run(unicodedata.normalize("NFD", char) for char in text))
        return unicodedata.normalize(form, text)

    watched = SimpleNamespace(normalize=normalize, combining=unicodedata.combining)
    for room in ("text", "folding"):
        monkeypatch.setattr(f"organisations.{room}.unicodedata", watched)
    clean("a" + unit * 2_000 + "a")
    assert handed
    assert max(handed) <= 2 * MOST_MARKS


def test_marks_of_vietnamese__are_all_kept():
    letters = unicodedata.normalize("NFD", "ấềỗựằẵ")
    assert few_marks(letters) == letters


def test_signs_between_words__are_judged_for_a_while_only(monkeypatch):
    calls = []
    monkeypatch.setattr(module, "_stood_between_words", lambda *args: calls.append(1))
    composed("an\u200b" * 20_000)
    assert len(calls) == module.MOST_JUDGED
