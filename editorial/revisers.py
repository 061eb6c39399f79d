"""The short way to the next edition of a page: from the one before it and the little that is new."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from editorial.models import Decision
from editorial.outlines import Outline
from editorial.registry import Frozen

Outlined = dict[int | None, list[Outline]]
"""Decisions without what they approved, by the Review of the subject that they make."""


@dataclass(frozen=True)
class Revision:
    """A content that was made from the one before it."""

    content: Frozen
    before: Frozen
    """The old content without the parts that are the same in both, as far as readers can search for them."""
    after: Frozen
    """The new one without them."""


@dataclass(frozen=True)
class Reviser:
    """A short way to what `build` makes of a subject, for pages of hundreds of approvals of which a few are new."""

    kinds: frozenset[str]
    """It is tried where all that was decided is on items of these kinds."""
    fits: Callable[[Frozen], bool]
    """Whether a content is of the form of today: another version of the site may have made it."""
    outline: Callable[[Collection[int | None]], Callable[[], Outlined]]
    """Asks for what `gather` loads, without contents; returns what reads the answer."""
    revise: Callable[[Frozen, Sequence[Outline], Sequence[Decision], Collection[int]], Revision | None]
    """From (old content that fits, all decisions, the new ones, ids of those that are gone) the content that `build`
    would make, byte for byte; slug and tags stay. None where it has to be built."""
