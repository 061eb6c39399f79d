"""Sheets as Excel workbooks, every cell text. Imported only when one is written: the library takes much memory."""

import io
import re
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from conditions.sheets.problems import FileRefused

_MOST_SIGNS = 32_767  # Of a cell; a spreadsheet program cuts off what is more.
_WIDE = 48
# What XML cannot hold or would change, and what would be read as one of these.
_TO_ESCAPE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


def write_xlsx(headers: Sequence[str], rows: Iterable[Sequence[str]], *, title: str) -> bytes:
    """A workbook with one sheet of text. Raises FileRefused for a cell that is too long for it."""
    # All of it before the first cell is written: a workbook that is given up halfway holds on to its file.
    checked = [_check_lengths(number, headers, row) for number, row in enumerate(rows, start=2)]
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "B2"
    for place, header in enumerate(headers, start=1):
        wide = _WIDE if header in ("text", "sources", "title", "authors", "note") else max(12, len(header) + 2)
        sheet.column_dimensions[get_column_letter(place)].width = wide
    sheet.append([_make_cell(sheet, header, font=Font(bold=True)) for header in headers])
    wrapped = Alignment(wrap_text=True, vertical="top")
    for row in checked:
        sheet.append([_make_cell(sheet, text, alignment=wrapped) for text in row])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _make_cell(sheet: object, text: str, **style: object) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=_TO_ESCAPE.sub(lambda found: f"_x{ord(found[0]):04X}_", text))
    cell.data_type = "s"  # Whatever it begins with.
    cell.number_format = "@"  # So that what is typed into it is text as well.
    for name, value in style.items():
        setattr(cell, name, value)
    return cell


def _check_lengths(number: int, headers: Sequence[str], row: Sequence[str]) -> Sequence[str]:
    """The row as it is. Raises FileRefused."""
    for header, text in zip(headers, row, strict=True):
        if len(text) + 6 * len(_TO_ESCAPE.findall(text)) > _MOST_SIGNS:
            raise FileRefused(
                f"This text is longer than a cell of a workbook may be ({_MOST_SIGNS:,} characters). Export as CSV.",
                row=number,
                column=header,
            )
    return row
