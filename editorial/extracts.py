"""What a content tells of itself, as plain values: for reviewers, for the checks and for the search."""

import re
from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True)
class Passage:
    """Which source a content cites, where in it, and the words that bear on the claim, for the reviewer."""

    name: str
    """`kind:key` of the source."""
    locator: str = ""
    quote: str = ""
    bearing: str = ""


@dataclass(frozen=True)
class Reference:
    """A source in words, for the reviewer."""

    text: str
    url: str
    remark: str = ""
    """What sort of evidence it is, and whether it is still sound."""


@dataclass(frozen=True)
class Wording:
    """Words of an item that may stand in the texts of others, such as the name of a term."""

    text: str
    pattern: re.Pattern[str]
    hint: str
    """What every text with these words holds, whatever the case."""
    name: str = ""
    """As `kind:key`, where it is a mark of the item itself: an approved text with it stands on the item."""
    is_unwanted: bool = False
    remark: str = ""


class Findable(NamedTuple):
    """Something in an edition that a search can lead to. All words are the edition's own."""

    kind: str
    """How readers sort what they found, such as "fact"; not the kind of the item."""
    address: str
    """Path and anchor, without a language in front."""
    title: str
    tier: int
    """0 stands before 1 where both fit equally."""
    text: str = ""
    """What a result shows below its title."""
    context: str = ""
    short: str = ""
    """More words that count nearly as much as the title."""
    more: str = ""
    """More words that count little."""
    names: tuple[str, ...] = ()
    """Folded names (see searching.words.list_names): who asks for one means this thing."""
    about: tuple[int, ...] = ()
    """Review ids of the subjects that it is about."""
    abbreviation: str = ""
    position: int = 0
    is_suggested: bool = True
    """Whether its title is offered while somebody types."""
