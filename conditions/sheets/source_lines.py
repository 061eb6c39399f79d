"""The sources of a fact as lines of one cell: key | where | bearing | quote.

A backslash takes the meaning from the sign after it: \\| is a bar, \\\\ a backslash, and \\n the end of a line within a
quote.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from conditions.models import Bearing, FactCitation

_PARTS = 4
_ENDS = {"\n": "\\n", "\r": "\\r"}
_MEANT = {"n": "\n", "r": "\r"}


@dataclass(frozen=True)
class SourceLine:
    key: str
    locator: str = ""
    bearing: str = Bearing.SUPPORTS
    quote: str = ""

    @classmethod
    def of(cls, source: FactCitation) -> "SourceLine":
        return cls(source.citation.key, source.locator, source.bearing, source.quote)


def write_sources(sources: Iterable[SourceLine]) -> str:
    """The cell that holds these sources, in their order."""
    return "\n".join(_write(source) for source in sources)


def read_sources(cell: str) -> list[SourceLine]:
    """The sources of the cell. Raises ValidationError that names the line."""
    lines = cell.replace("\r\n", "\n").split("\n")
    found = [_read(number, line) for number, line in enumerate(lines, start=1) if line.strip()]
    keys = [source.key for source in found]
    twice = next((key for key in keys if keys.count(key) > 1), None)
    if twice is not None:
        raise ValidationError(f"The source “{twice}” stands here twice. Keep one of the lines.", code="twice")
    return found


def _write(source: SourceLine) -> str:
    parts = [source.key, source.locator, str(source.bearing), source.quote]
    while len(parts) > 1 and not parts[-1]:
        parts.pop()
    if parts == [source.key, "", str(Bearing.SUPPORTS)]:
        parts = [source.key]
    return " | ".join(_escape(part) for part in parts)


def _escape(part: str) -> str:
    signs = [f"\\{sign}" if sign in "\\|" else _ENDS.get(sign, sign) for sign in part]
    # A space at either end is part of the text only if it is marked.
    for place in {0, len(signs) - 1} if signs else ():
        if part[place].isspace() and part[place] not in _ENDS:
            signs[place] = f"\\{part[place]}"
    return "".join(signs)


def _read(number: int, line: str) -> SourceLine:
    parts = list(_split(number, line))
    if len(parts) > _PARTS:
        raise ValidationError(
            f"Line {number} has more than {_PARTS} parts. Write key | where | bearing | quote, and \\| for a bar "
            "within the text.",
            code="parts",
        )
    key, locator, bearing, quote = [*parts, "", "", ""][:_PARTS]
    if not key:
        raise ValidationError(f"Line {number} does not begin with the key of a source.", code="no_key")
    _check_length(number, locator)
    return SourceLine(key, locator, _read_bearing(number, bearing), quote)


def _check_length(number: int, locator: str) -> None:
    most = FactCitation._meta.get_field("locator").max_length or 0
    if len(locator) > most:
        raise ValidationError(
            f"Line {number}: the place in the source has {len(locator)} characters; at most {most} are allowed.",
            code="too_long",
        )


def _read_bearing(number: int, text: str) -> str:
    known = {str(name).casefold(): value for value, label in Bearing.choices for name in (value, label)}
    if text and text.casefold() not in known:
        raise ValidationError(
            f"Line {number}: “{text}” is no bearing. Write one of: {', '.join(Bearing.values)}.", code="bearing"
        )
    return known.get(text.casefold(), Bearing.SUPPORTS.value)


def _split(number: int, line: str) -> Iterator[str]:
    """The parts between bars, what is escaped resolved, without the spaces around them."""
    signs: list[tuple[str, bool]] = []
    rest = iter(line)
    for sign in rest:
        if sign == "\\":
            escaped = next(rest, None)
            if escaped is None:
                raise ValidationError(f"Line {number} ends in a backslash. Write \\\\ for a backslash.", code="escape")
            signs.append((_MEANT.get(escaped, escaped), True))
        elif sign == "|":
            yield _strip(signs)
            signs = []
        else:
            signs.append((sign, False))
    yield _strip(signs)


def _strip(signs: list[tuple[str, bool]]) -> str:
    kept = [place for place, (sign, is_escaped) in enumerate(signs) if is_escaped or not sign.isspace()]
    return "".join(sign for sign, _ in signs[kept[0] : kept[-1] + 1]) if kept else ""
