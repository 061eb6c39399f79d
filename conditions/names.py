"""All names under which readers may look for a condition, from A to Z."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from conditions.alphabet import Letter, by_letter, plain_letters
from conditions.composing import Name


@dataclass(frozen=True)
class ListedName:
    text: str
    condition: Name
    is_own: bool
    """The name that this site uses."""

    @property
    def leads_to(self) -> str:
        return self.condition.name if self.text == self.condition.abbreviation else self.condition.brief


def list_names(rows: Iterable[Mapping[str, Any]]) -> list[Letter[ListedName]]:
    """From rows with `label` (Name) and `also_known_as`: each name of a condition once, also its abbreviation."""
    names = (name for row in rows for name in _names(row["label"], row["also_known_as"]))
    return by_letter(names, sort_key=lambda name: (plain_letters(name.text), name.condition.slug))


def _names(condition: Name, others: Iterable[str]) -> Iterator[ListedName]:
    yield ListedName(condition.full, condition, is_own=True)
    said = {plain_letters(condition.name), plain_letters(condition.full)}
    for other in filter(None, (condition.abbreviation, *others)):
        if plain_letters(other) not in said:
            said.add(plain_letters(other))
            yield ListedName(other, condition, is_own=False)
