"""Excel workbooks: the first sheet's cells as text. Formulas are refused, not computed."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from conditions.sheets.problems import FileRefused

_MOST_UNPACKED = 50_000_000
_MOST_PARTS = 500
_MOST_COLUMNS = 200
# A workbook has no use for declarations, which could multiply a small text endlessly.
_DECLARATIONS = [
    word.encode(code) for word in ("<!DOCTYPE", "<!ENTITY") for code in ("utf-8", "utf-16-le", "utf-16-be")
]
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_BROKEN = "The workbook cannot be read: it is damaged or incomplete. Open it in your program and save it anew."


def read_xlsx(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """(number, cells) of each row of the first sheet. Raises FileRefused."""
    try:
        _check_archive(content)
        book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        if not book.worksheets:
            raise FileRefused("The workbook has no sheet with cells.")
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # What the file says of its own size is not believed.
        for number, row in enumerate(sheet.iter_rows(), start=1):
            if any(cell.value is not None for cell in row[_MOST_COLUMNS:]):
                raise FileRefused(f"This row has more than {_MOST_COLUMNS} cells.", row=number)
            yield number, [_read_cell(cell, number, place) for place, cell in enumerate(row[:_MOST_COLUMNS], start=1)]
    except FileRefused:
        raise
    # A broken file breaks the library in as many ways as there are parts of it.
    except (
        *(zipfile.BadZipFile, zipfile.LargeZipFile, ParseError, EOFError, OSError, NotImplementedError, RuntimeError),
        *(KeyError, ValueError, TypeError, AttributeError, IndexError, OverflowError, AssertionError, SyntaxError),
        *(zlib.error, InvalidFileException),
    ) as error:
        raise FileRefused(_BROKEN) from error


def _check_archive(content: bytes) -> None:
    """Raises FileRefused for an archive that would become too much when it is unpacked."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        # No part gives more than it claims here: reading stops there.
        if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_UNPACKED:
            raise FileRefused(f"The workbook is too large: unpacked it has more than {_MOST_UNPACKED // 10**6} MB.")
        for part in parts:
            if part.filename.endswith((".xml", ".rels")) and any(word in archive.read(part) for word in _DECLARATIONS):
                raise FileRefused("The workbook holds declarations that no spreadsheet program writes.")


def _read_cell(cell: Any, number: int, place: int) -> str:
    column = get_column_letter(place)
    if cell.data_type == "f":
        raise FileRefused("This cell holds a formula. Put its value in its place.", row=number, column=column)
    if cell.data_type == "e":
        raise FileRefused(f"This cell holds an error, {cell.value}.", row=number, column=column)
    return _as_text(cell.value)


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return format(value, ".0f") if value.is_integer() else repr(value)
    if isinstance(value, datetime) and not any((value.hour, value.minute, value.second, value.microsecond)):
        value = value.date()
    if isinstance(value, date | datetime):
        return value.isoformat()
    return _ESCAPED.sub(_resolve, str(value))


def _resolve(found: re.Match[str]) -> str:
    """The sign behind _x000D_, as Excel writes what XML cannot hold. None that no text may hold."""
    sign = chr(int(found[1], 16))
    return found[0] if sign == "\0" or "\ud800" <= sign <= "\udfff" else sign
