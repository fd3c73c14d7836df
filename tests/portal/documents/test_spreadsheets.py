"""Workbooks, read back with another library."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest

from portal import clock
from portal.documents.spreadsheets import Sheet, safe, write

MOMENT = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)


def read(content):
    return openpyxl.load_workbook(BytesIO(content))


def rows_of(page):
    return [list(row) for row in page.iter_rows(values_only=True)]


def test_values_come_back_as_they_are():
    sheet = Sheet(
        "Cijfers",
        ["Naam", "n", "%", "op", "om", "ja"],
        [
            ["Bèta", 12, Decimal("3.5"), date(2026, 7, 1), MOMENT, True],
            ["007", None, -2.5, None, None, False],
        ],
    )
    (page,) = read(write([sheet]))
    assert rows_of(page) == [
        ["Naam", "n", "%", "op", "om", "ja"],
        ["Bèta", 12, 3.5, datetime(2026, 7, 1), datetime(2026, 7, 2, 0, 30), True],
        ["007", None, -2.5, None, None, False],
    ]
    assert page["D2"].number_format == "yyyy-mm-dd"
    assert page.freeze_panes == "A2"


@pytest.mark.parametrize(
    "text", ["=1+1", "+31 6", "-2", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x")']
)
def test_texts_that_look_like_formulas_are_made_harmless(text):
    (page,) = read(write([Sheet("A", [text], [[text]], note=text)]))
    for cell in (page["A1"], page["A2"], page["A4"]):
        assert cell.data_type == "s"
        assert cell.value.startswith("'")
    assert safe(text) == "'" + text
    assert safe("5 = 5") == "5 = 5"


def test_link_stays_a_text():
    (page,) = read(write([Sheet("A", ["x"], [["http://127.0.0.1/"]])]))
    assert (page["A2"].value, page["A2"].hyperlink) == ("http://127.0.0.1/", None)


def test_tabs_get_names_that_are_accepted():
    book = read(write([Sheet("Q3: [a]/b?*", ["x"], []), Sheet("y" * 40, ["x"], []), Sheet("''", ["x"], [])]))
    assert book.sheetnames == ["Q3   a  b", "y" * 31, "-"]


def test_same_table_gives_the_same_bytes():
    with clock.frozen(MOMENT):
        assert write([Sheet("A", ["x"], [[1]])]) == write([Sheet("A", ["x"], [[1]])])


def test_formats_per_column():
    (page,) = read(write([Sheet("A", ["x"], [[0.25]], formats=["0 %"])]))
    assert page["A2"].number_format == "0 %"


def test_empty_workbook_is_refused():
    with pytest.raises(ValueError, match="sheet"):
        write([])
