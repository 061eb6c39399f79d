"""Public pages by name, for links to them: one query for any number of pages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from editorial import editions
from editorial.registry import get_subject

# Where a content has its name, by kind. The glossary has none of its own.
_NAMES = {"condition": "name", "comparison": "title", "faq": "question", "citation": "title"}
# What editions.list_public is asked for.
FIELDS = {"name": "name", "title": "title", "question": "question", "short": "abbreviation", "position": "position"}


@dataclass(frozen=True)
class PublicPage:
    kind: str
    slug: str
    subject_id: int
    name: str
    abbreviation: str
    position: int

    @property
    def url(self) -> str:
        return get_subject(self.kind).url(self.slug)


def name_page(kind: str, content: Mapping[str, Any]) -> str:
    """The name that a content gives its page; the glossary has none of its own."""
    return content.get(_NAMES.get(kind, "")) or _("Glossary")


def list_pages(
    *kinds: str, ids: Iterable[int] | None = None, tag: str = "", where: Q | None = None
) -> list[PublicPage]:
    """The public pages of these kinds, in the order of kinds, then positions and names. See editions.list_public."""
    rows = editions.list_public(*kinds, fields=FIELDS, ids=ids, tag=tag, where=where)
    pages = [
        PublicPage(
            kind=row["kind"],
            slug=row["slug"],
            subject_id=row["subject_id"],
            name=name_page(row["kind"], row),
            abbreviation=row["short"] or "",
            position=row["position"] or 0,
        )
        for row in rows
    ]
    return sorted(pages, key=lambda page: (kinds.index(page.kind), page.position, page.name.casefold(), page.slug))
