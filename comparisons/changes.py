"""What changed last on the public pages, from the change notes of their editions."""

from dataclasses import dataclass
from typing import Any

from comparisons.picking import Choices
from conditions.presenting import say_date
from editorial import editions
from editorial.languages import local_path

_SPARE = 20
"""Asked for beyond the limit, because comparisons on withdrawn conditions are left out."""
_URLS = {"condition": "/conditions/{}/", "comparison": "/compare/{}/", "faq": "/faqs/{}/"}


@dataclass(frozen=True)
class Change:
    title: str
    url: str
    note: str
    on: str


def list_newest_changes(choices: Choices, *, limit: int) -> list[Change]:
    """The public pages that changed last, each once. One query.

    A comparison that is not among the choices stands on a withdrawn condition, so it is no public page.
    """
    fields = {"name": "name", "title": "title", "question": "question"}
    rows = editions.list_newest(*_URLS, fields=fields, limit=limit + _SPARE)
    readable = {card.slug for card in choices.comparisons}
    changes = [_change(row) for row in rows if row["kind"] != "comparison" or row["slug"] in readable]
    return changes[:limit]


def _change(row: dict[str, Any]) -> Change:
    return Change(
        title=row["name"] or row["title"] or row["question"],
        url=local_path(_URLS[row["kind"]].format(row["slug"])),
        note=row["change_note"],
        on=say_date(row["published_at"]),
    )
