"""How a page was reviewed, in words: the dates, people and editions behind it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from conditions.content import PageContent
from conditions.presenting import say_date
from editorial.languages import local_path


class Published(Protocol):
    """What an Edition tells of itself."""

    kind: str
    slug: str
    number: int
    published_at: datetime
    content_changed_at: datetime
    last_reviewed_on: date | None
    review_due_on: date | None


def content_changed_at(editions: Iterable[Published]) -> datetime:
    """When the words of a page made of these editions last changed; a new review alone changes no words.

    The one date for the page's “Last changed”, the sitemap's `lastmod`, the feed's `updated` and the API. Give all
    editions of the page: for a comparison its own, its conditions' and its questions'.
    """
    return max(edition.content_changed_at for edition in editions)


@dataclass(frozen=True)
class EditionLine:
    name: str
    number: int
    published: str
    history_url: str


@dataclass(frozen=True)
class ReviewNote:
    last_reviewed: str
    """The oldest review on the page."""
    next_due: str
    """The earliest review that falls due."""
    evidence_searched: str
    reviewers: tuple[str, ...]
    is_demonstration: bool
    editions: tuple[EditionLine, ...]


def note_review(
    parts: Sequence[tuple[str, Published, PageContent]], *, searched: Iterable[date | None] = ()
) -> ReviewNote:
    """The note of a page made of these editions, each with the name that readers know it by."""
    contents = [content for _, _, content in parts]
    return ReviewNote(
        last_reviewed=say_date(_earliest(edition.last_reviewed_on for _, edition, _ in parts)),
        next_due=say_date(_earliest(edition.review_due_on for _, edition, _ in parts)),
        evidence_searched=say_date(_earliest(searched)),
        reviewers=tuple(sorted({name for content in contents for name in content.reviewers})),
        is_demonstration=any(content.is_demonstration for content in contents),
        editions=tuple(_line(name, edition) for name, edition, _ in parts),
    )


def _line(name: str, edition: Published) -> EditionLine:
    url = local_path(f"/history/{edition.kind}/{edition.slug}/")
    return EditionLine(name, edition.number, say_date(edition.published_at), url)


def _earliest(days: Iterable[date | None]) -> date | None:
    return min((day for day in days if day), default=None)
