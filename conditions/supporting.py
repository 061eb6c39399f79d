"""Which public statements stand on a source, by page. From current editions alone, in one query."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from conditions.named import name_page
from editorial import editions
from editorial.cited import Cited
from editorial.models import Edition
from editorial.registry import get_subject

_KINDS = ("condition", "comparison", "faq", "glossary")


@dataclass(frozen=True)
class CitingPage:
    name: str
    url: str
    statements: tuple[Cited, ...]


def list_citing_pages(key: str) -> list[CitingPage]:
    """Conditions first, then comparisons, questions and the glossary. One query."""
    tagged = Q(kind__in=_KINDS, is_withdrawn=False, tags__contains=[f"citation:{key}"])
    pages = [_read(edition, key) for edition in sorted(editions.list_current(tagged), key=_order)]
    return [page for page in pages if page.statements]


def _order(edition: Edition) -> tuple[int, int, str]:
    return (_KINDS.index(edition.kind), edition.content.get("position", 0), edition.slug)


def _read(edition: Edition, key: str) -> CitingPage:
    subject = get_subject(edition.kind)
    name = name_page(edition.kind, edition.content)
    return CitingPage(name, subject.url(edition.slug), tuple(subject.cited(edition.content, key)))


def count_bearings(pages: Iterable[CitingPage]) -> tuple[int, int]:
    """(statements that it supports, statements of which it says otherwise)."""
    bearings = [statement.bearing for page in pages for statement in page.statements]
    return bearings.count("supports"), len(bearings) - bearings.count("supports")
