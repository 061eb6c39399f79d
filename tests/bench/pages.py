"""Addresses of public pages, mixed as a site has them."""

from collections.abc import Iterator
from itertools import chain, islice, zip_longest

import psycopg

ADDRESSES = {
    "condition": "/conditions/{}/",
    "comparison": "/compare/{}/",
    "faq": "/faqs/{}/",
    "citation": "/sources/{}/",
}
_APART = range(3, 30, 2)
"""Conditions that stand so far from each other are compared: hardly ever a pair that editors chose."""


def list_pages(url: str, count: int) -> list[str]:
    """Up to `count` addresses of the site on this database: of each kind in turn, and of pairs that nobody curated."""
    with psycopg.connect(url) as connection:
        rows = connection.execute(
            "SELECT kind, slug FROM editorial_edition WHERE is_current AND NOT is_withdrawn ORDER BY kind, slug"
        ).fetchall()
    slugs = {kind: [slug for other, slug in rows if other == kind] for kind in ADDRESSES}
    return mix_pages(slugs, count)


def mix_pages(slugs: dict[str, list[str]], count: int) -> list[str]:
    kinds = [[address.format(slug) for slug in slugs.get(kind, ())] for kind, address in ADDRESSES.items()]
    in_turn = chain.from_iterable(zip_longest(*kinds, _pairs(slugs.get("condition", []))))
    return list(islice((page for page in in_turn if page), count))


def _pairs(slugs: list[str]) -> Iterator[str]:
    for apart in _APART:
        for first, second in zip(slugs, slugs[apart:], strict=False):
            yield f"/compare/?with={first}&with={second}"
