"""What the admin's front page tells each person: what waits for them, and how much of it."""

from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse

from editorial import registry
from editorial.admin.urls import change_url
from editorial.desk.dossier import find_item
from editorial.desk.rows import is_late, with_what_rows_show
from editorial.desk.saved_lists import list_saved
from editorial.models import Review, ReviewedItem, SavedList, User
from editorial.registry import get_kind
from editorial.workflow import Status
from editorial.worklists import Worklist, count_worklists, may_see

SHOWN = 5
"""Items of a list that are shown in place."""


@dataclass(frozen=True)
class Tally:
    label: str
    count: int
    url: str
    is_own: bool = False


@dataclass(frozen=True)
class Entry:
    """An item shown in place. Its Review says who asked for what."""

    review: Review
    item: ReviewedItem
    kind: str
    url: str
    is_late: bool


@dataclass(frozen=True)
class Excerpt:
    """The first items of a list."""

    name: str
    label: str
    url: str
    count: int
    """How many are in the list."""
    entries: list[Entry]

    @property
    def more(self) -> int:
        return self.count - len(self.entries)


@dataclass(frozen=True)
class MyDay:
    own: list[Tally] = field(default_factory=list)
    shared: list[Tally] = field(default_factory=list)
    empty: list[Tally] = field(default_factory=list)
    """The lists of the person's work that have nothing in them."""
    excerpts: list[Excerpt] = field(default_factory=list)
    saved: list[SavedList] = field(default_factory=list)


def build_my_day(user: User, *, on: date) -> MyDay | None:
    """What waits for this person, in a handful of queries whatever there is; None for who may see no reviews."""
    if not may_see(user):
        return None
    counted = count_worklists(user, on=on)
    tallies = [Tally(worklist.label, count, worklist.url, worklist.is_own) for worklist, count in counted]
    tallies += [Tally(box.label, box.count(), box.url()) for box in registry.list_inboxes() if box.concerns(user)]
    return MyDay(
        own=[tally for tally in tallies if tally.is_own and tally.count],
        shared=[tally for tally in tallies if not tally.is_own and tally.count],
        empty=[tally for tally in tallies if not tally.count],
        excerpts=[_excerpt(worklist, count, user, on) for worklist, count in counted if worklist.is_shown and count],
        saved=list(list_saved(user)),
    )


def _excerpt(worklist: Worklist, count: int, user: User, on: date) -> Excerpt:
    found = with_what_rows_show(worklist.find(user, on=on), user)[:SHOWN]
    entries = [
        Entry(review, item, get_kind(review.kind).label, _url(review, item), is_late(review, on))
        for review in found
        if (item := find_item(review)) is not None
    ]
    return Excerpt(worklist.name, worklist.label, worklist.url, count, entries)


def _url(review: Review, item: ReviewedItem) -> str:
    """Where the next move is made: what was sent back is edited, all else is reviewed."""
    if review.status == Status.CHANGES_REQUESTED:
        return change_url(item)
    return reverse("desk:item", args=[review.pk])
