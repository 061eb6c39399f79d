"""What pages say on the word of a source."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Cited:
    """A statement of an edition that names a source."""

    text: str
    place: str
    """Where on the page it stands, in words."""
    anchor: str = ""
    """With its #; empty for the page as a whole."""
    bearing: str = "supports"
    locator: str = ""
