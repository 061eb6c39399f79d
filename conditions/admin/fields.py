"""Form fields of this app's structured values."""

from typing import Any

from conditions.author_lines import read_line, to_line
from editorial.admin.fields import LinesField


class AuthorsField(LinesField):
    """Authors as CSL names, one on each line: “Family, Given”, or “Organization: Name”."""

    def to_line(self, entry: dict[str, str]) -> str:
        return to_line(entry)

    def read_line(self, number: int, line: str) -> dict[str, str]:
        return read_line(number, line)

    def has_changed(self, initial: Any, data: Any) -> bool:
        # A record may hold parts of a name that lines do not show; untouched lines leave it as it is.
        return super().has_changed([self.read_line(0, self.to_line(entry)) for entry in initial or []], data)
