"""What is wrong in content files: each problem is a sentence with its place."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing to mend, named by file, entry and field."""

    message: str
    file: str
    line: int = 0
    entry: str = ""
    field: str = ""

    def __str__(self) -> str:
        place = f"{self.file}, line {self.line}" if self.line else self.file
        if self.entry:
            place += f", {self.entry}"
        if self.field:
            place += f", field “{self.field}”"
        return f"{place}: {self.message}"


class LoadRefused(Exception):
    """Nothing was loaded; `problems` has everything that must be mended first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
