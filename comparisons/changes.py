"""What changed last on the public pages, from the change notes of their editions."""

from dataclasses import dataclass
from typing import Any

from conditions.presenting import say_date
from editorial import editions
from editorial.languages import local_path

_URLS = {"condition": "/conditions/{}/", "comparison": "/compare/{}/", "faq": "/faqs/{}/"}


@dataclass(frozen=True)
class Change:
    title: str
    url: str
    note: str
    on: str


def list_newest_changes(*, limit: int) -> list[Change]:
    """The public pages that changed last, each once. One query."""
    fields = {"name": "name", "title": "title", "question": "question"}
    return [_change(row) for row in editions.list_newest(*_URLS, fields=fields, limit=limit)]


def _change(row: dict[str, Any]) -> Change:
    return Change(
        title=row["name"] or row["title"] or row["question"],
        url=local_path(_URLS[row["kind"]].format(row["slug"])),
        note=row["change_note"],
        on=say_date(row["published_at"]),
    )
