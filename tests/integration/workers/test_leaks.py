"""What nobody approved, and what was withdrawn, is on no page of any worker with its own page cache."""

import time
from urllib.parse import quote
from zlib import crc32

import pytest
from django.http import HttpResponse
from django.test import Client

from editorial.freshness import ASK_EVERY
from tests.integration.leaks.crawl import find_leaks
from tests.integration.leaks.machine import Newsroom
from tests.integration.workers.visiting import Visitor

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


class OpenNewsroom(Newsroom):
    """Commits what people do, so that other processes meet it."""

    def _begin(self) -> None: ...

    def teardown(self) -> None: ...


class Readers(Client):
    """Asks both workers, but each page always of the same one: only that may still hold it in memory."""

    def __init__(self, visitors: list[Visitor]) -> None:
        super().__init__()
        self._visitors = visitors
        self.kept = 0

    def get(self, path: str) -> HttpResponse:  # type: ignore[override]
        answer = self._visitors[crc32(path.encode()) % 2].get(quote(path, safe="/?&=%+-._~:,"))
        self.kept += answer.cache_status == "pages; hit"
        response = HttpResponse(answer.body, status=answer.status)
        del response["Content-Type"]
        for name, value in answer.headers.items():
            response[name] = value
        return response


@pytest.fixture
def newsroom() -> OpenNewsroom:
    newsroom = OpenNewsroom()
    newsroom.open_the_site()
    return newsroom


def number_of(newsroom: Newsroom, kind: str) -> int:
    return next(number for number, item in enumerate(newsroom.items) if item.item_kind == kind)


def test_every_page_of_every_worker_shows_what_is_approved_and_nothing_else(
    newsroom: OpenNewsroom, visitors: list[Visitor]
) -> None:
    readers = Readers(visitors)

    def check() -> None:
        for item in newsroom.items:
            newsroom.world.note_private(item)
        time.sleep(ASK_EVERY + 0.01)
        assert find_leaks(newsroom.world, client=readers) == []

    check()
    for number in range(len(newsroom.items)):
        newsroom.write(number, by=0, writer="revision")
    check()  # From memory: drafts end no page.
    assert readers.kept > 0
    newsroom.retire(number_of(newsroom, "fact"), by=2)
    newsroom.retire(number_of(newsroom, "citation"), by=2)
    newsroom.retire(number_of(newsroom, "comparison"), by=2)
    check()
