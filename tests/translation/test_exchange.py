"""PO and XLSX out and back: the round trip, and every file that is not taken."""

import io

import polib
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from home.kept import forget
from organisations.text import printable
from tests.factories import make_article
from tests.home.hostile import HOSTILE
from translation import exchange, work
from translation.segments import rows_of

from .support import ENGLISH_OF, english_of, make_edition

pytestmark = pytest.mark.django_db
HOST = {"host": "quangngai.localhost"}


@pytest.fixture
def portal():
    forget()
    return make_edition()


@pytest.fixture
def one(portal):
    return work.begin(portal.article, user=portal.translator)


@pytest.fixture
def send(portal, client, one):
    client.force_login(portal.translator)

    def post(content, name):
        file = SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())
        url = reverse("translation:take_file", args=[one.pk])
        return client.post(url, {"file": file}, headers=HOST, follow=True).content.decode()

    return post


def texts(one):
    return [row.text for row in rows_of(one.translation.source)]


def translated_po(one):
    po = polib.pofile(exchange.po_of(one))
    for entry in po:
        entry.msgstr = ENGLISH_OF.get(entry.msgid) or english_of(entry.msgid)
    return po


def lines_of(one):
    sheet = load_workbook(io.BytesIO(exchange.workbook_of(one))).active
    return [list(line) for line in sheet.iter_rows(values_only=True)]


def book(lines):
    workbook = Workbook()
    for line in lines:
        workbook.active.append(line)
    workbook.save(out := io.BytesIO())
    return out.getvalue()


def test_po__round_trip(one, send):
    assert "Đã nhận 4 đoạn" in send(str(translated_po(one)), "bai.po")
    assert "Work begins on a new bridge" in texts(one)
    assert "slug" not in exchange.po_of(one)


def test_xlsx__round_trip_with_rows_moved(one, send):
    head, *lines = lines_of(one)
    for line in lines:
        line[2] = ENGLISH_OF.get(line[1]) or english_of(line[1])
    assert "Đã nhận 4 đoạn" in send(book([head, *reversed(lines)]), "bai.xlsx")
    assert texts(one)[0] == "Work begins on a new bridge"


def test_xlsx__empty_cells_take_nothing_away(one, send):
    send(str(translated_po(one)), "bai.po")
    send(book([line[:2] for line in lines_of(one)]), "bai.xlsx")
    assert "Work begins on a new bridge" in texts(one)


def change_po(change):
    def made(one, portal):
        po = translated_po(one)
        change(po)
        return str(po)

    return made


def other_page(one, portal):
    other = work.begin(make_article(portal.section, "Bài khác"), user=portal.translator)
    return str(translated_po(other))


def set_entry(index, **values):
    def change(po):
        for name, value in values.items():
            setattr(po[index], name, value)

    return change


def in_body(**values):
    def change(po):
        entry = next(entry for entry in po if "<a" in entry.msgid)
        for name, value in values.items():
            setattr(entry, name, value)

    return change


@pytest.mark.parametrize(
    ("made", "sentence"),
    [
        (other_page, "Tệp này của trang khác"),
        (change_po(lambda po: po.metadata.pop(exchange.ID)), "đã mất dòng mã"),
        (change_po(set_entry(0, msgid="Câu đã sửa")), "không có trong trang"),
        (change_po(in_body(msgstr="The province has 96 communes")), "không khớp với bản tiếng Việt"),
        (change_po(in_body(msgstr="The <b>96 communes")), "không khớp với bản tiếng Việt"),
        (lambda one, portal: str(translated_po(one)).encode("utf-16"), "không phải UTF-8"),
        (lambda one, portal: "/etc/hostname", "Tệp PO hỏng"),
    ],
)
def test_po__refused_whole(one, portal, send, made, sentence):
    assert sentence in send(made(one, portal), "bai.po")
    assert not any(texts(one))


def mangle(change):
    def made(one):
        lines = lines_of(one)
        for line in lines[1:]:
            line[2] = "English"
        change(lines)
        return book(lines)

    return made


def swap_sources(lines):
    lines[1][1], lines[2][1] = lines[2][1], lines[1][1]


def strange_code(lines):
    lines[1][0] = "9-khongco"


@pytest.mark.parametrize(
    ("made", "sentence"),
    [
        (mangle(swap_sources), "Dòng 2: câu tiếng Việt không đi với mã"),
        (mangle(strange_code), "Dòng 2: mã không thuộc trang này"),
        (mangle(lambda lines: lines.pop(0)), "Dòng đầu phải là"),
        (lambda one: b"PK khong phai xlsx", "Tệp XLSX hỏng"),
        (lambda one: b"", "Tệp XLSX hỏng"),
    ],
)
def test_xlsx__refused_whole(one, send, made, sentence):
    assert sentence in send(made(one), "bai.xlsx")
    assert not any(texts(one))


def test_other_kind_of_file(one, send):
    assert "Chỉ nhận tệp .po hoặc .xlsx" in send("x", "bai.docx")


def test_changed_original__old_file_is_refused_by_line(one, portal, send):
    content = mangle(lambda lines: None)(one)
    article = type(portal.article).objects.get(pk=portal.article.pk)
    article.title = "Khánh thành cầu mới"
    article.save_revision().publish()
    one.refresh_from_db()
    work.refresh(one)
    assert "bản gốc đã đổi" in send(content, "bai.xlsx")


def test_formula__stays_a_text(one, portal):
    row = rows_of(one.translation.source)[0]
    work.save(one, {row.pk: work.Typed("=1+1", row.seen)}, portal.translator)
    sheet = load_workbook(io.BytesIO(exchange.workbook_of(one))).active
    assert (sheet["C2"].value, sheet["C2"].data_type) == ("=1+1", "s")


def hostile_po(one, markup):
    po = translated_po(one)
    po[0].msgstr = markup
    return SimpleUploadedFile("bai.po", str(po).encode())


def hostile_xlsx(one, markup):
    lines = lines_of(one)
    lines[1][2] = printable(markup)
    return SimpleUploadedFile("bai.xlsx", book(lines))


@pytest.mark.parametrize("made", [hostile_po, hostile_xlsx])
def test_hostile_markup__refuses_the_file(one, made):
    for markup in HOSTILE:
        with pytest.raises(ValidationError):
            exchange.read(one, made(one, markup))
