"""What is wrong with a sheet: each problem is a sentence with its row and column."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing to mend. Rows are counted as spreadsheet programs do: the names of the columns are row 1."""

    message: str
    row: int = 0
    """0 where the whole file is meant."""
    column: str = ""

    def __str__(self) -> str:
        places = [f"row {self.row}" if self.row else "", f"column “{self.column}”" if self.column else ""]
        place = ", ".join(filter(None, places))
        return f"{place[0].upper()}{place[1:]}: {self.message}" if place else self.message


class SheetRefused(Exception):
    """Nothing was imported; `problems` has everything that must be mended first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class FileRefused(SheetRefused):
    """The file cannot be read as a sheet at all."""

    def __init__(self, message: str, *, row: int = 0, column: str = "") -> None:
        super().__init__([Problem(message, row, column)])


class TooManyRows(FileRefused):
    """More rows than may be imported at once here."""
