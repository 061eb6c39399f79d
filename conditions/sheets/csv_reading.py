"""CSV files, as the usual programs write them."""

import codecs
import csv
import io
from collections.abc import Iterator

from conditions.sheets.problems import FileRefused

_DELIMITERS = (",", ";", "\t")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_AS_UTF8 = "Save it as UTF-8: in Excel choose “CSV UTF-8”, in LibreOffice the character set “Unicode (UTF-8)”."


def read_csv(content: bytes, *, encoding: str, columns: list[str]) -> Iterator[tuple[int, list[str]]]:
    """(number, cells) of each row. Raises FileRefused."""
    text = _decode(content, encoding)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_find_delimiter(text, columns), strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            yield number, cells
    except csv.Error as error:
        raise FileRefused(
            f"The quotation marks from here on do not fit ({error}). A text with a quotation mark must stand in "
            "quotation marks itself, with each of its own doubled.",
            row=number + 1,
        ) from error


def _decode(content: bytes, encoding: str) -> str:
    if content.startswith(_UTF16) or b"\0" in content:
        raise FileRefused(f"This is no text in UTF-8; it looks like “Unicode text” (UTF-16). {_AS_UTF8}")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _decode_otherwise(content, encoding, error)
    if encoding != "utf-8" and not text.isascii():
        raise FileRefused("This file is text in UTF-8. Choose UTF-8, so that its letters stay what they are.")
    return text


def _decode_otherwise(content: bytes, encoding: str, error: UnicodeDecodeError) -> str:
    line = content[: error.start].count(b"\n") + 1
    if encoding == "utf-8":
        raise FileRefused(
            f"This is no text in UTF-8 (see line {line}). {_AS_UTF8} If it was saved by an older Excel, choose "
            "“Windows-1252” here and check the letters on the next page.",
        ) from error
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as other:
        line = content[: other.start].count(b"\n") + 1
        raise FileRefused(f"This is no text in Windows-1252 either (see line {line}). {_AS_UTF8}") from other


def _find_delimiter(text: str, columns: list[str]) -> str:
    """The sign by which most known columns are found in the first row."""
    known = {column.casefold() for column in columns}

    def count(delimiter: str) -> int:
        try:
            first = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
        except csv.Error:
            return 0
        return sum(" ".join(cell.split()).casefold() in known for cell in first)

    return max(_DELIMITERS, key=count)
