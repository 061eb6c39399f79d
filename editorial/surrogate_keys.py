"""The names by which a cache on the way is told what became old: those of the editions that an answer was made of.

An answer carries "condition-als" for a page that it shows, and "condition" where it lists pages of that kind or shows
too many of them to name each. Who publishes an edition purges both; where a page is withdrawn, everything.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

from editorial.models import Edition

Row = TypeVar("Row")

EVERYTHING = "site"
MOST_OF_A_KIND = 10
"""More pages of one kind are named by their kind."""

_noted: ContextVar[set[tuple[str, str]] | None] = ContextVar("noted", default=None)


@contextmanager
def noting() -> Iterator[set[tuple[str, str]]]:
    """Collects what is read within the block, as (kind, slug)."""
    found: set[tuple[str, str]] = set()
    token = _noted.set(found)
    try:
        yield found
    finally:
        _noted.reset(token)


def note(kind: str, slugs: Iterable[str] = ("",)) -> None:
    """The answer in the making shows these public pages of the kind, or without slugs a list of them."""
    found = _noted.get()
    if found is not None:
        found.update((kind, slug) for slug in slugs)


def note_page(edition: Edition) -> Edition:
    """The current edition, of which the answer in the making shows something."""
    note(edition.kind, [edition.slug])
    return edition


def note_list(kinds: Iterable[str], rows: list[Row]) -> list[Row]:
    """The rows of a list of these kinds, which is another as soon as one of them has a new edition."""
    for kind in kinds:
        note(kind)
    return rows


def name_all(noted: Iterable[tuple[str, str]]) -> list[str]:
    """The keys of an answer that was made of these, "site" first."""
    by_kind: dict[str, set[str]] = {}
    for kind, slug in noted:
        by_kind.setdefault(kind, set()).add(slug)
    keys = [EVERYTHING]
    for kind, slugs in sorted(by_kind.items()):
        named = sorted(slugs - {""})
        keys += [f"{kind}-{slug}" for slug in named] if len(named) <= MOST_OF_A_KIND else []
        keys += [kind] if "" in slugs or len(named) > MOST_OF_A_KIND else []
    return keys


def name_old(pairs: Iterable[tuple[str | None, Edition]]) -> set[str]:
    """The keys of what new editions made old; each with the slug of the page before it, None where there was none.

    A page may show what stands on another that was withdrawn, or link to one that moved, without having read that:
    then everything is old.
    """
    keys: set[str] = set()
    for before, edition in pairs:
        keys |= {edition.kind, f"{edition.kind}-{edition.slug}"}
        if edition.is_withdrawn or before not in (None, edition.slug):
            keys.add(EVERYTHING)
    return {EVERYTHING} if EVERYTHING in keys else keys
