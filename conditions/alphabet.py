"""Lists from A to Z."""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Generic, TypeVar

from django.http import Http404
from django.utils.translation import gettext as _

Entry = TypeVar("Entry")

_NO_LETTER = "0–9"


@dataclass(frozen=True)
class Letter(Generic[Entry]):
    """The entries under one letter of the alphabet."""

    letter: str
    entries: list[Entry]

    @property
    def anchor(self) -> str:
        return "letter-0" if self.letter == _NO_LETTER else f"letter-{self.letter}"


def by_letter(entries: Iterable[Entry], *, sort_key: Callable[[Entry], tuple[str, ...]]) -> list[Letter[Entry]]:
    """The entries in the order of their keys; what does not begin with a letter from A to Z comes first."""

    def letter(entry: Entry) -> str:
        return _letter(sort_key(entry)[0])

    ordered = sorted(entries, key=lambda entry: (letter(entry) != _NO_LETTER, sort_key(entry)))
    return [Letter(name, list(members)) for name, members in groupby(ordered, key=letter)]


def choose_letter(letters: Sequence[Letter[Entry]], asked: str) -> Letter[Entry]:
    """The one that is asked for, else the first. Raises Http404 when there is no such letter."""
    found = next((letter for letter in letters if letter.letter == (asked or letters[0].letter)), None)
    if found is None:
        raise Http404(_("No name begins with this letter."))
    return found


def plain_letters(text: str) -> str:
    """For sorting: lower case, no accents, no leading punctuation."""
    letters = unicodedata.normalize("NFKD", text).casefold()
    kept = "".join(char for char in letters if not unicodedata.combining(char))
    return kept.lstrip(" “\"'‘(")


def _letter(plain: str) -> str:
    first = plain[:1].upper()
    return first if first.isascii() and first.isalpha() else _NO_LETTER
