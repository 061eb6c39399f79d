"""Readers who ask for pages over HTTP as browsers do, and check each answer against what was published when."""

import gzip
import http.client
import random
import re
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import brotli
from backports import zstd

from tests.load.ledger import Ledger, now
from tests.web_server import WORKER

CODINGS = ("gzip, deflate, br, zstd", "gzip, deflate, br, zstd", "gzip", "zstd", "br", "identity", "")
DECODE: dict[str, Callable[[bytes], bytes]] = {
    "br": brotli.decompress,
    "zstd": zstd.decompress,
    "gzip": gzip.decompress,
    "": bytes,
}
NUMBER = re.compile(rb"load test for ([a-z-]+), number (\d+)\.")
AT_MOST = 1.0
"""Seconds after a commit from which on every answer that is asked for must show it."""
THINKS = 0.02
PER_CONNECTION = 25
MOST_PROBLEMS = 20

Shown = frozenset[tuple[str, int]]


@dataclass
class Results:
    """What all readers met."""

    asked: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)
    """By what Cache-Status says; "passed" where it says nothing."""
    checked: Counter[str] = field(default_factory=Counter)
    """How many answers of each worker and of each address held something to check."""
    ages: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def complain(self, sentence: str) -> None:
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(sentence)


@dataclass(frozen=True)
class Site:
    port: int
    question: str
    """The address that is retired and brought back."""
    slug: str
    numbered: Sequence[str]
    """Pages that show the numbers."""
    addresses: Sequence[str]


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes
    asked_at: float


class Reader(threading.Thread):
    """Asks until it is told to stop."""

    def __init__(self, site: Site, ledger: Ledger, results: Results, *, seed: int, is_over: threading.Event) -> None:
        super().__init__(daemon=True)
        self.site, self.ledger, self.results, self.is_over = site, ledger, results, is_over
        self.random = random.Random(seed)
        self.seen: dict[tuple[str, str], tuple[str, Shown]] = {}
        """By address and coding the tag of the page that this reader has, and what stands in it."""

    def run(self) -> None:
        while not self.is_over.is_set():
            connection = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=30)
            try:
                for _ in range(PER_CONNECTION):
                    if not self.is_over.wait(THINKS):
                        self._ask_something(connection)
            except (OSError, http.client.HTTPException) as error:
                self.results.complain(f"A connection broke: {type(error).__name__} {error}")
            finally:
                connection.close()

    def _choose(self) -> str:
        chance = self.random.random()
        if chance < 0.5:
            return self.random.choice(self.site.numbered)
        return self.site.question if chance < 0.65 else self.random.choice(self.site.addresses)

    def _ask_something(self, connection: http.client.HTTPConnection) -> None:
        address, coding = self._choose(), self.random.choice(CODINGS)
        headers = {"Accept-Encoding": coding, "X-Forwarded-Proto": "https", "Host": "localhost"}
        tag, shown = self.seen.get((address, coding), ("", frozenset()))
        if tag and self.random.random() < 0.3:
            headers["If-None-Match"] = tag
        method = "HEAD" if self.random.random() < 0.1 else "GET"
        answer = _ask(connection, method, address + self._choose_unknown_query(address), headers)
        self._count(address, answer)
        if self._is_right_status(address, answer) and method == "GET":
            self._check_page(address, coding, answer, shown)

    def _choose_unknown_query(self, address: str) -> str:
        """What links from elsewhere add, now and then; the API refuses names that it does not know."""
        if address.startswith("/api/") or self.random.random() < 0.9:
            return ""
        return f"{'&' if '?' in address else '?'}utm_source={self.random.randrange(10**6)}"

    def _count(self, address: str, answer: Answer) -> None:
        status = answer.headers.get("cache-status", "passed")
        with self.results.lock:
            self.results.asked += 1
            self.results.seconds.append(now() - answer.asked_at)
            self.results.statuses[answer.status] += 1
            self.results.kept[status] += 1
            if address == self.site.question or address in self.site.numbered:
                self.results.checked[f"worker {answer.headers.get(WORKER.lower())}"] += 1

    def _is_right_status(self, address: str, answer: Answer) -> bool:
        """Whether there is a page; a status that may not be is a problem."""
        if address == self.site.question and answer.status in (200, 410):
            self._check_age(address, self.site.slug, answer.status, answer)
        elif answer.status not in (200, 304):
            self.results.complain(f"{address} answers {answer.status}.")
        return answer.status in (200, 304)

    def _check_page(self, address: str, coding: str, answer: Answer, shown: Shown) -> None:
        if answer.status == 200:
            body = DECODE[answer.headers.get("content-encoding", "")](answer.body)
            shown = frozenset((slug.decode(), int(number)) for slug, number in NUMBER.findall(body))
            self.seen[address, coding] = (answer.headers.get("etag", ""), shown)
        if address not in self.site.numbered:
            return
        if not shown:
            self.results.complain(f"{address} shows no number.")
        for slug, number in shown:
            self._check_age(address, slug, number, answer)

    def _check_age(self, address: str, subject: str, value: Any, answer: Answer) -> None:
        try:
            age = self.ledger.get_age(subject, value, asked_at=answer.asked_at)
        except LookupError as error:
            self.results.complain(f"{address}: {error}")
            return
        with self.results.lock:
            self.results.checked[address] += 1
            if age:
                self.results.ages.append(age)
        if age > AT_MOST:
            worker = answer.headers.get(WORKER.lower())
            self.results.complain(f"{address} showed {value} {age:.2f} s after it was replaced (worker {worker}).")


def _ask(connection: http.client.HTTPConnection, method: str, address: str, headers: dict[str, str]) -> Answer:
    asked_at = now()
    connection.request(method, address, headers=headers)
    response = connection.getresponse()
    body = response.read()
    return Answer(response.status, {name.lower(): value for name, value in response.getheaders()}, body, asked_at)
