"""The text of single cells: kept from being a formula, and compared with what is saved."""

import re

# A spreadsheet program takes a cell that begins so for a formula.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")


def guard(text: str) -> str:
    """The text as a cell that no program runs: what could be taken for a formula gets one apostrophe in front."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguard(cell: str) -> str:
    """The text that `guard` made this cell of."""
    return cell[1:] if _GUARDED.match(cell) else cell


def is_same(cell: str, saved: str) -> bool:
    """Whether the cell says what is saved. Spreadsheet programs rewrite the ends of lines, which says nothing."""
    return cell == saved or _plain(cell) == _plain(saved)


def keep_line_ends(cell: str, saved: str) -> str:
    """The cell's text with line ends of the kind that the saved text has, so that no other line counts as changed."""
    text = _plain(cell)
    return text.replace("\n", "\r\n") if "\r\n" in saved else text


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n")
