"""Finished pages in front of Django: bytes, one entry for each address and coding, until something is published.

It is a WSGI application around Django's. What it keeps is what Django answered to a reader without a session, so an
answer from here says what Django's says. It has a tag, and where it is stale Cache-Status says so (RFC 9211).
"""

import hashlib
import re
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from cachetools import LRUCache

from editorial.encodings import IDENTITY, LEAST_BYTES, choose_coding, compress
from editorial.freshness import Freshness, Version

Headers = list[tuple[str, str]]
Address = tuple[str, str, str, str]
"""Scheme, host, path and query: what the answer depends on."""
FindQueryNames = Callable[[str], frozenset[str] | None]
"""From a path to the names of the query that its page reads; None for what is not kept."""

_KEPT = ("200 ", "301 ", "410 ")
NEVER_KEPT = {"q", "as_of"}
"""What readers look for is nobody's to keep, and there are days without end."""
_PORT = re.compile(r":[0-9]*$")
"""Django takes a host whatever its port, and no page says which it was."""
_TEXT = ("text/", "application/json", "application/xml", "application/atom+xml", "application/ld+json", "image/svg")
_CONDITIONS = {
    f"HTTP_{name}" for name in ("IF_MATCH", "IF_NONE_MATCH", "IF_MODIFIED_SINCE", "IF_UNMODIFIED_SINCE", "RANGE")
}
_PER_ENTRY = 1_000
"""Bytes that an entry takes beside its body, about."""


@dataclass(slots=True)
class Answer:
    """A finished answer in one coding."""

    version: Version
    status: str
    headers: Headers
    body: bytes
    etag: str

    @property
    def size(self) -> int:
        return len(self.body) + _PER_ENTRY


@dataclass(slots=True)
class Counters:
    """How this process answered: from memory, from memory while the database was silent, by Django, past the cache."""

    hits: int = 0
    stale: int = 0
    misses: int = 0
    passed: int = 0


class PageCache:
    """Answers GET and HEAD of public pages from memory, and hands everything else to the application.

    `max_bytes` bounds what is kept; what was not asked for longest goes first.
    """

    def __init__(
        self,
        application: WSGIApplication,
        *,
        find_query_names: FindQueryNames,
        freshness: Freshness,
        max_bytes: int,
        session_cookie: str,
    ) -> None:
        self._application = application
        self._find_query_names = find_query_names
        self._freshness = freshness
        self._max_bytes = max_bytes
        self._session_cookie = f"{session_cookie}="
        self._answers: LRUCache[tuple[Address, str], Answer] = LRUCache(max_bytes, getsizeof=lambda answer: answer.size)
        self._lock = threading.Lock()
        self.counters = Counters()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        address = self._read_address(environ)
        version = self._freshness.get_version() if address else None
        if address is None or version is None:
            self.counters.passed += 1
            return self._application(environ, start_response)
        coding = choose_coding(environ.get("HTTP_ACCEPT_ENCODING", ""))
        answer = self._find(address, coding, version)
        if answer is None:
            self.counters.misses += 1
            answer = self._make(environ, address, coding, version)
        elif self._freshness.is_stale:
            self.counters.stale += 1
        else:
            self.counters.hits += 1
        return self._send(answer, environ, start_response)

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

    def _find(self, address: Address, coding: str, version: Version) -> Answer | None:
        with self._lock:
            answer = self._answers.get((address, coding))
            plain = None if answer else self._answers.get((address, IDENTITY))
        if answer is None and plain is not None and plain.version == version:
            answer = self._keep(address, coding, _encode(plain, coding, is_kept=True))
        return answer if answer is not None and answer.version == version else None

    def _make(self, environ: WSGIEnvironment, address: Address, coding: str, version: Version) -> Answer:
        """Django's answer in the coding, kept if it may be."""
        plain = self._ask(environ, address, version)
        if not self._may_keep(plain):
            return _encode(plain, coding, is_kept=False)
        self._keep(address, IDENTITY, plain)
        return self._keep(address, coding, _encode(plain, coding, is_kept=True))

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
        etag = dict(headers).get("ETag") or f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
        return Answer(version, status, _describe(headers, body, etag), body, etag)

    def _may_keep(self, answer: Answer) -> bool:
        headers = {name.lower(): value.lower() for name, value in answer.headers}
        control, vary = headers.get("cache-control", ""), headers.get("vary", "")
        is_private = "set-cookie" in headers or "cookie" in vary or "no-store" in control or "private" in control
        return answer.status.startswith(_KEPT) and not is_private and answer.size < self._max_bytes // 8

    def _keep(self, address: Address, coding: str, answer: Answer) -> Answer:
        with self._lock:
            self._answers[address, coding] = answer
        return answer

    def _send(self, answer: Answer, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        headers = answer.headers
        if self._freshness.is_stale:
            headers = [*headers, ("Cache-Status", "pages; hit; detail=stale")]
        asked = environ.get("HTTP_IF_NONE_MATCH")
        if asked and answer.status.startswith("200 ") and _matches(asked, answer.etag):
            start_response("304 Not Modified", [h for h in headers if h[0] not in ("Content-Length", "Content-Type")])
            return ()
        start_response(answer.status, headers)
        return () if environ["REQUEST_METHOD"] == "HEAD" else (answer.body,)


def _encode(plain: Answer, coding: str, *, is_kept: bool) -> Answer:
    """The answer in another coding; itself where that gains nothing."""
    kind = dict(plain.headers).get("Content-Type", "")
    if coding == IDENTITY or len(plain.body) < LEAST_BYTES or not kind.startswith(_TEXT):
        return plain
    body = compress(plain.body, coding, is_kept=is_kept)
    etag = f'{plain.etag[:-1]}-{coding}"'
    headers = [*_describe(plain.headers, body, etag), ("Content-Encoding", coding)]
    return Answer(plain.version, plain.status, headers, body, etag)


def _describe(headers: Mapping[str, str] | Headers, body: bytes, etag: str) -> Headers:
    """The headers for this body: its length, its tag, and that it depends on what the browser takes."""
    replaced = ("content-length", "etag", "content-encoding", "vary")
    kept = [(name, value) for name, value in headers if name.lower() not in replaced]
    vary = {v.strip() for n, value in headers if n.lower() == "vary" for v in value.split(",") if v.strip()}
    return [
        *kept,
        ("Vary", ", ".join(sorted(vary | {"Accept-Encoding"}))),
        ("ETag", etag),
        ("Content-Length", str(len(body))),
    ]


def _matches(asked: str, etag: str) -> bool:
    """Whether an If-None-Match header names the tag, by the weak comparison (RFC 9110, 13.1.2)."""
    tags = {tag.strip().removeprefix("W/") for tag in asked.split(",")}
    return "*" in tags or etag.removeprefix("W/") in tags
