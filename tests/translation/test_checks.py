"""What a check objects to in a translation, and what it lets pass."""

import pytest

from translation import checks, glossary
from translation.models import Term

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def terms():
    glossary.forget()
    Term.objects.create(vi="Ủy ban nhân dân", en="People's Committee", wrong="Popular Committee|People Committee")
    Term.objects.create(vi="Ủy ban nhân dân tỉnh", en="Provincial People's Committee")
    yield
    glossary.forget()


def said(source, translation):
    return " ".join(checks.problems(source, translation))


@pytest.mark.parametrize(
    ("source", "translation", "sentence"),
    [
        ("Xin chào", "  ", "Chưa dịch"),
        ("Xem <a id='a1'>đây</a>.", "See here.", "Thiếu liên kết"),
        ("Xem <a id='a1'>đây</a>.", "See <a id='a2'>here</a>.", "Thiếu liên kết"),
        ("Rất <b>gấp</b>", "Very <b>urgent", "không đóng"),
        ("Rất <b>gấp</b>", "Very <b>urgent</i></b>", "không đóng"),
        ("Rất gấp", "Very <script>alert(1)</script>", "Thừa thẻ <script>"),
        ("Có 1.234 hộ", "There are households", "Thiếu số 1.234"),
        ("Tăng 12,5%", "Up by 12.4%", "Thiếu số 12,5"),
        ("Ngày 15/8/2026", "On 15 August", "Thiếu số 2026"),
        ("Ủy ban nhân dân xã họp", "The Popular Committee of the commune met", "không phải “Popular Committee”"),
        ("Các hộ dân được hỗ trợ kịp thời", "Các hộ dân được hỗ trợ kịp thời", "Còn nguyên tiếng Việt"),
        ("Các hộ dân được hỗ trợ", "Households were hỗ trợ kịp thời", "Còn nguyên tiếng Việt"),
    ],
)
def test_objected_to(source, translation, sentence):
    assert sentence in said(source, translation)


@pytest.mark.parametrize(
    ("source", "translation"),
    [
        ("Có 1.234,5 ha", "There are 1,234.5 ha"),
        ("Có 26.500 hộ", "There are 26500 households"),
        ("Ngày 15/8/2026", "On 15 August 2026"),
        ("Ngày 05/07/2026", "On 5 July 2026"),
        ("Trong 3 tháng", "Within three months"),
        ("Xem <a id='a1'>đây</a>.", "See <a id='a1'>here</a>."),
        ("Sông Trà Khúc và núi Thiên Ấn", "The Trà Khúc River and Thiên Ấn Mountain"),
        ("Xã Đặng Thùy Trâm", "Đặng Thùy Trâm Commune"),
        ("Ủy ban nhân dân tỉnh họp", "The Provincial People's Committee met"),
        ("Dung Quất", "Dung Quất"),
    ],
)
def test_lets_pass(source, translation):
    assert said(source, translation) == ""


def test_terms__the_longest_is_told():
    assert [term.vi for term in glossary.terms_in("ỦY BAN NHÂN DÂN TỈNH ban hành")] == ["Ủy ban nhân dân tỉnh"]


def test_terms__old_and_new_spelling_are_one():
    assert [term.vi for term in glossary.terms_in("Uỷ ban nhân dân tỉnh")] == ["Ủy ban nhân dân tỉnh"]
    assert glossary.one_spelling("quý, hoà, hoàn, thuỷ") == "quý, hòa, hoàn, thủy"


def test_terms__not_inside_other_words():
    Term.objects.create(vi="xã", en="commune")
    assert glossary.terms_in("xãm") == []


def test_unused_term__is_a_hint_only():
    assert [term.en for term in glossary.unused("Ủy ban nhân dân họp", "It met")] == ["People's Committee"]
    assert said("Ủy ban nhân dân họp", "It met") == ""
