"""Form fields for structured values, typed line by line."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError


class CommentField(forms.CharField):
    """A remark about the save. It is no part of the item, so filling it in changes nothing."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class LinesField(forms.CharField):
    """A list of texts, one on each line."""

    widget = forms.Textarea

    def __init__(self, *, max_line: int, rows: int = 3, **kwargs: Any) -> None:
        self.max_line = max_line
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows, "class": "vLargeTextField"}))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(self.to_line(entry) for entry in value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> Any:
        lines = super().clean(value).splitlines()
        numbered = [(number, line.strip()) for number, line in enumerate(lines, start=1) if line.strip()]
        self._check_lengths(numbered)
        return self.collect([self.read_line(number, line) for number, line in numbered])

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.clean(data) != self.collect(self._entries(initial))
        except ValidationError:
            return True

    def to_line(self, entry: Any) -> str:
        """The line that stands for one entry."""
        return str(entry)

    def read_line(self, number: int, line: str) -> Any:
        """The entry of one line. Raises ValidationError that names the line."""
        return line

    def collect(self, entries: list[Any]) -> Any:
        """The field's value out of its entries."""
        return entries

    def _entries(self, value: Any) -> list[Any]:
        return list(value or [])

    def _check_lengths(self, numbered: list[tuple[int, str]]) -> None:
        for number, line in numbered:
            if len(line) > self.max_line:
                raise ValidationError(
                    f"Line {number} has {len(line)} characters; at most {self.max_line} are allowed.", code="too_long"
                )


class PairsField(LinesField):
    """Pairs on lines such as “M34.1: CREST syndrome”. `names` are what the two halves are called in messages."""

    def __init__(self, *, names: tuple[str, str], **kwargs: Any) -> None:
        self.names = names
        super().__init__(**kwargs)

    def to_line(self, entry: tuple[str, str]) -> str:
        return f"{entry[0]}: {entry[1]}"

    def read_line(self, number: int, line: str) -> tuple[str, str]:
        first, colon, second = (part.strip() for part in line.partition(":"))
        if not (first and colon and second):
            raise ValidationError(
                f"Line {number}, “{line}”, must hold a {self.names[0]}, a colon and a {self.names[1]}.", code="no_pair"
            )
        return first, second


class MappingField(PairsField):
    """Pairs that are kept as {first: second}. Each first half stands once."""

    def prepare_value(self, value: Any) -> Any:
        return super().prepare_value(list(value.items()) if isinstance(value, dict) else value)

    def collect(self, entries: list[tuple[str, str]]) -> dict[str, str]:
        firsts = [first for first, _ in entries]
        twice = next((first for first in firsts if firsts.count(first) > 1), None)
        if twice is not None:
            raise ValidationError(f"The {self.names[0]} “{twice}” stands twice. Keep one of the lines.", code="twice")
        return dict(entries)

    def _entries(self, value: Any) -> list[tuple[str, str]]:
        return list((value or {}).items())


class RecordsField(PairsField):
    """Pairs that are kept as a list of {keys[0]: first, keys[1]: second}."""

    def __init__(self, *, keys: tuple[str, str], **kwargs: Any) -> None:
        self.keys = keys
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list):
            value = [tuple(entry.get(key, "") for key in self.keys) for entry in value]
        return super().prepare_value(value)

    def collect(self, entries: list[tuple[str, str]]) -> list[dict[str, str]]:
        return [dict(zip(self.keys, entry, strict=True)) for entry in entries]

    def _entries(self, value: Any) -> list[tuple[str, str]]:
        return [tuple(entry.get(key, "") for key in self.keys) for entry in value or []]
