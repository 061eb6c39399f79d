"""Form fields of this app's structured values."""

from typing import Any

from django.core.exceptions import ValidationError

from editorial.admin.fields import LinesField

_ORGANISATION = "organization:"
_NAME_PARTS = ("family", "given")


class AuthorsField(LinesField):
    """Authors as CSL names, one on each line: “Family, Given”, or “Organization: Name”."""

    def to_line(self, entry: dict[str, str]) -> str:
        if "literal" in entry:
            return f"Organization: {entry['literal']}"
        return ", ".join(entry[part] for part in _NAME_PARTS if entry.get(part))

    def read_line(self, number: int, line: str) -> dict[str, str]:
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

    def has_changed(self, initial: Any, data: Any) -> bool:
        # A record may hold parts of a name that lines do not show; untouched lines leave it as it is.
        return super().has_changed([self.read_line(0, self.to_line(entry)) for entry in initial or []], data)
