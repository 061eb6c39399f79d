"""The public pages that search engines are told of, each with the day on which its words last changed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import Q

from editorial import editions
from editorial.languages import local_path, neutral_path
from editorial.registry import get_subject

_KINDS = ("condition", "comparison", "faq", "citation", "glossary")
_FIELDS = {"conditions": "conditions", "comparisons": "comparisons"}
# They show no day on which they changed, so none is claimed.
_OTHER_PAGES = (
    *("/", "/conditions/", "/compare/", "/faqs/", "/sources/", "/updates/", "/updates/corrections/", "/api/v1/docs/"),
    *("/about/", "/editorial-policy/", "/privacy/", "/accessibility/"),
)


MOST_IN_A_PART = 1000
"""So many pages, each in all languages, are in one file: a file of all that the protocol allows takes seconds."""
MOST_PARTS = 50_000
"""The protocol allows no more files."""


@dataclass(frozen=True)
class Page:
    path: str
    """Without a language."""
    changed_at: datetime | None = None


@dataclass(frozen=True)
class _Site:
    domain: str


class PublicPages(Sitemap):
    """Pages in each language, with the way to the others."""

    i18n = True
    alternates = True
    x_default = True

    def __init__(self, pages: Sequence[Page]) -> None:
        self._pages = pages

    def items(self) -> Sequence[Page]:
        return self._pages

    def location(self, page: Page) -> str:
        return local_path(page.path)

    def lastmod(self, page: Page) -> datetime | None:
        return page.changed_at

    def list_urls(self) -> list[dict[str, Any]]:
        """The addresses, as SITE_URL has them."""
        address = urlsplit(settings.SITE_URL)
        return self.get_urls(site=_Site(address.netloc), protocol=address.scheme)


def count_parts() -> int:
    """How many files there are. One query."""
    return -(-(len(_OTHER_PAGES) + editions.count_all(*_KINDS)) // MOST_IN_A_PART)


def list_part(number: int) -> list[Page]:
    """The pages of the file with this number, from 1 on; none where there is no such file. Two queries at most."""
    start, others = (number - 1) * MOST_IN_A_PART, len(_OTHER_PAGES)
    own = _OTHER_PAGES[start : start + MOST_IN_A_PART]
    limit = MOST_IN_A_PART - len(own)
    rows = editions.list_dated(*_KINDS, fields=_FIELDS, start=max(0, start - others), limit=limit)
    is_whole = start == 0 and len(rows) < limit
    dates = _list_dates(rows if is_whole else [*rows, *_list_shown_elsewhere(rows)])
    return [*map(Page, own), *(Page(_path(row), max(dates[row["kind"], row["subject_id"]])) for row in rows)]


def _list_shown_elsewhere(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What the comparisons among the rows show and other files list: their conditions and questions. One query."""
    comparisons = [row for row in rows if row["kind"] == "comparison"]
    if not comparisons:
        return []
    conditions = {pk for row in comparisons for pk in row["conditions"]}
    tags = [f"comparison:{row['subject_id']}" for row in comparisons]
    shown = Q(kind="condition", subject_id__in=conditions) | Q(kind="faq", tags__overlap=tags)
    return editions.list_dated("condition", "faq", fields=_FIELDS, where=shown)


def _list_dates(rows: Iterable[Mapping[str, Any]]) -> dict[tuple[str, int], list[datetime]]:
    """When the editions of each page changed: a comparison's own, its conditions' and its questions'."""
    dates = {(row["kind"], row["subject_id"]): [row["content_changed_at"]] for row in rows}
    own = {key: days[0] for key, days in dates.items()}
    for row in rows:
        for key, part in _parts(row):
            if key in dates and part in own:
                dates[key].append(own[part])
    return dates


def _parts(row: Mapping[str, Any]) -> Iterator[tuple[tuple[str, int], tuple[str, int]]]:
    """(page, what is shown on it) as (kind, id) each."""
    key = (row["kind"], row["subject_id"])
    if row["kind"] == "comparison":
        yield from ((key, ("condition", pk)) for pk in row["conditions"])
    if row["kind"] == "faq":
        yield from ((("comparison", pk), key) for pk in row["comparisons"])


def _path(row: Mapping[str, Any]) -> str:
    return neutral_path(get_subject(row["kind"]).url(row["slug"]))
