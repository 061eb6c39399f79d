"""Editions for answers: of today, of a day, or by number, always with what was withdrawn since left out."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic

from django.db.models import Q

from conditions.reading import Content, Reader, Reading, read_one
from editorial import editions
from editorial.editions import Dated
from editorial.models import Edition
from editorial.registry import get_subject
from editorial.site import absolute_url


@dataclass(frozen=True)
class Shown(Generic[Content]):
    """An edition with its content, under the slug that its subject has today."""

    reading: Reading[Content]
    slug: str
    day: date | None = None

    @property
    def content(self) -> Content:
        return self.reading.content

    @property
    def edition(self) -> Edition:
        return self.reading.edition

    @property
    def page_url(self) -> str:
        """Address of the readers' page, on the day that was asked for."""
        return page_url(self.edition.kind, self.slug, self.day)

    @property
    def permanent_url(self) -> str:
        return permanent_url(self.edition.kind, self.slug, self.edition.number)


def page_url(kind: str, slug: str, day: date | None = None) -> str:
    address = absolute_url(get_subject(kind).url(slug))
    return f"{address}?as_of={day}" if day and kind in ("condition", "comparison", "faq") else address


def permanent_url(kind: str, slug: str, number: int) -> str:
    return absolute_url(f"/history/{kind}/{slug}/{number}/")


def show_all(model: type[Content], kind: str, day: date | None) -> list[Shown[Content]]:
    """All public subjects of the kind. One query, two for a day."""
    return read_all(model, find_all(kind, day), day)


def find_all(kind: str, day: date | None) -> list[Dated]:
    """The editions of all public subjects of the kind, by slug. One query."""
    where = Q(kind=kind)
    if day is None:
        found = [Dated(edition, edition) for edition in editions.list_current(where)]
    else:
        found = editions.list_as_of(where, day)
    public = [pair for pair in found if pair.then is not None and not pair.current.is_withdrawn]
    return sorted(public, key=lambda pair: pair.current.slug)


class PublicPairs(Sequence[Dated]):
    """The public editions of a kind, of which only the stretch that is cut out is read, with the count of all.

    One query, two where nothing is cut out. In the order of these fields of the content, none of them a long part, then
    by slug.
    """

    def __init__(self, kind: str, *, by: Sequence[str] = ()) -> None:
        self._kind, self._by = kind, by
        self._count: int | None = None

    def __len__(self) -> int:
        return editions.count_all(self._kind) if self._count is None else self._count

    def __getitem__(self, place: Any) -> Any:
        start, stop, _ = place.indices(sys.maxsize)
        found = editions.list_some(self._kind, start=start, limit=stop - start, by=self._by)
        self._count = found[0].total if found else None
        return [Dated(one, one) for one in found]


def read_all(model: type[Content], pairs: Sequence[Dated], day: date | None) -> list[Shown[Content]]:
    """One query for old editions, none without."""
    reader = Reader((pair.current, pair.then) for pair in pairs)
    return [Shown(reader.read(model, pair.current, pair.then), pair.current.slug, day) for pair in pairs]


def show_one(model: type[Content], kind: str, slug: str, day: date | None) -> Shown[Content]:
    """One query, two for a day. Raises what reading editions raises."""
    if day is None:
        current = then = editions.get_current(kind, slug)
    else:
        current, then = editions.get_as_of(kind, slug, day)
    return Shown(read_one(model, current, then), current.slug, day)


def show_numbered(model: type[Content], kind: str, slug: str, number: int) -> Shown[Content]:
    """One query, two for an old edition. Raises what reading editions raises."""
    current, then = editions.get_numbered(kind, slug, number)
    return Shown(read_one(model, current, then), current.slug)
