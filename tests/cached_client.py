"""A reader behind the page cache, who asks once a second."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.http import HttpResponse
from django.test import Client, RequestFactory

from editorial.freshness import ASK_EVERY, Freshness, Version, read_version
from editorial.page_cache import PageCache
from editorial.query_names import find_query_names


@contextmanager
def keeping_connections() -> Iterator[None]:
    """As Django's own client does: the end of a request ends no transaction of a test."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in signals:
            signal.connect(close_old_connections)


class CachedClient(Client):
    """GETs through a page cache of its own. Between two of them passes the second after which it asks for news."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0
        self.pages = PageCache(
            WSGIHandler(),
            find_query_names=find_query_names,
            freshness=Freshness(self.read_version, lambda: self.now),
            max_bytes=20_000_000,
            session_cookie="sessionid",
        )

    def read_version(self) -> Version:
        return read_version()

    def get(self, path: str, **headers: Any) -> HttpResponse:  # type: ignore[override]
        """The answer to the first of three readers in one second. The others, for whom it is kept, get the same."""
        self.now += ASK_EVERY
        first = self._get(path, **headers)
        if first.get("Cache-Status", "").endswith(("stored", "hit")):
            for other in (self._get(path, **headers), self._get(path, **headers)):
                assert other["Cache-Status"] == "pages; hit", path
                assert (other.status_code, other.content) == (first.status_code, first.content), path
                assert _without_status(other) == _without_status(first), path
        return first

    def _get(self, path: str, **headers: Any) -> HttpResponse:
        parts = urlsplit(path)
        environ = RequestFactory().get(parts.path, headers=headers).environ | {"QUERY_STRING": parts.query}
        said: list[Any] = []
        with keeping_connections():
            body = b"".join(self.pages(environ, lambda status, sent, exc_info=None: said.append((status, sent))))  # type: ignore[arg-type,return-value]
        status, sent = said[-1]
        response = HttpResponse(body, status=int(status[:3]))
        del response["Content-Type"]
        for name, value in sent:
            response.headers[name] = value
        return response


def _without_status(answer: HttpResponse) -> dict[str, str]:
    return {name: value for name, value in answer.items() if name != "Cache-Status"}
