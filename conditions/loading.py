"""What content files may hold of this app: the schemas of their entries, and the rows that these become."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, StrictBool, StrictInt

from conditions.models import (
    Citation,
    Condition,
    Display,
    Evidence,
    Integrity,
    Measure,
    StyleRule,
    Subtype,
    Term,
    Topic,
)
from conditions.models.citation import CitationType
from editorial.loading import Children, Entry, ItemEntry, Link, Row, Section


def _refuse_truth(value: Any) -> Any:
    if isinstance(value, bool):
        raise ValueError("This is not a number.")
    return value


Number = Annotated[Decimal, BeforeValidator(_refuse_truth)]


def check_order(ends: Sequence[Decimal]) -> Sequence[Decimal]:
    """The ends as they are. Raises ValueError when the low one is above the high one."""
    low, high = ends
    if low > high:
        raise ValueError(f"The low end, {low}, is above the high end, {high}.")
    return ends


Pair = Annotated[list[Number], Field(min_length=2, max_length=2), AfterValidator(check_order)]
Position = Annotated[StrictInt, Field(ge=0)]


def cite(keys: Iterable[str]) -> list[Link]:
    """Links to the citations with these keys."""
    return [Link.to(Citation, key) for key in keys]


class TopicEntry(ItemEntry):
    slug: str
    name: str
    question: str
    aspect: str
    position: Position
    in_table: StrictBool = False
    review_months: Annotated[StrictInt, Field(ge=1, le=120)] = 24

    def to_row(self) -> Row:
        return Row(Topic, self.model_dump())


class MeasureEntry(ItemEntry):
    slug: str
    name: str
    unit: str
    plausible: Pair
    display: Display = Display.NONE

    def to_row(self) -> Row:
        low, high = self.plausible
        values = {**self.model_dump(exclude={"plausible"}), "plausible_low": low, "plausible_high": high}
        return Row(Measure, values, places={"plausible_low": "plausible", "plausible_high": "plausible"})


class StyleRuleEntry(ItemEntry):
    slug: str
    pattern: str
    message: str

    def to_row(self) -> Row:
        return Row(StyleRule, self.model_dump())


class Author(Entry):
    """A person, or a group in `literal`."""

    family: str = ""
    given: str = ""
    literal: str = ""


def _check_issued(text: str) -> str:
    if text and not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", text):
        raise ValueError("This is not a date. Write 2026, 2026-11 or 2026-11-22.")
    return text


class CitationEntry(ItemEntry):
    key: str
    type: CitationType
    title: str
    authors: list[Author] = []
    authors_complete: StrictBool = True
    container_title: str = ""
    publisher: str = ""
    issued: Annotated[str, AfterValidator(_check_issued)] = ""
    volume: str = ""
    issue: str = ""
    page: str = ""
    doi: str = ""
    pmid: str = ""
    pmcid: str = ""
    url: str = ""
    accessed: date | None = None
    evidence: Evidence
    integrity: Integrity = Integrity.CURRENT
    superseded_by: str = ""
    note: str = ""

    def to_row(self) -> Row:
        values = self.model_dump(exclude={"superseded_by", "authors"})
        values["authors"] = [author.model_dump(exclude_defaults=True) for author in self.authors]
        newer = Link.to(Citation, self.superseded_by) if self.superseded_by else None
        return Row(Citation, values, links={"superseded_by": newer})


class AvoidedWord(Entry):
    text: str
    reason: str


class TermEntry(ItemEntry):
    slug: str
    preferred: str
    abbreviation: str = ""
    definition: str
    citations: list[str] = []
    avoid: list[AvoidedWord] = []
    note: str = ""

    def to_row(self) -> Row:
        return Row(Term, self.model_dump(exclude={"citations"}), sets={"citations": cite(self.citations)})


class SubtypeEntry(ItemEntry):
    slug: str
    name: str
    abbreviation: str = ""
    definition: str
    citations: list[str] = []
    is_separate: StrictBool = False

    def to_row(self) -> Row:
        return Row(Subtype, self.model_dump(exclude={"citations"}), sets={"citations": cite(self.citations)})


class ConditionEntry(ItemEntry):
    slug: str
    name: str
    abbreviation: str = ""
    also_known_as: list[str] = []
    definition: str
    definition_citations: list[str] = []
    category: str = ""
    body_system: str = ""
    parent: str = ""
    icd10: str = ""
    icd10_detail: dict[str, str] = {}
    icd11: str = ""
    mesh: str = ""
    omim: str = ""
    codes_citations: list[str] = []
    evidence_searched_on: date | None = None
    position: Position = 0
    subtypes: list[SubtypeEntry] = []
    note: str = ""

    def to_row(self) -> Row:
        apart = {"definition_citations", "codes_citations", "parent", "subtypes"}
        rows = [in_place(subtype.to_row(), number) for number, subtype in enumerate(self.subtypes, start=1)]
        return Row(
            Condition,
            self.model_dump(exclude=apart),
            links={"parent": Link.to(Condition, self.parent) if self.parent else None},
            sets={
                "definition_citations": cite(self.definition_citations),
                "codes_citations": cite(self.codes_citations),
            },
            children={"subtypes": Children(rows, "condition", identity="slug")},
        )


class ClaimEntry(Entry):
    """What a published article says, held against the sources. For editors; not loaded."""

    article: str = ""
    section: str = ""
    claim: str
    verdict: str
    note: str = ""
    better: str = ""
    citations: list[str]

    def names(self) -> Iterable[tuple[Link, str]]:
        return [(link, f"citations[{number}]") for number, link in enumerate(cite(self.citations), start=1)]


def in_place(row: Row, number: int) -> Row:
    """The row as number `number` among its siblings."""
    row.values["position"] = number * 10
    return row


SECTIONS = (
    Section("topics", TopicEntry),
    Section("measures", MeasureEntry),
    Section("style_rules", StyleRuleEntry),
    Section("citations", CitationEntry),
    Section("terms", TermEntry),
    Section("conditions", ConditionEntry),
)
CLAIMS = Section("claims", ClaimEntry, names=ClaimEntry.names)
