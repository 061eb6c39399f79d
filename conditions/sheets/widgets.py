"""What a cell means: from its text to the value of a field, and back. Refusals are sentences."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, TextChoices
from import_export.widgets import Widget

from conditions.freezing import plain_number
from conditions.sheets.author_cells import read_authors, write_authors
from conditions.sheets.names import Names

_NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?")
_MOST = 32767  # What the column of the table holds.
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class TextCell(Widget):
    def clean(self, value: str, row: Any = None, **kwargs: Any) -> str:
        return value.strip()

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "" if value is None else str(value)


class ChoiceCell(Widget):
    """One word of a list; what the forms call it is understood as well."""

    def __init__(self, choices: type[TextChoices], *, may_be_empty: bool = False) -> None:
        super().__init__()
        self.choices, self.may_be_empty = choices, may_be_empty
        self.known = {str(name).casefold(): value for value, label in choices.choices for name in (value, label)}

    def clean(self, value: str, row: Any = None, **kwargs: Any) -> str:
        word = value.strip()
        if not word and self.may_be_empty:
            return ""
        if word.casefold() not in self.known:
            what = f"“{word}” is not known here." if word else "This must not be empty."
            raise ValidationError(f"{what} Write one of: {', '.join(self.choices.values)}.", code="choice")
        return self.known[word.casefold()]

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return str(value or "")


class YesNoCell(Widget):
    known = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}

    def clean(self, value: str, row: Any = None, **kwargs: Any) -> bool:
        word = value.strip().casefold()
        if word not in self.known:
            raise ValidationError("Write yes or no.", code="yes_no")
        return self.known[word]

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "yes" if value else "no"


class NumberCell(Widget):
    """An exact decimal, or nothing."""

    def clean(self, value: str, row: Any = None, **kwargs: Any) -> Decimal | None:
        digits = value.strip()
        if not digits:
            return None
        if not _NUMBER.fullmatch(digits):
            raise ValidationError(
                f"“{digits}” is not a number as it is written here: digits, a point for the decimals (at most six), "
                "no sign for thousands, such as 1250 or 72.5.",
                code="number",
            )
        return Decimal(digits)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return plain_number(value) or ""


class WholeNumberCell(Widget):
    """A whole number of 0 or more, or nothing where that is allowed."""

    def __init__(self, *, may_be_empty: bool = False) -> None:
        super().__init__()
        self.may_be_empty = may_be_empty

    def clean(self, value: str, row: Any = None, **kwargs: Any) -> int | None:
        digits = value.strip()
        if not digits and self.may_be_empty:
            return None
        if not re.fullmatch(r"[0-9]{1,5}", digits) or int(digits) > _MOST:
            what = f"“{digits}” is not a whole number." if digits else "This must not be empty."
            raise ValidationError(f"{what} Write one from 0 to {_MOST}.", code="whole_number")
        return int(digits)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "" if value is None else str(value)


class DayCell(Widget):
    """A date as 2026-11-22, or nothing."""

    def clean(self, value: str, row: Any = None, **kwargs: Any) -> date | None:
        text = value.strip()
        if not text:
            return None
        try:
            return date.fromisoformat(text if _DAY.fullmatch(text) else "")
        except ValueError as error:
            raise ValidationError(f"“{text}” is not a date. Write it as 2026-11-22.", code="date") from error

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return value.isoformat() if value else ""


class LinkCell(Widget):
    """Another row, by its key or slug."""

    def __init__(
        self,
        model: type[Model],
        *,
        may_be_empty: bool = False,
        within: Callable[[Any], tuple[str, ...]] = lambda row: (),
        where: str = "",
    ) -> None:
        super().__init__()
        self.model, self.may_be_empty, self.within, self.where = model, may_be_empty, within, where

    def clean(self, value: str, row: Any = None, *, names: Names, **kwargs: Any) -> Model | None:
        key = value.strip()
        noun = str(self.model._meta.verbose_name)
        if not key and self.may_be_empty:
            return None
        found = names.find(self.model, *self.within(row), key) if key else None
        if found is None:
            what = f"There is no {noun} “{key}”{self.where}." if key else f"Name a {noun} here."
            raise ValidationError(what, code="unknown")
        return found

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return getattr(value, getattr(value, "KEY_FIELD", "slug")) if value else ""


class AuthorsCell(Widget):
    def clean(self, value: str, row: Any = None, **kwargs: Any) -> list[dict[str, Any]]:
        return read_authors(value)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return write_authors(value)
