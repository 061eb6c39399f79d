"""What changed on the public pages, edition by edition: for the list of updates, the corrections and the feed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from conditions.presenting import say_date
from editorial import editions
from editorial.languages import local_path
from editorial.models import Edition
from editorial.registry import get_subject

PAGE_LENGTH = 30
# Sources are many and change little, so readers get them when they ask for them.
PAGES = ("condition", "comparison", "faq", "glossary")
KINDS = {
    "condition": _("Conditions"),
    "comparison": _("Comparisons"),
    "faq": _("Questions"),
    "glossary": _("Glossary"),
    "citation": _("Sources"),
}
_WITHDRAWN = {
    "condition": _("The page of a condition"),
    "comparison": _("A comparison"),
    "faq": _("A question"),
    "glossary": _("The glossary"),
    "citation": _("A source"),
}
# Not “by a clinician”: who reviewed it, and whether that is a demonstration, is said on the page itself.
_REVIEWED = {"clinical": _("Content reviewed"), "editorial": _("Wording or sources only")}
_FIELDS = {"name": "name", "title": "title", "question": "question"}
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Update:
    """One edition, as a line of news."""

    title: str
    """The name that the page has today, for an old name may be what was wrong."""
    url: str
    """The page itself; empty when it was withdrawn."""
    history_url: str
    """The edition beside the one before it, or the edition itself where it is the first; empty when withdrawn."""
    note: str
    reviewed: str
    """Whether a medical review stands behind what is new; empty when something was only taken out."""
    is_correction: bool
    at: datetime
    kind: str
    subject_id: int
    number: int

    @property
    def is_first(self) -> bool:
        return self.number == 1

    @property
    def on(self) -> str:
        return say_date(self.at)


@dataclass(frozen=True)
class Updates:
    """A stretch of the list."""

    lines: tuple[Update, ...]
    has_more: bool


def list_updates(
    conditions: Sequence[Row],
    *,
    kinds: Sequence[str] = PAGES,
    tag: str = "",
    only_corrections: bool = False,
    start: int = 0,
    limit: int = PAGE_LENGTH,
) -> Updates:
    """The newest editions of these kinds; `conditions` are all public ones. Two queries, one when there are none."""
    found = editions.list_updates(*kinds, tag=tag, only_corrections=only_corrections, start=start, limit=limit + 1)
    names = _load_names(found, conditions)
    shown = (edition for edition in found[:limit] if edition.is_withdrawn or _key(edition) in names)
    return Updates(tuple(_line(edition, names) for edition in shown), has_more=len(found) > limit)


def list_conditions() -> list[Row]:
    """The public conditions, for a filter and for `list_updates`. One query."""
    rows = editions.list_public("condition", fields={**_FIELDS, "position": "position"})
    return sorted(rows, key=lambda row: (row["position"], row["name"]))


def _load_names(found: Iterable[Edition], conditions: Sequence[Row]) -> dict[tuple[str, int], Row]:
    """The pages behind these editions that can be read today, by kind and id."""
    others = {edition.kind for edition in found} - {"condition"}
    ids = {edition.subject_id for edition in found}
    rows = editions.list_public(*others, fields=_FIELDS, ids=ids) if others else []
    return {(row["kind"], row["subject_id"]): row for row in (*conditions, *rows)}


def _key(edition: Edition) -> tuple[str, int]:
    return edition.kind, edition.subject_id


def _line(edition: Edition, names: Mapping[tuple[str, int], Row]) -> Update:
    row = None if edition.is_withdrawn else names[_key(edition)]
    slug = row["slug"] if row else ""
    return Update(
        title=_name(row) if row else str(_WITHDRAWN[edition.kind]),
        url=get_subject(edition.kind).url(slug) if row else "",
        history_url=_history_url(edition, slug) if row else "",
        note=edition.change_note,
        reviewed=str(_REVIEWED.get(edition.materiality, "")),
        is_correction=bool(edition.corrects),
        at=edition.published_at,
        kind=edition.kind,
        subject_id=edition.subject_id,
        number=edition.number,
    )


def _history_url(edition: Edition, slug: str) -> str:
    rest = "" if edition.number == 1 else "changes/"
    return local_path(f"/history/{edition.kind}/{slug}/{edition.number}/{rest}")


def _name(row: Row) -> str:
    return row["name"] or row["title"] or row["question"] or str(_("Glossary"))
