"""What a comparison page is made of: plain values for its template."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from conditions.content import PictureContent
from conditions.figures import Figure
from conditions.naming import Name
from conditions.presenting import References
from conditions.reviewing import ReviewNote
from editorial.json_ld import Node
from editorial.languages import local_path


@dataclass(frozen=True)
class Verdict:
    """A word and a shape, so that nobody needs to see a colour."""

    value: str
    word: str | Promise
    shape: str


VERDICTS = {
    verdict.value: verdict
    for verdict in (
        Verdict("same", _("Same"), "="),
        Verdict("different", _("Different"), "≠"),
        Verdict("partly", _("Partly the same"), "≈"),
        Verdict("unclear", _("Unclear"), "?"),
    )
}


@dataclass(frozen=True)
class Cell:
    name: Name
    items: tuple[SafeString, ...]
    """Short forms of the key facts, with their marks."""


@dataclass(frozen=True)
class Row:
    slug: str
    question: str
    cells: tuple[Cell, ...]
    verdict: Verdict | None


@dataclass(frozen=True)
class Table:
    caption: str
    names: tuple[Name, ...]
    rows: tuple[Row, ...]
    has_verdicts: bool


@dataclass(frozen=True)
class Fold:
    """Points under a topic that are shown when asked for."""

    heading: str
    points: tuple[SafeString, ...]


@dataclass(frozen=True)
class Points:
    """How the conditions differ and what they share, the strongest first."""

    shared: tuple[SafeString, ...] = ()
    differences: tuple[SafeString, ...] = ()
    more_differences: tuple[Fold, ...] = ()

    @property
    def more_count(self) -> int:
        return sum(len(fold.points) for fold in self.more_differences)


@dataclass(frozen=True)
class Side:
    name: Name
    statements: SafeString
    """Empty where there is none."""


@dataclass(frozen=True)
class TopicSection:
    slug: str
    """Of the topic; empty for a section about none."""
    anchor: str
    brief: str
    """The topic's short name, for the list of contents."""
    heading: str
    verdict: Verdict | None
    lead: SafeString
    sides: tuple[Side, ...]
    """Empty for a section about no topic."""
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True)
class Question:
    slug: str
    question: str
    answer: SafeString

    @property
    def url(self) -> str:
        return local_path(f"/faqs/{self.slug}/")


@dataclass(frozen=True)
class ComparisonPage:
    title: str
    path: str
    """Path and query of this very page."""
    names: tuple[Name, ...]
    answer: SafeString
    summary: SafeString
    picture: PictureContent | None
    table: Table
    points: Points
    sections: tuple[TopicSection, ...]
    having_both: tuple[SafeString, ...]
    help: TopicSection | None
    """When to get help: the part that must not be missed."""
    confusions: tuple[SafeString, ...]
    questions: tuple[Question, ...]
    references: References
    review: ReviewNote
    description: str
    in_short: tuple[Node, ...]
    """What each condition's key facts say, for machines."""
    signs: tuple[str, ...]
    """By which editors tell two conditions apart, for machines."""
