"""Content codings of HTTP: which one a browser takes, and bytes in it (RFC 9110, 8.4 and 12.5.3)."""

import gzip
import sys
from collections.abc import Callable
from functools import lru_cache

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

IDENTITY = "identity"
LEAST_BYTES = 200
"""Shorter bodies grow by being compressed."""

# In order of preference among those that a browser takes alike: what weighs least comes first. Thoroughly costs up to a
# hundred times the work of quickly, for a body that is about an eighth smaller.
_COMPRESS: dict[str, Callable[[bytes, bool], bytes]] = {
    "br": lambda body, thoroughly: brotli.compress(body, quality=11 if thoroughly else 5),
    "zstd": lambda body, thoroughly: zstd.compress(body, level=19 if thoroughly else 6),
    "gzip": lambda body, thoroughly: gzip.compress(body, compresslevel=9 if thoroughly else 5, mtime=0),
}


_DECOMPRESS: dict[str, Callable[[bytes], bytes]] = {
    "br": brotli.decompress,
    "zstd": zstd.decompress,
    "gzip": gzip.decompress,
    IDENTITY: bytes,
}
CODINGS = tuple(_DECOMPRESS)


def compress(body: bytes, coding: str, *, thoroughly: bool) -> bytes:
    """The body in one of the codings "br", "zstd" and "gzip": as small as can be, or quickly."""
    return _COMPRESS[coding](body, thoroughly)


def decompress(body: bytes, coding: str) -> bytes:
    """The body that was compressed in one of `CODINGS`."""
    return _DECOMPRESS[coding](body)


@lru_cache(maxsize=512)
def choose_coding(accepted: str) -> str:
    """The coding to answer in, for an Accept-Encoding header: "br", "zstd", "gzip" or "identity"."""
    weights = dict(_read_weights(accepted))
    others = weights.get("*", 0.0)
    best = max(_COMPRESS, key=lambda coding: weights.get(coding, others))
    return best if weights.get(best, others) > 0 else IDENTITY


def _read_weights(accepted: str) -> list[tuple[str, float]]:
    """(coding, weight from 0 to 1) of each entry; one that cannot be read weighs nothing."""
    return [(name.strip().lower(), _weight(rest)) for name, _, rest in (e.partition(";") for e in accepted.split(","))]


def _weight(parameter: str) -> float:
    if not parameter.strip():
        return 1.0
    name, _, value = parameter.partition("=")
    try:
        return float(value) if name.strip().lower() == "q" else 0.0
    except ValueError:
        return 0.0
