"""The public pages that search engines are told of, each with the day on which its words last changed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap

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


@dataclass(frozen=True)
class Page:
    path: str
    """Without a language."""
    changed_at: datetime | None = None


@dataclass(frozen=True)
class _Site:
    domain: str


class PublicPages(Sitemap):
    """Every page in each language, with the way to the others."""

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

    def list_urls(self, number: int) -> list[dict[str, Any]]:
        """The addresses of one file, as SITE_URL has them. Raises django.core.paginator.EmptyPage."""
        address = urlsplit(settings.SITE_URL)
        return self.get_urls(number, site=_Site(address.netloc), protocol=address.scheme)


def list_pages() -> list[Page]:
    """One query."""
    rows = editions.list_dated(*_KINDS, fields=_FIELDS)
    dates = _list_dates(rows)
    pages = [Page(_path(row), max(dates[row["kind"], row["subject_id"]])) for row in rows]
    return [*map(Page, _OTHER_PAGES), *pages]


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
