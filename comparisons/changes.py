"""What changed last on the public pages, from the change notes of their editions."""

from dataclasses import dataclass

from conditions.presenting import english_date
from editorial import editions

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
    rows = editions.list_newest(*_URLS, fields=fields, limit=limit)
    return [
        Change(
            title=row["name"] or row["title"] or row["question"],
            url=_URLS[row["kind"]].format(row["slug"]),
            note=row["change_note"],
            on=english_date(row["published_at"]),
        )
        for row in rows
    ]
