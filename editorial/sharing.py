"""The picture of a page for those who share its address: which words it shows and where it is."""

import hashlib
import json
from dataclasses import dataclass

from editorial.site import NAME, absolute_url

_DESIGN = 1
"""Goes up when the drawing changes, so that the addresses change with it."""


@dataclass(frozen=True)
class Toned:
    """A name in its colour, with its shape. `tone` counts from 1, as in the stylesheet."""

    name: str
    tone: int


@dataclass(frozen=True)
class SharePicture:
    """`place` says what it shows, as its address does: “comparison/ms-vs-als”."""

    place: str
    title: str
    names: tuple[Toned, ...] = ()

    @property
    def digest(self) -> str:
        """Of all that is drawn: the picture under an address never changes."""
        drawn = [_DESIGN, NAME, self.title, [[name.name, name.tone] for name in self.names]]
        return hashlib.sha256(json.dumps(drawn).encode()).hexdigest()[:16]

    @property
    def path(self) -> str:
        return f"/share/{self.place}/{self.digest}.png"

    @property
    def url(self) -> str:
        return absolute_url(self.path)

    @property
    def alt(self) -> str:
        """All words of the picture."""
        names = ", ".join(name.name for name in self.names)
        return ". ".join(dict.fromkeys(filter(None, (self.title, names, NAME))))


SITE_PICTURE = SharePicture("site", "Which sclerosis is it?")
