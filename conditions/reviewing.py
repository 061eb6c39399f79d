"""How a page was reviewed, in words: the dates, people and editions behind it.

Four dates are kept apart: when words last changed, the oldest medical review, the next review that falls due, and when
the evidence was searched. Whether a review is overdue depends on the day of reading, which only the answer knows: the
template compares `due_on` with `today`, and nothing else of a page depends on the day.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from conditions.content import PageContent
from conditions.outcomes import say_outcomes
from conditions.presenting import say_date
from editorial.languages import local_path
from editorial.site import absolute_url


class Published(Protocol):
    """What an Edition tells of itself."""

    kind: str
    slug: str
    number: int
    published_at: datetime
    content_changed_at: datetime
    last_reviewed_on: date | None
    review_due_on: date | None
    report_outcomes: Sequence[dict[str, Any]]


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
    outcome: str
    """What became of reports from readers about the page as a whole."""


@dataclass(frozen=True)
class ReviewNote:
    last_changed: str
    """When words of the page last changed."""
    changed_on: date
    last_reviewed: str
    """The oldest review on the page."""
    reviewed_on: date | None
    next_due: str
    due_on: date | None
    """The earliest review that falls due."""
    evidence_searched: str
    reviewers: tuple[str, ...]
    is_demonstration: bool
    editions: tuple[EditionLine, ...]
    permanent_url: str
    """Where these very words will stand for good."""


def note_review(
    parts: Sequence[tuple[str, Published, PageContent]],
    *,
    also: Sequence[tuple[Published, PageContent]] = (),
    searched: Iterable[date | None] = (),
    path: str = "",
) -> ReviewNote:
    """The note of a page made of these editions, each with the name that readers know it by.

    `also` are editions of which the page shows something, but which are not named one by one. A page of several
    editions gives its `path`, which has `?as_of=` of the day of the newest as its permanent address.
    """
    editions = [*(edition for _, edition, _ in parts), *(edition for edition, _ in also)]
    contents = [*(content for _, _, content in parts), *(content for _, content in also)]
    changed_at = content_changed_at(editions)
    reviewed_on = _earliest(edition.last_reviewed_on for edition in editions)
    due_on = _earliest(edition.review_due_on for edition in editions)
    return ReviewNote(
        last_changed=say_date(changed_at),
        changed_on=changed_at.date(),
        last_reviewed=say_date(reviewed_on),
        reviewed_on=reviewed_on,
        next_due=say_date(due_on),
        due_on=due_on,
        evidence_searched=say_date(_earliest(searched)),
        reviewers=tuple(sorted({name for content in contents for name in content.reviewers})),
        is_demonstration=any(content.is_demonstration for content in contents),
        editions=tuple(_line(name, edition) for name, edition, _ in parts),
        permanent_url=absolute_url(_permanent_path(editions, path)),
    )


def _permanent_path(editions: Sequence[Published], path: str) -> str:
    """One subject has numbered editions; several together have a day."""
    if not path:
        (edition,) = editions
        return local_path(f"/history/{edition.kind}/{edition.slug}/{edition.number}/")
    day = max(edition.published_at for edition in editions).date()
    return f"{path}{'&' if '?' in path else '?'}as_of={day}"


def _line(name: str, edition: Published) -> EditionLine:
    url = local_path(f"/history/{edition.kind}/{edition.slug}/")
    return EditionLine(name, edition.number, say_date(edition.published_at), url, say_outcomes(edition).get("", ""))


def _earliest(days: Iterable[date | None]) -> date | None:
    return min((day for day in days if day), default=None)
