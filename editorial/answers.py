"""A finished answer in one coding, and what HTTP says of it: tag, length, codings."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from editorial.encodings import IDENTITY, LEAST_BYTES, compress
from editorial.freshness import Version

Headers = list[tuple[str, str]]

_TEXT = ("text/", "application/json", "application/xml", "application/atom+xml", "application/ld+json", "image/svg")
_PER_ENTRY = 2_000
"""Bytes that an entry takes beside its body, about."""
_OF_BODY = {"content-length", "content-type"}


@dataclass(slots=True)
class Answer:
    version: Version
    status: str
    headers: Headers
    body: bytes
    etag: str

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
        return "*" in tags or self.etag.removeprefix("W/") in tags


def make_plain(version: Version, status: str, headers: Headers, body: bytes) -> Answer:
    """The answer as the application gave it, uncompressed, with a tag."""
    etag = dict(headers).get("ETag") or f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    return Answer(version, status, _describe(headers, body, etag), body, etag)


def encode(plain: Answer, coding: str, *, thoroughly: bool = False) -> Answer:
    """The answer in another coding; itself where that gains nothing.

    Its tag is weak: the bytes are others once somebody had the time to compress them thoroughly.
    """
    kind = dict(plain.headers).get("Content-Type", "")
    if coding == IDENTITY or len(plain.body) < LEAST_BYTES or not kind.startswith(_TEXT):
        return plain
    body = compress(plain.body, coding, thoroughly=thoroughly)
    etag = f'W/{plain.etag.removeprefix("W/")[:-1]}-{coding}"'
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
