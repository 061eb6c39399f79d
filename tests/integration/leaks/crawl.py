"""Reads all that the public side can show, and tells what of it nobody approved."""

import logging
from collections.abc import Iterator
from urllib.parse import unquote

from django.test import Client

from editorial.models import Edition
from tests.integration.leaks.canaries import find_canaries
from tests.integration.leaks.world import World
from tests.public_routes import HISTORY_KINDS, list_public_urls

STATUSES = {200, 301, 302, 304, 400, 404, 410}


def find_leaks(world: World, *, client: Client | None = None) -> list[str]:
    """A line for each word that is public and may not be, and for each that should be public and is nowhere."""
    return [*_leaks_in_editions(world), *_leaks_in_pages(world, client or Client())]


def _leaks_in_editions(world: World) -> Iterator[str]:
    may = {kind: world.may_hold_now(kind) for kind in HISTORY_KINDS}
    for row in Edition.objects.order_by("pk").values():
        for copy in ("content", "summary"):
            row[copy].pop("withdrawn", None)  # Names what was public and must be hidden in old editions; not shown.
        found = find_canaries(row)
        place = f"edition {row['number']} of {row['kind']} {row['slug']}"
        yield from _lines(found & world.private, "private", place)
        if row["is_current"] and not row["is_withdrawn"]:
            yield from _lines(found - may[row["kind"]], "not approved", place)


def _leaks_in_pages(world: World, client: Client) -> Iterator[str]:
    logging.getLogger("django.request").setLevel(logging.ERROR)  # Else a line for each 404.
    now, old = world.may_show_now(), world.may_show_in_old_editions()
    seen: set[str] = set()
    for url in list_public_urls():
        found = _read(client, url) - find_canaries(unquote(url))
        is_old = url.startswith(("/history/", "/api/v1/editions/")) or "as_of=" in url
        yield from _lines(found & world.private, "private", url)
        yield from _lines(found - now - (old if is_old else set()) - world.private, "not approved", url)
        seen |= set() if is_old else found
    yield from _lines(world.must_show_now() - seen, "approved and nowhere shown", "all pages")


def _read(client: Client, url: str) -> set[str]:
    response = client.get(url)
    if response.status_code not in STATUSES:
        raise AssertionError(f"{url} answers {response.status_code}.")
    body = b"".join(response.streaming_content) if response.streaming else response.content
    headers = " ".join(f"{name}: {unquote(value)}" for name, value in response.items())
    return find_canaries(body.decode(errors="replace")) | find_canaries(headers)


def _lines(words: set[str], what: str, place: str) -> Iterator[str]:
    yield from (f"{word}: {what}, {place}" for word in sorted(words))
