"""Artificial sources."""

from typing import Any

from comparisons.generating.names import NOTE
from comparisons.generating.shapes import Values
from comparisons.generating.words import Words
from conditions.loading import CitationEntry

_COPIED = ("type", "authors_complete", "issued", "volume", "issue", "page", "accessed", "evidence")


def make_source(key: str, shape: Values, words: Words) -> CitationEntry:
    """A source in the shape of a real one. Its DOI has the prefix for tests, which leads nowhere."""
    copied = {name: shape[name] for name in _COPIED if name in shape}
    lengths = {name: len(shape[name]) for name in ("title", "container_title", "publisher") if shape.get(name)}
    return CitationEntry(
        key=key,
        authors=[_author(author, words) for author in shape.get("authors", ())],
        doi=f"10.5555/{key}" if shape.get("doi") else "",
        url=f"https://www.example.org/{key}" if shape.get("url") else "",
        note=NOTE,
        **copied,
        **{name: words.phrase(length) for name, length in lengths.items()},
    )


def _author(shape: Values, words: Words) -> dict[str, Any]:
    if "literal" in shape:
        return {"literal": words.phrase(len(shape["literal"]))}
    return {"family": words.compound().capitalize(), "given": words.compound().capitalize()[:8]}
