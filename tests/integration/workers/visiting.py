"""Readers of a server with several workers, each of whom stays with one of them."""

import http.client
import time
from dataclasses import dataclass
from urllib.parse import urlencode

from tests.web_server import WORKER, WebServer

TRIES = 300


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def worker(self) -> int:
        return int(self.headers[WORKER.lower()])

    @property
    def cache_status(self) -> str:
        """What the page cache says of it; empty where it was passed by."""
        return self.headers.get("cache-status", "")

    @property
    def text(self) -> str:
        return self.body.decode()


class Visitor:
    """A browser with one connection, which the worker that took it keeps."""

    def __init__(self, server: WebServer, *, cookies: dict[str, str] | None = None) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        self.cookies = cookies or {}

    def get(self, path: str, **headers: str) -> Answer:
        return self._ask("GET", path, headers)

    def post(self, path: str, data: dict[str, object], **headers: str) -> Answer:
        body = urlencode(data, doseq=True)
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": "https://localhost", **headers}
        return self._ask("POST", path, headers, body)

    def close(self) -> None:
        self._connection.close()

    def _ask(self, method: str, path: str, headers: dict[str, str], body: str | None = None) -> Answer:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        known = {"Host": "localhost", "X-Forwarded-Proto": "https", **({"Cookie": cookie} if cookie else {})}
        self._connection.request(method, path, body=body, headers=known | headers)
        response = self._connection.getresponse()
        sent = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, sent, response.read())


def meet_workers(server: WebServer) -> list[Visitor]:
    """A visitor of each of the two workers, in no order."""
    met: dict[int, Visitor] = {}
    for _ in range(TRIES):
        visitor = Visitor(server)
        worker = visitor.get("/healthz").worker
        if worker in met:
            visitor.close()
            time.sleep(0.01)
        met.setdefault(worker, visitor)
        if len(met) == 2:
            return list(met.values())
    for visitor in met.values():
        visitor.close()
    raise AssertionError(f"Only the workers {list(met)} answer.")
