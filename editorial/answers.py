"""A finished answer in one coding, and what HTTP says of it: tag, length, codings."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache

from editorial.encodings import IDENTITY, LEAST_BYTES, compress, decompress
from editorial.freshness import Version

Headers = list[tuple[str, str]]

_TEXT = ("text/", "application/json", "application/xml", "application/atom+xml", "application/ld+json", "image/svg")
_PER_ENTRY = 2_000
"""Bytes that an entry takes beside its body, about."""
_OF_BODY = {"content-length", "content-type"}


@dataclass(slots=True, weakref_slot=True)
class Answer:
    version: Version
    status: str
    headers: Headers
    body: bytes
    coding: str
    tag: str
    """The entity tag of the same answer uncompressed."""

    @property
    def size(self) -> int:
        return len(self.body) + _PER_ENTRY

    @property
    def headers_without_body(self) -> Headers:
        """For a 304."""
        return [header for header in self.headers if header[0].lower() not in _OF_BODY]

    def is_known_by(self, asked: str) -> bool:
        """Whether an If-None-Match header names the tag, by the weak comparison (RFC 9110, 13.1.2)."""
        if not self.status.startswith("200 "):
            return False
        tags = {tag.strip().removeprefix("W/") for tag in asked.split(",")}
        return "*" in tags or _tag_in(self.coding, self.tag).removeprefix("W/") in tags


def make_plain(version: Version, status: str, headers: Headers, body: bytes) -> Answer:
    """The answer as the application gave it, uncompressed, with a tag."""
    tag = dict(headers).get("ETag") or f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    return Answer(version, status, _describe(headers, body, IDENTITY, tag), body, IDENTITY, tag)


def encode(answer: Answer, coding: str, *, thoroughly: bool = False) -> Answer:
    """The answer in another coding, or in its own again but thoroughly; itself where that gains nothing."""
    if coding == answer.coding and not thoroughly:
        return answer
    body = decompress(answer.body, answer.coding)
    kind = dict(answer.headers).get("Content-Type", "")
    if coding != IDENTITY:
        if len(body) < LEAST_BYTES or not kind.startswith(_TEXT):
            return answer
        body = compress(body, coding, thoroughly=thoroughly)
    headers = _describe(answer.headers, body, coding, answer.tag)
    return Answer(answer.version, answer.status, headers, body, coding, answer.tag)


@lru_cache(maxsize=256)
def share(header: tuple[str, str]) -> tuple[str, str]:
    """The same object for all pages that have the header, so that it lies once in memory and near the processor."""
    return header


def _tag_in(coding: str, tag: str) -> str:
    """Weak where it is compressed: the bytes are others once there was time to do that thoroughly."""
    return tag if coding == IDENTITY else f'W/{tag.removeprefix("W/")[:-1]}-{coding}"'


def _describe(headers: Headers, body: bytes, coding: str, tag: str) -> Headers:
    """The headers for this body: its length, its tag, its coding, and that it depends on what the browser takes."""
    replaced = ("content-length", "etag", "content-encoding", "vary")
    kept = [(name, value) for name, value in headers if name.lower() not in replaced]
    vary = {v.strip() for n, value in headers if n.lower() == "vary" for v in value.split(",") if v.strip()}
    return [
        *kept,
        ("Vary", ", ".join(sorted(vary | {"Accept-Encoding"}))),
        ("ETag", _tag_in(coding, tag)),
        ("Content-Length", str(len(body))),
        *([] if coding == IDENTITY else [("Content-Encoding", coding)]),
    ]
