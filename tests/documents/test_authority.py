"""A document is changed by the body that issued it or by one above it, as far as its publisher speaks for that body."""

import pytest

from documents.authority import Level, Owner, Side, asked, body_of, may_act, reaches
from documents.bodies import body_key

PROVINCE, BUILDING, HEALTH, COMMUNE, DISTRICT = range(1, 6)
OWNERS = {
    body_key(name): owner
    for names, owner in (
        (["UBND tỉnh", "HĐND tỉnh"], Owner(PROVINCE, Level.PROVINCE)),
        (["Sở Xây dựng", "Sở Giao thông vận tải"], Owner(BUILDING, Level.DEPARTMENT, frozenset({PROVINCE}))),
        (["Sở Y tế"], Owner(HEALTH, Level.DEPARTMENT, frozenset({PROVINCE}))),
        (["UBND huyện Ba Tơ", "HĐND huyện Ba Tơ"], Owner(DISTRICT, Level.DISTRICT, frozenset({PROVINCE}))),
        (["UBND xã Ba Điền", "HĐND xã Ba Điền"], Owner(COMMUNE, Level.COMMUNE, frozenset({PROVINCE, DISTRICT}))),
    )
    for name in names
}

REACHES = [
    ("Quốc hội", "Quốc hội"),
    ("Quốc hội", "Uỷ ban Thường vụ Quốc hội"),
    ("Ủy ban thường vụ Quốc hội", "Chính phủ"),
    ("Chính phủ", "Thủ tướng Chính phủ"),
    ("Thủ tướng Chính phủ", "Bộ Tài chính"),
    ("Bộ Tài chính", "UBND tỉnh Quảng Ngãi"),
    ("Bộ trưởng Bộ Tài chính", "Bộ Tài chính"),
    ("Chính phủ", "UBND xã Ba Điền"),
    ("HĐND tỉnh", "UBND tỉnh"),
    ("HĐND tỉnh Quảng Ngãi", "Sở Y tế"),
    ("UBND tỉnh", "Sở Tư pháp"),
    ("UBND tỉnh", "UBND huyện Ba Tơ"),
    ("Chủ tịch UBND tỉnh Quảng Ngãi", "Ủy ban nhân dân huyện Sơn Hà"),
    ("UBND huyện Ba Tơ", "HĐND xã Ba Điền"),
    ("UBND huyện Sơn Hà", "UBND xã Sơn Kỳ, huyện Sơn Hà"),
    ("HĐND xã Ba Điền", "UBND xã Ba Điền"),
    ("Sở Xây dựng", "Sở Giao thông vận tải"),
    ("Tỉnh ủy Quảng Ngãi", "Tỉnh ủy Quảng Ngãi"),
]
REACHES_NOT = [
    ("UBND tỉnh", "Quốc hội"),
    ("Sở Xây dựng", "Quốc hội"),
    ("Bộ Tài chính", "Bộ Y tế"),
    ("Bộ Tài chính", "Chính phủ"),
    ("Thủ tướng Chính phủ", "Chính phủ"),
    ("UBND tỉnh", "HĐND tỉnh"),
    ("UBND tỉnh Kon Tum", "UBND huyện Ba Tơ"),
    ("UBND tỉnh", "UBND huyện Đăk Hà, tỉnh Kon Tum"),
    ("UBND tỉnh", "Sở Y tế tỉnh Kon Tum"),
    ("Sở Xây dựng", "Sở Y tế"),
    ("Sở Xây dựng", "UBND xã Ba Điền"),
    ("UBND huyện Ba Tơ", "UBND xã Sơn Kỳ, huyện Sơn Hà"),
    ("UBND xã Ba Điền", "HĐND xã Ba Điền"),
    ("UBND xã Sơn Hà", "UBND xã Sơn Hạ"),
    ("Chính phủ", "Tỉnh ủy Quảng Ngãi"),
    ("Bộ Chỉ huy quân sự tỉnh", "UBND tỉnh"),
    ("Bộ Chỉ huy quân sự tỉnh", "UBND xã Ba Điền"),
    ("Quốc hội tỉnh", "Bộ Tài chính"),
    ("Văn phòng Sở Y tế", "Sở Y tế"),
]


@pytest.mark.parametrize(("one", "other"), REACHES)
def test_reaches__own_and_below(one, other):
    assert reaches("repeals", body_of(one, OWNERS), body_of(other, OWNERS))


@pytest.mark.parametrize(("one", "other"), REACHES_NOT)
def test_reaches__nobody_beside_or_above(one, other):
    assert not reaches("repeals", body_of(one, OWNERS), body_of(other, OWNERS))


def test_consolidates__is_done_among_the_bodies_of_the_state():
    ministry, government = body_of("Bộ Tài chính"), body_of("Chính phủ")
    assert reaches("consolidates", ministry, government)
    assert not reaches("replaces", ministry, government)
    assert not reaches("consolidates", body_of("Sở Y tế", OWNERS), government)


@pytest.mark.parametrize(
    ("acting", "target", "counts"),
    [
        (Side(("Sở Y tế",), HEALTH), Side(("Sở Y tế",), HEALTH), True),
        (Side(("Sở Y tế",), HEALTH), Side(("Sở Xây dựng",), BUILDING), False),
        (Side(("Quốc hội",), PROVINCE, by_province=True), Side(("Quốc hội",), PROVINCE, by_province=True), True),
        # Anybody may choose the name of a higher body in the form.
        (Side(("Quốc hội",), HEALTH), Side(("Quốc hội",), PROVINCE, by_province=True), False),
        (Side(("UBND tỉnh",), HEALTH), Side(("Sở Xây dựng",), BUILDING), False),
        # Both are documents of others, published by one.
        (Side(("Bộ Y tế",), HEALTH), Side(("Bộ Y tế",), HEALTH), True),
        (Side(("Sở Y tế",), HEALTH), Side(("Bộ Y tế",), HEALTH), False),
        # A joint document is changed by all behind it, or by who stands above all.
        (Side(("Sở Y tế",), HEALTH), Side(("Sở Y tế", "Sở Xây dựng"), BUILDING), False),
        (Side(("Sở Y tế", "Sở Xây dựng"), HEALTH), Side(("Sở Y tế",), PROVINCE, by_province=True), True),
        (Side(("Sở Y tế", "Sở Xây dựng"), HEALTH), Side(("Sở Y tế", "Sở Xây dựng"), HEALTH), True),
        # Nobody is known to have issued it.
        (Side(("Sở Y tế",), HEALTH), Side((), HEALTH), False),
        (Side((), HEALTH), Side(("Sở Y tế",), HEALTH), False),
    ],
)
def test_may_act__who_publishes_and_for_whom(acting, target, counts):
    assert may_act("repeals", acting, target, OWNERS) is counts


@pytest.mark.parametrize("verb", ["based_on", "guides", "refers_to"])
def test_may_act__what_a_document_says_of_itself(verb):
    assert may_act(verb, Side(("UBND xã Ba Điền",), COMMUNE), Side(("Quốc hội",), PROVINCE, by_province=True), OWNERS)


@pytest.mark.parametrize(
    "verb", ["amends", "supplements", "replaces", "repeals", "corrects", "consolidates", "suspends"]
)
def test_may_act__no_stranger_whatever_the_verb(verb):
    assert not may_act(verb, Side(("Sở Y tế",), HEALTH), Side(("Sở Xây dựng",), BUILDING), OWNERS)


def test_asked__the_issuers_organisation_or_the_province():
    assert asked(Side(("Sở Xây dựng",), PROVINCE), OWNERS) == BUILDING
    assert asked(Side(("Quốc hội",), HEALTH), OWNERS) is None
    assert asked(Side(("Sở Xây dựng", "Sở Y tế"), HEALTH), OWNERS) is None
