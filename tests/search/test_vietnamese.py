"""One spelling for each word, and what is meant by what was typed without care."""

import pytest

from search.abbreviations import expanded, readings_of
from search.highlighting import highlighted
from search.language_model import Words, count
from search.numbers import forms_in, forms_of, number_in
from search.understanding import understand
from search.vietnamese import canonical_word, confusions, decode_keys, words_of

TEXTS = [
    "thủ tục hành chính về đất đai",
    "thủ tục đăng ký kết hôn tại ủy ban nhân dân xã",
    "quyết định của ủy ban nhân dân tỉnh về xây dựng nông thôn mới",
    "giấy phép lái xe và xử phạt vi phạm hành chính",
    "sử dụng đất nông nghiệp, nghỉ phép năm",
]


@pytest.fixture
def counts():
    return Words(*count([words_of(text) for text in TEXTS] * 50))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà", "hòa"),
        ("khoẻ", "khỏe"),
        ("thuỷ", "thủy"),
        ("kỹ", "kĩ"),
        ("lý", "lí"),
        ("Uỷ".lower(), "ủy"),
        ("tô", "tô"),
    ],
)
def test_old_and_new_tone_places__are_one_word(one, other):
    assert canonical_word(one) == canonical_word(other)


def test_words__decomposed_capitals_and_punctuation():
    assert words_of("HO\u0300A, (Hoà)-hòa\u00a0ÐẤT") == ["hòa", "hòa", "hòa", "đất"]


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("thur", "thủ"),
        ("tucj", "tục"),
        ("quyeets", "quyết"),
        ("ddinhj", "định"),
        ("ddaats", "đất"),
        ("coong", "công"),
        ("thoong", "thông"),
        ("dduwowngf", "đường"),
        ("nguowif", "người"),
        ("hopwj", "hợp"),
        ("d9at61", "đất"),
        ("nhan6", "nhân"),
        ("truong72", "trường"),
        ("hoi65", "hội"),
        ("ban", None),
        ("quyết", None),
        ("2018", None),
    ],
)
def test_keyboards_switched_off(typed, word):
    assert decode_keys(typed) == word


@pytest.mark.parametrize(
    ("word", "meant"), [("sữa", "sửa"), ("sử", "xử"), ("trấp", "chấp"), ("nái", "lái"), ("dấy", "giấy")]
)
def test_common_misspellings(word, meant):
    assert meant in dict(confusions(word))


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("thu tuc hanh chinh", "thủ tục hành chính"),
        ("thur tucj hanhf chinhs", "thủ tục hành chính"),
        ("thủ tục hanh chinh", "thủ tục hành chính"),
        ("xaay dungj nong thon", "xây dựng nông thôn"),
        ("giấy phép nái xe", "giấy phép lái xe"),
        ("thủ tục hành chính", "thủ tục hành chính"),
        ("nghỉ phép", "nghỉ phép"),
    ],
)
def test_understood(query, meant, counts):
    assert understand(query, counts).meanings[0].text == meant


def test_what_was_typed__stays_among_the_meanings_and_literally_alone(counts):
    assert "đăng ký" not in understand("dang ky", counts).meanings[-1].text
    assert [meaning.text for meaning in understand("giấy phép nái xe", counts, literally=True).meanings] == [
        "giấy phép nái xe"
    ]
    assert understand("giấy phép nái xe", counts).shown == "giấy phép lái xe"
    assert understand("thu tuc", counts).shown == ""


def test_without_counts__a_query_means_what_it_says():
    assert [meaning.text for meaning in understand("thu tuc", Words({}, {})).meanings] == ["thu tuc"]


def test_abbreviations__long_forms_on_both_sides():
    assert expanded("UBND tỉnh, TT huyện và BHYT") == "Ủy ban nhân dân tỉnh, TT huyện và bảo hiểm y tế"
    assert readings_of("ubnd") == ["Ủy ban nhân dân"]
    assert readings_of("tu") == []
    assert len(readings_of("CT")) > 1


def test_ambiguous_abbreviation__makes_a_meaning_for_each_reading(counts):
    texts = {meaning.text for meaning in understand("CT xã", counts).meanings}
    assert {"chỉ thị xã", "chủ tịch xã", "ct xã"} <= texts


@pytest.mark.parametrize(
    "typed",
    [
        "16/2017/QĐ-UBND",
        "16/2017",
        "qd-ubnd 16",
        "quyết định 16",
        "QĐ 16/2017",
        "quyet dinh so 16 nam 2017",
        "016/2017/qd-ubnd",
    ],
)
def test_document_number__is_found_by_any_part(typed):
    keys, _rest = number_in(typed)
    assert keys
    assert keys[0] in forms_of("16/2017/QĐ-UBND")


def test_numbers__that_are_none():
    for typed in ("ngày 2/9", "24/7", "tuyển 16 công chức", "khu phố 3", "covid 19"):
        keys, rest = number_in(typed)
        assert keys == [], typed
        assert rest == typed
    assert "16/2017/qdubnd" in forms_in("theo Quyết định số 16/2017/QĐ-UBND và 1.010727")
    assert "1.010727" in forms_in("mã thủ tục 1.010727")


def test_highlight__marks_words_and_escapes_the_rest():
    marked = highlighted("Xây <b>dựng</b> nông thôn & đô thị", [["xây", "dựng"]])
    assert marked == "<mark>Xây</mark> &lt;b&gt;<mark>dựng</mark>&lt;/b&gt; nông thôn &amp; đô thị"
    assert highlighted("", [["x"]]) == ""
