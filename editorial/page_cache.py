"""Finished pages in front of Django: bytes, one entry for each address and coding, until something is published.

It is a WSGI application around Django's. What it keeps is what Django answered to a reader without a session, so an
answer from here says what Django's says. It has a tag, and Cache-Status says where it came from (RFC 9211).
"""

import logging
import os
import re
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode
from weakref import ref
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from cachetools import LRUCache

from editorial.answers import Answer, Headers, encode, make_plain, share
from editorial.encodings import CODINGS, IDENTITY, choose_coding
from editorial.freshness import Freshness, Version
from editorial.later import Later

Address = tuple[str, str, str, str]
"""Scheme, host, path and query: what the answer depends on."""
Key = tuple[Address, str]
"""An address and a coding."""
Request = tuple[str, str, str | None, str, str, str | None, str | None]
"""As it was sent: method, scheme, scheme in front of the proxy, path, query, host, and codings that are taken."""
FindQueryNames = Callable[[str], frozenset[str] | None]
"""From a path to the names of the query that its page reads; None for what is not kept."""

_KEPT = ("200 ", "301 ", "410 ")
NEVER_KEPT = {"q", "as_of"}
"""What readers look for is nobody's to keep, and there are days without end."""
_PORT = re.compile(r":[0-9]*$")
"""Django takes a host whatever its port, and no page says which it was."""
_CONDITIONS = {
    f"HTTP_{name}" for name in ("IF_MATCH", "IF_NONE_MATCH", "IF_MODIFIED_SINCE", "IF_UNMODIFIED_SINCE", "RANGE")
}
_HIT = ("Cache-Status", "pages; hit")
_STALE = ("Cache-Status", "pages; hit; detail=stale")
MOST_RECENT = 1024
"""Requests of the last second that are recognised without being read, at most."""
COMPRESS_AGAIN_AFTER = 3.0
"""Seconds after which what is still good is compressed as far as it goes; nobody waits for that."""

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Counters:
    """How this process answered: from memory, from memory while the database was silent, by Django, past the cache."""

    hits: int = 0
    stale: int = 0
    misses: int = 0
    passed: int = 0


class PageCache:
    """Answers GET and HEAD of public pages from memory, and hands everything else to the application.

    `max_bytes` bounds what is kept; what was not asked for longest goes first. `report_every` is how many seconds pass
    between two lines of the log that say how it went; 0 for none. `rest` is called when no page waits to be compressed.
    """

    def __init__(
        self,
        application: WSGIApplication,
        *,
        find_query_names: FindQueryNames,
        freshness: Freshness,
        max_bytes: int,
        session_cookie: str,
        report_every: float = 0,
        rest: Callable[[], None] = lambda: None,
    ) -> None:
        self._application = application
        self._find_query_names = find_query_names
        self._freshness = freshness
        self._max_bytes = max_bytes
        self._session_cookie = f"{session_cookie}="
        self._answers: LRUCache[Key, Answer] = LRUCache(max_bytes, getsizeof=lambda answer: answer.size)
        self._recent: dict[Request | None, ref[Answer]] = {}
        """Of the last second, as long as they are kept. To read a request anew would cost more than to answer it."""
        self._lock = threading.Lock()
        self._compressing = Later(self._compress_again, delay=COMPRESS_AGAIN_AFTER, rest=rest)
        self._report_every, self._reported_at = report_every, time.monotonic()
        self.counters = Counters()

        freshness.on_ask = self._after_question

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        request = _read_request(environ)
        recent = self._recent.get(request)
        answer = recent() if recent else None
        if answer is None or answer.version != self._freshness.get_version() or self._freshness.is_stale:
            return self._answer(request, environ, start_response)
        self.counters.hits += 1
        return _send(answer, _HIT, environ, start_response)

    def _answer(
        self, request: Request | None, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        address = self._read_address(environ)
        version = self._freshness.get_version() if address else None
        if address is None or version is None:
            self.counters.passed += 1
            return self._application(environ, start_response)
        key = address, choose_coding(environ.get("HTTP_ACCEPT_ENCODING", ""))
        answer = self._find(key, version)
        if answer is None:
            self.counters.misses += 1
            answer, came = self._make(environ, key, version)
        elif self._freshness.is_stale:
            self.counters.stale += 1
            came = _STALE
        else:
            self.counters.hits += 1
            came = _HIT
            self._remember(request, answer)
        return _send(answer, came, environ, start_response)

    def _remember(self, request: Request | None, answer: Answer) -> None:
        if request and len(self._recent) < MOST_RECENT:
            self._recent[request] = ref(answer)

    def _read_address(self, environ: WSGIEnvironment) -> Address | None:
        """What is asked for, or None when it is not for the cache."""
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or self._session_cookie in environ.get("HTTP_COOKIE", ""):
            return None
        path = environ.get("PATH_INFO", "")
        query = self._read_query(path, environ.get("QUERY_STRING", ""))
        if query is None:
            return None
        scheme = environ.get("HTTP_X_FORWARDED_PROTO", environ["wsgi.url_scheme"])
        return scheme, _PORT.sub("", environ.get("HTTP_HOST", "").lower()), path, query

    def _read_query(self, path: str, query: str) -> str | None:
        """The part of the query that the page reads, so that other names do not multiply entries; None as above."""
        names = self._find_query_names(path)
        if names is None or not query:
            return None if names is None else ""
        known = [(name, value) for name, value in parse_qsl(query, keep_blank_values=True) if name in names]
        return None if any(name in NEVER_KEPT for name, _ in known) else urlencode(known)

    def _find(self, key: Key, version: Version) -> Answer | None:
        """The answer as of this version, made from one in another coding where only such is kept."""
        answer = self._get(key)
        if answer is not None and answer.version == version:
            return answer
        others = (self._get((key[0], coding)) for coding in CODINGS)
        other = next((answer for answer in others if answer is not None and answer.version == version), None)
        return None if other is None else self._keep(key[0], encode(other, key[1]))

    def _get(self, key: Key) -> Answer | None:
        with self._lock:
            return self._answers.get(key)

    def _make(self, environ: WSGIEnvironment, key: Key, version: Version) -> tuple[Answer, tuple[str, str]]:
        """Django's answer in the coding, kept if it may be; and what Cache-Status says of it."""
        address, coding = key
        why = "stale" if any((address, coding) in self._answers for coding in CODINGS) else "uri-miss"
        plain = self._ask(environ, address, version)
        answer = encode(plain, coding)
        if not self._may_keep(plain):
            return answer, ("Cache-Status", f"pages; fwd={why}")
        return self._keep(address, answer), ("Cache-Status", f"pages; fwd={why}; stored")

    def _ask(self, environ: WSGIEnvironment, address: Address, version: Version) -> Answer:
        asked = {name: value for name, value in environ.items() if name not in _CONDITIONS}
        asked |= {"REQUEST_METHOD": "GET", "QUERY_STRING": address[3], "HTTP_ACCEPT_ENCODING": IDENTITY}
        said: list[tuple[str, Headers]] = []
        written: list[bytes] = []

        def start(status: str, headers: Headers, exc_info: object = None) -> Callable[[bytes], object]:
            said.append((status, headers))
            return written.append

        parts = self._application(asked, start)  # type: ignore[arg-type]
        try:
            body = b"".join([*written, *parts])
        finally:
            if close := getattr(parts, "close", None):
                close()
        status, headers = said[-1]
        return make_plain(version, status, headers, body)

    def _may_keep(self, answer: Answer) -> bool:
        headers = {name.lower(): value.lower() for name, value in answer.headers}
        control, vary = headers.get("cache-control", ""), headers.get("vary", "")
        is_private = "set-cookie" in headers or "cookie" in vary or "no-store" in control or "private" in control
        return answer.status.startswith(_KEPT) and not is_private and answer.size < self._max_bytes // 8

    def _keep(self, address: Address, answer: Answer, *, is_final: bool = False) -> Answer:
        key = (address, answer.coding)
        answer.headers = [share(header) for header in answer.headers]
        with self._lock:
            self._answers[key] = answer
        if answer.coding != IDENTITY and not is_final:
            self._compressing.add((key, answer.version))
        return answer

    def _compress_again(self, job: tuple[Key, Version]) -> None:
        """Nothing to do where the page was replaced, or is no more kept."""
        key, version = job
        answer = self._get(key)
        if answer is not None and answer.version == version == self._freshness.known:
            self._keep(key[0], encode(answer, key[1], thoroughly=True), is_final=True)

    def _after_question(self) -> None:
        self._recent = {}  # So that a page that is asked for counts as used once a second at least.
        self._report_when_due()

    def _report_when_due(self) -> None:
        now = time.monotonic()
        if self._report_every and now - self._reported_at >= self._report_every:
            self._reported_at = now
            logger.info("Pages of process %d: %s.", os.getpid(), self.describe())

    def describe(self) -> str:
        """The counters since the start, and what is held now."""
        did = self.counters
        counted = f"{did.hits} hits, {did.stale} stale, {did.misses} misses, {did.passed} passed"
        return f"{counted}; holds {len(self._answers)} answers, {self._answers.currsize / 1e6:.1f} MB"


def _read_request(environ: WSGIEnvironment) -> Request | None:
    """None for one with a cookie: no two readers have the same, and it has to be read."""
    ask = environ.get
    if ask("HTTP_COOKIE"):
        return None
    return (
        environ["REQUEST_METHOD"],
        environ["wsgi.url_scheme"],
        ask("HTTP_X_FORWARDED_PROTO"),
        ask("PATH_INFO", ""),
        ask("QUERY_STRING", ""),
        ask("HTTP_HOST"),
        ask("HTTP_ACCEPT_ENCODING"),
    )


def _send(
    answer: Answer, came: tuple[str, str], environ: WSGIEnvironment, start_response: StartResponse
) -> list[bytes]:
    """A list: granian sends that at once and streams anything else, which costs more than the hit itself."""
    asked = environ.get("HTTP_IF_NONE_MATCH")
    if asked and answer.is_known_by(asked):
        start_response("304 Not Modified", [*answer.headers_without_body, came])
        return []
    start_response(answer.status, [*answer.headers, came])
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [answer.body]
