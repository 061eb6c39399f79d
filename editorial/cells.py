"""What stands in the same place on the pages of other subjects, for a reviewer to compare."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q


@dataclass(frozen=True)
class Cell:
    """One statement with all that says whether it may be compared with another."""

    place: str
    """Whom or what it is about."""
    text: str
    number: str = ""
    measure: str = ""
    population: str = ""
    period: str = ""
    newest_source: str = ""
    """The year of the newest source."""
    certainty: str = ""
    caveat: str = ""
    """Why its number may not be compared; empty where it may, or where there is none."""
    review_id: int | None = None
    """None for the item under review itself."""


@dataclass(frozen=True)
class Resting:
    """A public sentence that rests on the item under review."""

    title: str
    """Of the item that holds the sentence."""
    sentence: str
    review_id: int


@dataclass(frozen=True)
class CellTable:
    """The item under review as its first row, then the closest statements of each other place."""

    heading: str
    cells: Sequence[Cell] = ()
    further: Sequence[tuple[str, int]] = ()
    """(place, how many more it has there), for places with more than are shown."""
    is_cut: bool = False
    """Only some of the places were looked at."""


@dataclass(frozen=True)
class CellFinder:
    """How a kind finds what stands beside its items: live approvals."""

    find: Callable[[Sequence[Any]], Q]
    """The approvals that stand in the same places as these frozen contents."""
    notes: Mapping[str, Any]
    """What else each of these Decisions must have, as annotations."""
    leaves_out: Callable[[int, Sequence[Any]], bool]
    """Whether places are left out where so many items are read together and these approvals were found."""
    compare: Callable[[Any, Any, Sequence[Any]], CellTable]
    """From a loaded item, its frozen content and the approvals that were found."""
