"""Rich text from outside: nothing that a browser runs or loads survives, and what is harmless is left to the letter."""

from types import SimpleNamespace

import pytest
from django.template import Context, Template
from wagtail.rich_text import RichText
from wagtail_localize.strings import INLINE_TAGS

from home import clean
from home.blocks import BodyBlock
from home.html import body_of
from home.rss import rss_of
from search.highlighting import highlighted

from .hostile import HOSTILE, remains_of

HARMLESS = [
    "",
    "Ủy ban nhân dân tỉnh họp",
    "Sở Tài chính & Sở Xây dựng",
    "5 &lt; 6, A &amp; B",
    "dòng một<br/>dòng hai",
    '<p data-block-key="a1b2c">Tỉnh có <b>96</b> xã, <i>m</i><sup>2</sup>, CO<sub>2</sub>, <s>bỏ</s></p>',
    '<h2 data-block-key="x">Mục</h2><h3>Mục</h3><h4>Mục</h4><hr/><blockquote>Lời</blockquote>',
    "<ul><li>một<ol><li>hai</li></ol></li></ul>",
    "“Ngoặc kép”, 'nháy', \"thẳng\"\u00a0– hết <b>đậm</b>",
]
RICH = [*HARMLESS, '<p>Xem <a href="https://quangngai.gov.vn/?a=1&amp;b=2">đây</a>, <a href="/tin-tuc/">tin</a>.</p>']
KEPT = [
    '<a linktype="page" id="5">trang</a>',
    '<embed embedtype="image" id="4" alt="Cầu &quot;mới&quot;" format="left"/>',
]


def from_richtext_filter(markup):
    return Template("{% load wagtailcore_tags %}{{ text|richtext }}").render(Context({"text": markup}))


def from_body(markup):
    block = BodyBlock()
    return block.child_blocks["paragraph"].render_basic(RichText(markup))


def from_import(markup):
    return "".join(value for kind, value in body_of(markup).blocks if kind == "paragraph")


SINKS = [clean.shown, clean.stored, clean.segment, from_richtext_filter, from_body, from_import]


@pytest.mark.parametrize("sink", SINKS)
@pytest.mark.parametrize("markup", HOSTILE)
def test_hostile__none_survives(sink, markup):
    out = str(sink(markup))
    assert remains_of(out) == ""
    assert sink in {from_import} or str(sink(out)) == out


@pytest.mark.parametrize("markup", HOSTILE)
def test_hostile__not_in_feeds_nor_in_hits(markup):
    item = {"title": markup, "link": "https://quangngai.gov.vn/", "description": markup}
    feed = rss_of([item], lambda item: item, title="T", link="https://quangngai.gov.vn/", description="D")
    described = feed.rsplit("<description>", 1)[1].split("</description>")[0] if "<description>" in feed else ""
    unescaped = described.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert remains_of(unescaped) == ""
    assert "<" not in highlighted(markup, [{"alert"}]).replace("<mark>", "").replace("</mark>", "")


@pytest.mark.parametrize("text", RICH)
def test_harmless__left_to_the_letter(text):
    assert clean.shown(text) == text
    assert clean.stored(text) == text
    assert from_richtext_filter(text) == text


@pytest.mark.parametrize("text", KEPT)
def test_links_and_pictures_by_number__kept_in_the_database_only(text):
    assert clean.stored(f"<p>{text}</p>") == f"<p>{text}</p>"
    assert "linktype" not in clean.shown(text)
    assert "embed" not in clean.shown(text)


def test_segment__holds_what_translation_cuts_sentences_into():
    for tag in set(INLINE_TAGS) - {"br"}:
        assert clean.segment(f"<{tag}>chữ</{tag}>") == f"<{tag}>chữ</{tag}>"
    assert clean.segment('xem <a id="a1">đây</a><br/>') == 'xem <a id="a1">đây</a><br/>'
    assert clean.segment("<p>xem</p>") == "xem"


@pytest.mark.parametrize(
    "piece", ["<!--", "<ul><li>", '<ul title="</ul>"><li>', "<b x=1><p>", "<svg>", "<ul><li>x</ul>"]
)
def test_endless_markup__is_never_parsed_when_it_could_nest(piece, monkeypatch):
    """The parser's cost grows with the square of the depth: it is handed what is short, or what is known not to be deep."""
    handed = []
    spy = SimpleNamespace(clean=lambda text: handed.append(text) or text)
    clean._cleaned(piece * 64_000, spy.clean)
    assert handed == []
    assert remains_of(clean.shown(piece * 64_000)) == ""


def test_long_text__of_our_own_editor_is_kept():
    text = '<p data-block-key="x">Tỉnh có <b>96</b> xã.</p>' * 2_000
    assert clean.shown(text) == text
