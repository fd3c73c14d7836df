"""The one door to xlsxwriter: tables as a workbook that starts no formula by itself."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from portal import clock

Cell = str | int | float | Decimal | date | datetime | bool | None
# A text that starts like this may be taken for a formula, also after copying it elsewhere.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "remove_timezone": True,
}
WIDEST = 60


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: its name on the tab, its column headings, its rows and a note below them."""

    title: str
    columns: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    note: str = ""
    formats: Sequence[str] = field(default=())  # number formats per column, "" for none


def safe(text: str) -> str:
    """Return the text with a sign before it when it might be taken for a formula."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


def write(sheets: Sequence[Sheet]) -> bytes:
    """Return the workbook (.xlsx) of these tables. Raises ValueError when there is none."""
    import xlsxwriter

    if not sheets:
        raise ValueError("A workbook needs a sheet.")
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, OPTIONS) as book:
        book.set_properties({"created": clock.now().astimezone(clock.AMSTERDAM).replace(tzinfo=None)})
        for sheet in sheets:
            _fill(book, sheet)
    return buffer.getvalue()


def _fill(book: Any, sheet: Sheet) -> None:
    page = book.add_worksheet(_tab(sheet.title))
    head = book.add_format({"bold": True, "bottom": 2, "text_wrap": True, "valign": "top"})
    formats = {
        kind: book.add_format({"num_format": kind}) for kind in {*sheet.formats, *DATES.values()} if kind
    }
    widths = [len(name) for name in sheet.columns]
    page.write_row(0, 0, [safe(name) for name in sheet.columns], head)
    page.freeze_panes(1, 0)
    number = 0
    for number, row in enumerate(sheet.rows, start=1):
        for column, cell in enumerate(row):
            kind = _format(sheet, column, cell)
            _write(page, number, column, cell, formats.get(kind))
            widths[column] = max(widths[column], len(str(cell)))
    for column, width in enumerate(widths):
        page.set_column(column, column, min(width + 2, WIDEST))
    if sheet.note:
        page.write_string(number + 2, 0, safe(sheet.note))


DATES: dict[type, str] = {datetime: "yyyy-mm-dd hh:mm", date: "yyyy-mm-dd"}


def _format(sheet: Sheet, column: int, cell: Cell) -> str:
    given = sheet.formats[column] if column < len(sheet.formats) else ""
    return given or DATES.get(type(cell), "")


def _write(page: Any, row: int, column: int, cell: Cell, kind: Any) -> None:
    if cell is None:
        return
    if isinstance(cell, str):
        page.write_string(row, column, safe(cell), kind)
    elif isinstance(cell, bool):
        page.write_boolean(row, column, cell, kind)
    elif isinstance(cell, datetime) and cell.tzinfo:
        page.write_datetime(row, column, cell.astimezone(clock.AMSTERDAM).replace(tzinfo=None), kind)
    elif isinstance(cell, (date, datetime)):
        page.write_datetime(row, column, cell, kind)
    else:
        page.write_number(row, column, cell, kind)


def _tab(title: str) -> str:
    r"""Return a name that Excel accepts for a tab: 31 signs at most, none of []:*?/\\."""
    kept = "".join(" " if sign in "[]:*?/\\" else sign for sign in title).strip().strip("'")
    return kept[:31] or "-"
