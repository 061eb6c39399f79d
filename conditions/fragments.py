"""HTML that is made before the page is known on which it will stand: its marks of sources get their numbers there.

A fragment is a text that has the marks in it, as text, so that hundreds of them are read at once. The signs that set
them apart begin with what no text of the content can hold, for PostgreSQL keeps none with it.
"""

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from conditions.content import SourceContent

MarkKind = Literal["fact", "early", "other"]
_MARK, _PART, _SOURCE = "\0m", "\0p", "\0s"


class Source(NamedTuple):
    key: str
    locator: str
    bearing: str


class Mark(NamedTuple):
    """A place for the mark of a statement."""

    kind: str
    """Of a fact, of its short form, which opens the same sheet, or of anything else."""
    fact: str
    """The key of the fact."""
    sources: Sequence[Source]


def make_mark(kind: MarkKind, fact: str, sources: Sequence[SourceContent]) -> Mark:
    return Mark(kind, fact, [Source(source.key, source.locator, source.bearing) for source in sources])


def write_mark(mark: Mark) -> str:
    """The mark as a part of a fragment."""
    sources = (_PART.join(source) for source in mark.sources)
    return f"{_MARK}{_SOURCE.join((mark.kind, mark.fact, *sources))}{_MARK}"


def read_fragment(fragment: str) -> Iterator[tuple[str, Mark | None]]:
    """Each text with the mark that follows it; none follows the last."""
    texts = fragment.split(_MARK)
    for text, written in zip(texts[::2], [*texts[1::2], ""], strict=True):
        yield text, _read_mark(written) if written else None


def _read_mark(written: str) -> Mark:
    kind, fact, *sources = written.split(_SOURCE)
    return Mark(kind, fact, [Source(*source.split(_PART)) for source in sources])
