"""The dates of a page, who reviewed it, and the address at which its words stay."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from conditions.reviewing import content_changed_at, note_review


@dataclass(frozen=True)
class FakeEdition:
    kind: str = "condition"
    slug: str = "ms"
    number: int = 3
    published_at: datetime = datetime(2026, 5, 1, 8, tzinfo=UTC)
    content_changed_at: datetime = datetime(2026, 3, 1, 8, tzinfo=UTC)
    last_reviewed_on: date | None = date(2026, 5, 1)
    review_due_on: date | None = date(2027, 5, 1)
    report_outcomes: tuple[dict[str, Any], ...] = ()


def fake_content(*reviewers: str) -> Any:
    return SimpleNamespace(reviewers=list(reviewers), is_demonstration=False)


def test_words_are_as_new_as_the_newest_change_in_any_edition_of_the_page() -> None:
    newer = FakeEdition(content_changed_at=datetime(2026, 4, 2, tzinfo=UTC))

    assert content_changed_at([FakeEdition(), newer]) == newer.content_changed_at


def test_a_page_of_one_subject_stays_at_the_address_of_its_edition(settings) -> None:
    settings.SITE_URL = "https://example.org"

    note = note_review([("MS", FakeEdition(), fake_content())])

    assert note.permanent_url == "https://example.org/history/condition/ms/3/"


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("/compare/ms-and-als/", "https://example.org/compare/ms-and-als/?as_of=2026-05-09"),
        ("/compare/?with=ms&with=als", "https://example.org/compare/?with=ms&with=als&as_of=2026-05-09"),
    ],
)
def test_a_page_of_several_stays_at_its_day(settings, path: str, address: str) -> None:
    settings.SITE_URL = "https://example.org"
    newest = FakeEdition(slug="als", published_at=datetime(2026, 5, 9, 23, 59, tzinfo=UTC))

    note = note_review([("MS", FakeEdition(), fake_content()), ("ALS", newest, fake_content())], path=path)

    assert note.permanent_url == address


def test_what_is_shown_but_not_named_dates_the_page_too() -> None:
    question = FakeEdition(
        kind="faq",
        slug="why",
        content_changed_at=datetime(2026, 4, 2, tzinfo=UTC),
        last_reviewed_on=date(2025, 1, 5),
        review_due_on=date(2026, 1, 5),
    )

    note = note_review(
        [("MS", FakeEdition(), fake_content("Ann"))], also=[(question, fake_content("Bob, MD"))], path="/compare/x/"
    )

    assert [line.name for line in note.editions] == ["MS"]
    assert note.reviewers == ("Ann", "Bob, MD")
    assert (note.last_changed, note.last_reviewed, note.next_due) == (
        "2 April 2026",
        "5 January 2025",
        "5 January 2026",
    )
    assert note.due_on == date(2026, 1, 5)
