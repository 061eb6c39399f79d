"""What can be compared: the public conditions and the curated comparisons."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from conditions.alphabet import Letter, by_letter, plain_letters
from conditions.markdown import plain
from conditions.naming import Name, name_of
from conditions.paging import MOST_LISTED
from editorial import editions
from editorial.kept_lists import KeptList
from editorial.languages import local_path

_NAMES = ("name", "abbreviation", "also_known_as", "definition", "position", "title", "answer", "conditions")
_FIELDS = {name: name for name in _NAMES}
_MOST_FOLLOWED = 20
"""More slugs than this are no reader's question; they are not looked up."""


@dataclass(frozen=True)
class ConditionCard:
    label: Name
    subject_id: int
    also_known_as: tuple[str, ...]
    definition: str


@dataclass(frozen=True)
class ComparisonCard:
    slug: str
    title: str
    opening: str
    conditions: tuple[int, ...]

    @property
    def url(self) -> str:
        return local_path(f"/compare/{self.slug}/")


@dataclass(frozen=True)
class Choices:
    conditions: tuple[ConditionCard, ...]
    comparisons: tuple[ComparisonCard, ...]

    @cached_property
    def names(self) -> list[Name]:
        return [card.label for card in self.conditions]

    @cached_property
    def letters(self) -> list[Letter[Name]]:
        """The names by their first letters."""
        return by_letter(self.names, sort_key=lambda name: (plain_letters(name.full), name.slug))

    def choose_names(self, slugs: Collection[str]) -> list[Name]:
        """Those of these conditions, in the order of the site."""
        return [name for name in self.names if name.slug in slugs]

    @property
    def listed(self) -> tuple[ConditionCard, ...]:
        """The conditions, for a page that shows each; none where there are too many."""
        return self.conditions if len(self.conditions) <= MOST_LISTED else ()

    @property
    def ready(self) -> tuple[ComparisonCard, ...]:
        """The first of the curated comparisons."""
        return self.comparisons[:MOST_LISTED]

    @cached_property
    def ids(self) -> dict[str, int]:
        return {card.label.slug: card.subject_id for card in self.conditions}

    def find_curated(self, slugs: list[str]) -> str | None:
        """The slug of the comparison of exactly these conditions, in whichever order."""
        card = self.find_card(slugs)
        return card.slug if card else None

    def find_card(self, slugs: list[str]) -> ComparisonCard | None:
        asked = {self.ids[slug] for slug in slugs}
        return next((card for card in self.comparisons if set(card.conditions) == asked), None)

    def follow(self, slugs: list[str]) -> list[str]:
        """The slugs as they are today: one that a condition had before gives way to its new one. At most one query."""
        unknown = [slug for slug in slugs if slug not in self.ids][:_MOST_FOLLOWED]
        former = editions.find_former("condition", unknown) if unknown else {}
        today = {subject_id: slug for slug, subject_id in self.ids.items()}
        return [today.get(former.get(slug, 0), slug) for slug in slugs]


def list_choices() -> Choices:
    """One query, or two after a publication."""
    return _CHOICES.get()


def _read_choices() -> Choices:
    rows = editions.list_public("condition", "comparison", fields=_FIELDS)
    conditions = [_condition(row) for row in rows if row["kind"] == "condition"]
    comparisons = [_comparison(row) for row in rows if row["kind"] == "comparison"]
    conditions.sort(key=lambda pair: pair[0])
    order = {card.subject_id: place for place, (_, card) in enumerate(conditions)}
    return Choices(
        conditions=tuple(card for _, card in conditions),
        comparisons=tuple(
            sorted(comparisons, key=lambda card: ([order[subject_id] for subject_id in card.conditions], card.slug))
        ),
    )


_CHOICES = KeptList("condition", "comparison", fields=_FIELDS, read=_read_choices)


def _condition(row: dict[str, Any]) -> tuple[tuple[int, str], ConditionCard]:
    position, name = row["position"], row["name"]
    card = ConditionCard(
        label=name_of(slug=row["slug"], name=name, abbreviation=row["abbreviation"], position=position),
        subject_id=row["subject_id"],
        also_known_as=tuple(other for other in row["also_known_as"] if other != row["abbreviation"]),
        definition=row["definition"],
    )
    return (position, name), card


def _comparison(row: dict[str, Any]) -> ComparisonCard:
    return ComparisonCard(row["slug"], row["title"], _open(plain(row["answer"])), tuple(row["conditions"]))


def _open(text: str) -> str:
    """The first sentence: a card shows whole sentences, never the half of one."""
    return re.split(r"(?<=[.!?]) (?=[A-Z])", text, maxsplit=1)[0]
