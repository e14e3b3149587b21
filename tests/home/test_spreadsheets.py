"""Spreadsheets the portal gives out: nothing in them is run, nothing breaks them, days are days."""

import csv
import datetime
import io

import pytest
from openpyxl import load_workbook

from home.spreadsheets import Sheet, csv_lines, xlsx_of

LIKE_FORMULAS = ["=1+1", "+84255", "-x", '@SUM("A1")', "\tx", "=HYPERLINK(1)"]


def sheet_of(*sheets):
    return load_workbook(io.BytesIO(xlsx_of(*sheets))).worksheets[0]


@pytest.mark.parametrize("text", LIKE_FORMULAS)
def test_text_like_a_formula__stays_a_text(text):
    cell = sheet_of(Sheet("Bảng", [[text]], ["Cột"]))["A2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)
    assert sheet_of(Sheet("Bảng", [], [text]))["A1"].data_type == "s"
    lines = "".join(csv_lines([text], [[text]])).removeprefix("\ufeff")
    assert list(csv.reader(io.StringIO(lines))) == [[f"'{text}"], [f"'{text}"]]


def test_forbidden_characters__are_left_out_and_the_file_opens():
    sheet = sheet_of(Sheet("Bảng\x00", [["a\x0b\ufffeb\x1f\ud800", "hai\ndòng"]], ["Cột\x01"]))
    assert sheet.title == "Bảng"
    assert [cell.value for cell in sheet[2]] == ["ab", "hai\ndòng"]
    assert sheet["A1"].value == "Cột"
    assert "\x0b" not in "".join(csv_lines(["x"], [["a\x0bb"]]))


def test_days_and_figures__are_what_they_are():
    moment = datetime.datetime(2018, 3, 4, 20, 0, tzinfo=datetime.UTC)
    row = [datetime.date(2018, 3, 5), moment, 87844, None, "12"]
    cells = sheet_of(Sheet("Bảng", [row]))[1]
    assert cells[0].value == datetime.datetime(2018, 3, 5)
    assert cells[1].value == datetime.datetime(2018, 3, 5, 3, 0)
    assert [cell.value for cell in cells[2:]] == [87844, None, "12"]
    assert [cell.number_format for cell in cells[:3]] == ["DD/MM/YYYY", "DD/MM/YYYY HH:MM", "#,##0"]
    assert "".join(csv_lines([], [row])).splitlines()[1] == "05/03/2018,05/03/2018 03:00,87844,,12"


def test_sheet__has_its_headings_in_view_its_widths_and_its_choices():
    one = Sheet("Bảng", [["x", "y", "z"]], ["A", "B", "C"], [5, 9], [["Tên"], []], {"B": "'Hai'!$A$1:$A$60"})
    sheet = sheet_of(one, Sheet("Hai", [["x"]]))
    assert sheet.freeze_panes == "A4"
    assert [sheet.column_dimensions[letter].width for letter in "ABC"] == [5, 9, 9]
    assert [cell.value for cell in sheet[3]] == ["A", "B", "C"]
    assert sheet["A3"].font.bold
    (choice,) = sheet.data_validations.dataValidation
    assert (choice.formula1, str(choice.sqref)) == ("='Hai'!$A$1:$A$60", "B2:B5001")
