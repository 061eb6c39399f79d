"""From the bytes of a file to its rows of text. Nothing of a file is believed: neither its name nor what it says of
its own size."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

from conditions.sheets.cells import unguard
from conditions.sheets.csv_reading import read_csv
from conditions.sheets.problems import FileRefused, TooManyRows

UTF8, WINDOWS = "utf-8", "windows-1252"
MOST_BYTES = 5_000_000
MOST_COLUMNS = 100
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK"
_SAVE_AS = "Save it as “CSV UTF-8” or as an Excel workbook (.xlsx)."


@dataclass(frozen=True)
class Row:
    number: int
    """As the spreadsheet program counts: the names of the columns are row 1."""
    cells: list[str]


@dataclass(frozen=True)
class Table:
    headers: list[str]
    rows: list[Row]


def read_table(
    content: bytes, *, name: str, encoding: str = UTF8, columns: list[str], most_rows: int | None = None
) -> Table:
    """The table of a CSV or XLSX file. `columns` are the names that are known.

    Raises FileRefused when it is none, and TooManyRows when it has more than `most_rows`.
    """
    lines = _read_lines(content, name, encoding, columns)
    first = next(lines, None)
    if first is None:
        raise FileRefused("The file is empty. It must begin with the names of the columns.")
    headers = _read_headers(first.cells)
    rows: list[Row] = []
    for line in lines:
        if most_rows is not None and len(rows) >= most_rows:
            raise TooManyRows(f"The file has more than {most_rows:,} rows.")
        rows.append(_fit(line, len(headers)))
    if not rows:
        raise FileRefused("The file holds the names of the columns and no row under them.")
    return Table(headers, rows)


def _read_lines(content: bytes, name: str, encoding: str, columns: list[str]) -> Iterator[Row]:
    suffix = PurePath(name).suffix.lower()
    if suffix not in (".csv", ".xlsx"):
        raise FileRefused(f"The name “{name}” ends neither in .csv nor in .xlsx. {_SAVE_AS}")
    if not content.strip():
        raise FileRefused("The file is empty. It must begin with the names of the columns.")
    if content.startswith(_OLD_EXCEL):
        raise FileRefused(f"This is a file of an old Excel, or one with a password. {_SAVE_AS}")
    if suffix == ".xlsx" and not content.startswith(_ZIP):
        raise FileRefused(f"The name ends in .xlsx, but the file is no Excel workbook. {_SAVE_AS}")
    if suffix == ".csv" and content.startswith(_ZIP):
        raise FileRefused("The name ends in .csv, but the file is an Excel workbook or an archive. Name it .xlsx.")
    for number, cells in _read_cells(content, suffix, encoding=encoding, columns=columns):
        if any(cell.strip() for cell in cells):
            yield Row(number, [unguard(cell) for cell in cells])


def _read_cells(content: bytes, suffix: str, *, encoding: str, columns: list[str]) -> Iterator[tuple[int, list[str]]]:
    """(number, cells) of each row. Raises FileRefused."""
    if suffix == ".csv":
        return read_csv(content, encoding=encoding, columns=columns)
    from conditions.sheets.xlsx_reading import read_xlsx  # Not above: every worker would hold the library.

    return read_xlsx(content)


def _read_headers(cells: list[str]) -> list[str]:
    headers = [" ".join(cell.split()) for cell in cells]
    while headers and not headers[-1]:
        headers.pop()
    if len(headers) > MOST_COLUMNS:
        raise FileRefused(f"The first row has {len(headers)} cells, which is no list of columns.", row=1)
    return headers


def _fit(line: Row, width: int) -> Row:
    """The row with as many cells as there are columns."""
    if any(cell.strip() for cell in line.cells[width:]):
        raise FileRefused(
            "This row has more cells than there are columns. A comma or a quotation mark within a text may be the "
            "reason: texts with them must stand in quotation marks.",
            row=line.number,
        )
    return Row(line.number, [*line.cells[:width], *[""] * (width - len(line.cells))])
