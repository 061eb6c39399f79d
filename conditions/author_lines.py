"""Authors as people write them, one on each line: “Family, Given”, or “Organization: Name”."""

from django.core.exceptions import ValidationError

_ORGANISATION = "organization:"
_NAME_PARTS = ("family", "given")


def to_line(entry: dict[str, str]) -> str:
    """The line that stands for one author. It shows the name only, whatever else the record holds."""
    if "literal" in entry:
        return f"Organization: {entry['literal']}"
    return ", ".join(entry[part] for part in _NAME_PARTS if entry.get(part))


def read_line(number: int, line: str) -> dict[str, str]:
    """The author of one line. Raises ValidationError that names the line."""
    if line.lower().startswith(_ORGANISATION):
        literal = line[len(_ORGANISATION) :].strip()
        if not literal:
            raise ValidationError(f"Line {number} names no organization after the colon.", code="no_name")
        return {"literal": literal}
    parts = [part.strip() for part in line.split(",")]
    if len(parts) > len(_NAME_PARTS) or not all(parts):
        raise ValidationError(
            f"Line {number}, “{line}”, must be one person as “Family, Given”, "
            "or an organization as “Organization: Name”.",
            code="no_author",
        )
    return dict(zip(_NAME_PARTS, parts, strict=False))
