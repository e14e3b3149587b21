"""Foreign HTML: what a block can hold survives in its place, what runs does not, and what is lost is said."""

import time

import pytest

from home.html import TooDeepError, body_of, plain_text
from home.html_text import trimmed

IMAGE = {"src": "a.jpg", "alt": "", "caption": ""}


def kinds(text):
    return body_of(text).blocks


def test_nothing_that_runs_survives():
    blocks = kinds(
        "<p onclick='x()'>Một <a href='javascript:alert(1)'>hai</a></p><script>alert(1)</script>"
        "<style>p{}</style><iframe src='javascript:x()'></iframe><svg onload=alert(1)></svg><a href='data:text/html,x'>ba</a>"
    )
    assert blocks == [("paragraph", "<p>Một hai</p>"), ("paragraph", "<p>ba</p>")]


def test_inline_markup_and_links():
    text = '<p><strong>A</strong> <em>b</em> &lt;c&gt; x<sup>2</sup> <a href="https://a.vn/?b=1&amp;c=2">d</a></p>'
    value = '<p><b>A</b> <i>b</i> &lt;c&gt; x<sup>2</sup> <a href="https://a.vn/?b=1&amp;c=2">d</a></p>'
    assert kinds(text) == [("paragraph", value)]


def test_blocks_in_their_order():
    text = "lạc<h2><b>Mục</b>, lớn</h2><div><p>in</p>ngoài</div><ul><li>a<ul><li>b</li></ul></li></ul><blockquote>L<cite>— N</cite></blockquote>"
    assert kinds(text) == [
        ("paragraph", "<p>lạc</p>"),
        ("heading", "Mục, lớn"),
        ("paragraph", "<p>in</p>"),
        ("paragraph", "<p>ngoài</p>"),
        ("paragraph", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("quote", {"text": "L", "speaker": "N"}),
    ]


def test_table__keeps_header_caption_and_joined_cells():
    [(kind, value)] = kinds(
        "<table><caption>B</caption><tr><th colspan=2>A</th></tr><tr><td rowspan=2>1</td><td>2</td></tr><tr><td>3</td></tr></table>"
    )
    assert (kind, value["caption"]) == ("table", "B")
    assert value["table"]["data"] == [["A", ""], ["1", "2"], ["", "3"]]
    assert value["table"]["table_header_choice"] == "row"
    assert value["table"]["mergeCells"] == [
        {"row": 0, "col": 0, "rowspan": 1, "colspan": 2},
        {"row": 1, "col": 0, "rowspan": 2, "colspan": 1},
    ]
    assert [(cell["row"], cell["col"]) for cell in value["table"]["cell"]] == [(0, 1), (2, 0)]


def test_plain_text__is_lines_and_not_markup():
    assert kinds("1 < 2\n\n  a & b ") == [
        ("paragraph", "<p>1 &lt; 2</p>"),
        ("paragraph", "<p>a &amp; b</p>"),
    ]


def test_bombs__are_refused():
    for text in ("<div>" * 5000 + "x", "<table><tr>" + "<td colspan=200 rowspan=1>x" * 200 + "</table>"):
        with pytest.raises(TooDeepError):
            body_of(text)


@pytest.mark.parametrize(
    ("text", "around"),
    [
        ("<ul><li>Một <img src=a.jpg></li></ul>", [("paragraph", "<ul><li>Một</li></ul>")]),
        ("<ul><li><p>Một</p><p><img src=a.jpg></p></li></ul>", [("paragraph", "<ul><li>Một</li></ul>")]),
        ("<blockquote><p>Lời</p><img src=a.jpg></blockquote>", [("quote", {"text": "Lời", "speaker": ""})]),
        ("<h2>Mục <img src=a.jpg></h2>", [("heading", "Mục")]),
        ("<h2><img src=a.jpg></h2>", []),
        ("<p><b>Chữ</b> <b><img src=a.jpg></b></p>", [("paragraph", "<p><b>Chữ</b></p>")]),
        ("<p><a href='a.jpg'><img src=a.jpg></a></p>", []),
        ("<table><tr><td><img src=a.jpg></td></tr></table>", []),
        ("<table><tr><td><table><tr><td><img src=a.jpg></td></tr></table></td></tr></table>", []),
        ("<pre>Chữ<img src=a.jpg></pre>", [("paragraph", "<p>Chữ</p>")]),
        ("<img data-src=a.jpg src='data:image/gif;base64,x'>", []),
    ],
)
def test_pictures__follow_the_block_they_stood_in(text, around):
    body = body_of(text)
    assert body.blocks == [*around, ("image", IMAGE)]
    assert body.notes == []


def test_pictures__in_a_table_of_figures_follow_it():
    body = body_of("<table><tr><td>Cầu</td><td><img src=a.jpg></td></tr><tr><td>Đường</td><td>12</td></tr></table>")
    assert [kind for kind, _value in body.blocks] == ["table", "image"]
    assert body.blocks[0][1]["table"]["data"] == [["Cầu", ""], ["Đường", "12"]]
    assert body.notes == ["ảnh trong bảng được đưa xuống dưới bảng."]


def test_picture_without_a_file__is_noted():
    body = body_of("<p>Chữ</p><img src='data:image/png;base64,AAAA'>")
    assert body.blocks == [("paragraph", "<p>Chữ</p>")]
    assert body.notes == ["mất ảnh nhúng thẳng trong bài, không có tệp."]


@pytest.mark.parametrize(
    "text",
    [
        "<table><tr><td><img src=a.jpg></td></tr><tr><td>Chú thích</td></tr></table>",
        "<figure><img src=a.jpg><figcaption>Chú thích</figcaption></figure>",
        "<figure><figcaption>Chú thích</figcaption><img src=a.jpg></figure>",
    ],
)
def test_words_under_a_picture__are_its_caption(text):
    assert kinds(text) == [("image", IMAGE | {"caption": "Chú thích"})]


def test_layout_table__is_unwrapped():
    blocks = kinds(
        "<table><tr><td><h2>Mục</h2><p>Đoạn một.</p><p>Hai, <a href='https://x.vn/'>nối</a>.</p><img src=a.jpg>"
        "<ul><li>a</li><li>b</li></ul></td></tr></table>"
    )
    assert blocks == [
        ("heading", "Mục"),
        ("paragraph", "<p>Đoạn một.</p>"),
        ("paragraph", '<p>Hai, <a href="https://x.vn/">nối</a>.</p>'),
        ("image", IMAGE),
        ("paragraph", "<ul><li>a</li><li>b</li></ul>"),
    ]


@pytest.mark.parametrize(
    ("text", "is_table"),
    [
        ("<table role=presentation><tr><td>a</td><td>b</td></tr></table>", False),
        ("<table><tr><td>a</td></tr><tr><td>b</td></tr></table>", False),
        ("<table><tr><td><h3>a</h3></td><td>b</td></tr></table>", False),
        (
            "<table><tr><td><img src=a.jpg></td><td><img src=b.jpg></td></tr><tr><td>a</td><td>b</td></tr></table>",
            False,
        ),
        ("<table><tr><td><ul><li>a</li></ul></td><td>b</td></tr></table>", False),
        ("<table><tr><td>a</td><td>b</td></tr></table>", True),
        ("<table><tr><th>a</th></tr><tr><td>b</td></tr></table>", True),
        ("<table><caption>a</caption><tr><td>b</td></tr></table>", True),
        ("<table><tr><td><p>a</p></td><td>b</td></tr><tr><td>c</td><td><p>d</p><p>e</p></td></tr></table>", True),
    ],
)
def test_tables__of_figures_stay_tables(text, is_table):
    assert any(kind == "table" for kind, _value in kinds(text)) is is_table


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("<ul><li><p>Một</p><p>Hai</p></li></ul>", ["<ul><li>Một<br/>Hai</li></ul>"]),
        ("<ul><li><div>Một</div>Hai<div><b>Ba</b></div></li></ul>", ["<ul><li>Một<br/>Hai<br/><b>Ba</b></li></ul>"]),
        ("<dl><dt>Từ</dt><dd>Nghĩa</dd></dl>", ["<p>Từ</p>", "<p>Nghĩa</p>"]),
        ("<address>Số 1</address><address>Số 2</address>", ["<p>Số 1</p>", "<p>Số 2</p>"]),
        ("<aside>Bên</aside><nav>Cạnh</nav>", ["<p>Bên</p>", "<p>Cạnh</p>"]),
        ("<select><option>Một<option>Hai</select>", ["<p>Một</p>", "<p>Hai</p>"]),
        ("<fieldset><legend>Một</legend>Hai</fieldset>", ["<p>Một</p>", "<p>Hai</p>"]),
        ("<details><summary>Một</summary>Hai</details>", ["<p>Một</p>", "<p>Hai</p>"]),
        ("<form>Một</form><search>Hai</search>", ["<p>Một</p>", "<p>Hai</p>"]),
        ("<pre>Một\nHai</pre>", ["<p>Một<br/>Hai</p>"]),
        ("<b><p>Một</p><p>Hai</p></b>", ["<p>Một</p>", "<p>Hai</p>"]),
        ("Một<hr>Hai", ["<p>Một</p>", "<p>Hai</p>"]),
        ("<o:p>Một</o:p><font>Hai</font>", ["<p>MộtHai</p>"]),
    ],
)
def test_blocks__end_a_paragraph(text, paragraphs):
    assert kinds(text) == [("paragraph", markup) for markup in paragraphs]


def test_words_of_blocks_in_cells_and_quotes__stay_apart():
    cell = "<td><address>Một</address><address>Hai</address></td>"
    [(_kind, table)] = kinds(f"<table><tr>{cell}<td>b</td></tr></table>")
    assert table["table"]["data"] == [["Một Hai", "b"]]
    assert plain_text("<dl><dt>Từ</dt><dd>Nghĩa</dd></dl>") == "Từ Nghĩa"
    assert kinds("<blockquote><p>Một</p><p>Hai</p></blockquote>") == [("quote", {"text": "Một Hai", "speaker": ""})]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("<ol start=5><li>a</li><li>b</li></ol>", ["5. a", "6. b"]),
        ("<ol><li>a</li><li value=7>b</li><li>c</li></ol>", ["1. a", "7. b", "8. c"]),
        ("<ol reversed><li>a</li><li>b</li></ol>", ["2. a", "1. b"]),
        ("<ol type=a><li>a</li><li>b</li></ol>", ["a) a", "b) b"]),
        ("<ol type=A start=3><li>a</li></ol>", ["C) a"]),
        ("<ol type=I><li>a</li><li>b</li><li>c</li><li>d</li></ol>", ["I. a", "II. b", "III. c", "IV. d"]),
        ("<ol start=x><li>a</li></ol>", None),
        ("<ol start=1 type=1><li>a</li></ol>", None),
    ],
)
def test_numbers_of_lists__are_kept(text, labels):
    expected = [f"<p>{label}</p>" for label in labels] if labels else ["<ol><li>a</li></ol>"]
    assert kinds(text) == [("paragraph", markup) for markup in expected]


def test_lists_in_lists__keep_the_numbers_of_both():
    text = "<ol><li>A<ol><li>A1</li></ol></li><li>B<ol start=3><li>B3</li></ol></li></ol>"
    markup = "<ol><li>A<ol><li>A1</li></ol></li><li>B<br/>3. B3</li></ol>"
    assert kinds(text) == [("paragraph", markup)]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("<p><s>Cũ</s> mới</p>", "<p><s>Cũ</s> mới</p>"),
        ("<p><del>Cũ</del> <ins>mới</ins></p>", "<p><s>Cũ</s> mới</p>"),
        ("<p><strike>Cũ</strike></p>", "<p><s>Cũ</s></p>"),
        ("<p><span style='TEXT-DECORATION: line-through'>Cũ</span></p>", "<p><s>Cũ</s></p>"),
        ("<ul><li><s>Cũ</s></li></ul>", "<ul><li><s>Cũ</s></li></ul>"),
    ],
)
def test_struck_out_text__stays_struck_out(text, kept):
    assert kinds(text) == [("paragraph", kept)]


@pytest.mark.parametrize(
    "frame", ["<h2>{}</h2>", "<blockquote>{}</blockquote>", "<table><tr><td>{}</td><td>b</td></tr></table>"]
)
def test_struck_out_text__is_said_to_be_where_nothing_can_be_struck_out(frame):
    body = body_of(frame.format("<s>Điều 1</s> Điều 2"))
    assert "[đã gạch bỏ: Điều 1] Điều 2" in str(body.blocks)
    assert "gạch bỏ" in body.notes[0]


def test_links__without_scheme_to_own_files_and_lost_ones():
    text = '<p><a href="//x.vn/a">a</a> <a href="/uploads/tep.pdf">b</a> <a href="#c">c</a></p>'
    body = body_of(text, has_files=True)
    body.tie_links(lambda address: 'linktype="document" id="7"' if address == "/uploads/tep.pdf" else "")
    assert body.blocks == [
        ("paragraph", '<p><a href="https://x.vn/a">a</a> <a linktype="document" id="7">b</a> c</p>'),
    ]
    assert body.notes == []
    alone = body_of(text)
    assert alone.blocks == [("paragraph", '<p><a href="https://x.vn/a">a</a> b c</p>')]
    assert alone.notes == ["mất liên kết tới “/uploads/tep.pdf”, chữ còn lại."]
    assert body_of("<h2><a href='https://x.vn'>a</a></h2>").notes == ["mất liên kết trong tiêu đề mục, chữ còn lại."]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("<iframe src='https://www.youtube.com/embed/x-1'></iframe>", "https://www.youtube.com/watch?v=x-1"),
        ("<p><iframe src='//player.vimeo.com/video/1'></iframe></p>", "https://player.vimeo.com/video/1"),
        ("<object><param name=movie value='https://youtu.be/x'></object>", "https://youtu.be/x"),
        ("<object data='https://x.vn/a.mp4'><p>Không xem được</p></object>", "https://x.vn/a.mp4"),
        ("<video><source src='https://x.vn/a.mp4'>Không xem được</video>", "https://x.vn/a.mp4"),
        ("<embed src='https://www.youtube.com/v/x'>", "https://www.youtube.com/watch?v=x"),
        ("<ul><li><iframe src='https://youtu.be/x'></iframe></li></ul>", "https://youtu.be/x"),
    ],
)
def test_videos__are_video_blocks(text, address):
    [(kind, value)] = kinds(text)
    assert (kind, value["url"], value["title"]) == ("video", address, "Video")


def test_what_else_is_embedded__is_a_link_or_noted():
    body = body_of("<iframe src='https://maps.example.org/x' title='Bản đồ'></iframe>")
    assert body.blocks == [("paragraph", '<p><a href="https://maps.example.org/x">Bản đồ</a></p>')]
    assert body.notes == ["nội dung nhúng của maps.example.org thành liên kết."]
    own = body_of("<video src='phim.mp4' title='Lễ'></video>", has_files=True)
    assert own.blocks == [("video", {"title": "Lễ", "src": "phim.mp4"})]
    assert body_of("<video src='phim.mp4'></video>").notes == ["mất video hoặc nội dung nhúng trong bài."]
    assert body_of("<p>a</p><svg><path/></svg><math><mi>x</mi></math>").notes == [
        "mất công thức trong bài.",
        "mất hình vẽ SVG trong bài.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "<b>" * 1000,
        "".join(f"<b id={n}>" for n in range(1000)) + "<p>" * 1000,
        "<a" * 1000,
        "<blockquote>" * 1000,
        "x" * 5_000_001,
    ],
)
def test_more_than_a_person_writes__is_refused_before_it_is_read(text):
    start = time.process_time()
    with pytest.raises(TooDeepError):
        body_of(text)
    assert time.process_time() - start < 2


@pytest.mark.parametrize("unit", ["<p>a", "<li>a", "<br>", "<!--", "<img src=a.jpg>", "<td>a", "<s>a</s>"])
def test_what_html_lets_people_leave_open__is_no_depth(unit):
    body_of(f"<p>đầu</p>{unit * 1000}")


def test_trimmed__only_the_ends():
    assert trimmed("<br/> <br/>a <br/><br/> b<br/> ") == "a <br/><br/> b"
    assert trimmed("<br/>" * 3) == ""
