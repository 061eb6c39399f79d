"""The authors of a source as lines of one cell, without loss.

An author whose record holds more than a line can say stands as JSON on its line.
"""

import json
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError

from conditions.author_lines import read_line, to_line

_MOST = 200  # Characters of a line, as in the form.
# Parts of a CSL name.
_KNOWN = {
    "family",
    "given",
    "literal",
    "suffix",
    "non-dropping-particle",
    "dropping-particle",
    "comma-suffix",
    "static-ordering",
}


def write_authors(authors: Sequence[Any]) -> str:
    """The cell that holds these authors, in their order."""
    return "\n".join(_write(author) for author in authors or [])


def read_authors(cell: str) -> list[dict[str, Any]]:
    """The authors of the cell. Raises ValidationError that names the line."""
    lines = cell.replace("\r\n", "\n").split("\n")
    return [_read(number, line.strip()) for number, line in enumerate(lines, start=1) if line.strip()]


def _write(author: Any) -> str:
    return _plain_line(author) or json.dumps(author, ensure_ascii=False)


def _plain_line(author: Any) -> str:
    """The line of the author; empty where it would be read as another one."""
    try:
        line = to_line(author)
        is_safe = "\n" not in line and line == line.strip() and not line.startswith("{") and len(line) <= _MOST
        return line if is_safe and read_line(0, line) == author else ""
    except (ValidationError, TypeError, AttributeError):
        return ""


def _read(number: int, line: str) -> dict[str, Any]:
    if line.startswith("{"):
        return _read_json(number, line)
    if len(line) > _MOST:
        raise ValidationError(
            f"Line {number} has {len(line)} characters; at most {_MOST} are allowed.", code="too_long"
        )
    return read_line(number, line)


def _read_json(number: int, line: str) -> dict[str, Any]:
    try:
        author = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ValidationError(f"Line {number} begins with a brace, but it is not valid JSON.", code="json") from error
    unknown = sorted(set(author) - _KNOWN)
    if unknown:
        raise ValidationError(
            f"Line {number}: a name has no part “{unknown[0]}”. Known are: {', '.join(sorted(_KNOWN))}.", code="part"
        )
    if not all(isinstance(value, bool) or _is_text(value) for value in author.values()):
        raise ValidationError(f"Line {number}: each part of a name must be text.", code="part")
    return author


def _is_text(value: Any) -> bool:
    """JSON may name signs that no text in the database can hold."""
    return isinstance(value, str) and not any(sign == "\0" or "\ud800" <= sign <= "\udfff" for sign in value)
