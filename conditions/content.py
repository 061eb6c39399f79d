"""What approvals hold and what editions hold, typed. The public side reads these and never a model."""

from datetime import date

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """The sentences below its fields describe them in the OpenAPI document too."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class TopicContent(Value):
    slug: str
    name: str
    question: str
    """The topic in the reader's words."""
    aspect: str
    """The aspect of health that it is about, by schema.org's name where that has one."""
    position: int
    in_table: bool
    """It is a row of the table at the head of a comparison."""
    review_months: int
    """How long a review of a fact under it lasts."""


class MeasureContent(Value):
    slug: str
    name: str
    unit: str
    """The unit of numbers that name none of their own."""
    display: str
    """How its numbers are drawn."""


class QuantityContent(Value):
    """A number with all its qualifiers. Numbers are decimal strings, so that no digit is lost."""

    measure: MeasureContent | None
    """None where the number has no measure in common with others; it is compared with nothing then."""
    feature: str
    """What is counted: a symptom, a subtype, an exposure."""
    value: str | None
    """One number; a range has `low` and `high` instead."""
    low: str | None
    high: str | None
    interval_low: str | None
    """The lower end of the 95% interval."""
    interval_high: str | None
    """The upper end of the 95% interval."""
    bound: str
    """How exact it is: exact, about, more_than, less_than, at_least, up_to."""
    unit: str
    """Its own unit, where it has another than its measure."""
    population: str
    """In whom it was counted."""
    sex: str
    region: str
    period: str
    """The years of the data, where known; sometimes the year of publication."""
    counted_from: str
    """Where its time begins: onset, diagnosis or birth."""
    comparator_label: str
    """What it is compared with."""
    comparator_value: str | None
    """The number of what it is compared with."""
    statistic: str
    """What sort of number it is: share, median, mean or range."""
    method: str
    is_derived: bool
    """Calculated by the editors from what the source says."""


class SourceContent(Value):
    """Which source a statement cites, and where in it."""

    key: str
    locator: str
    """Where in the source."""
    bearing: str
    """Whether the source supports, contradicts or is superseded."""


class FrozenSource(SourceContent):
    quote: str


class _FactCore(Value):
    key: str
    subtype: str
    """Slug of the condition's subtype that it is about; empty for all of it."""
    topic: TopicContent
    group: str
    """The sub-heading under its topic."""
    kind: str
    label: str
    text: str
    short: str
    """The wording of a table's cell."""
    prominence: str
    """key: in the table of a comparison; main: below it; detail: on the condition's page only."""
    parent: str
    """Key of the fact under which it stands in a list or a set of criteria."""
    rule: str
    """How many of the facts under it must hold: all_of, any_of or at_least."""
    rule_count: int | None
    """The number of `at_least`."""
    position: int
    certainty: str
    """How sure it is: high, moderate, low, or unclear where sources disagree."""
    quantity: QuantityContent | None


class FrozenFact(_FactCore):
    """A fact as an approval binds it. The quotes are for reviewers and never leave the certificate."""

    condition: int
    """The Review id of the condition."""
    sources: list[FrozenSource]


class FactContent(_FactCore):
    """A fact as readers get it."""

    approval: int
    """Id of the Decision that made it public."""
    reviewed_on: date
    sources: list[SourceContent]
    """Only approved sources."""
    has_withdrawn_source: bool
    """A source of it was withdrawn or retracted; editors are checking the statement again."""


class FrozenSubtype(Value):
    slug: str
    name: str
    abbreviation: str
    definition: str
    citations: list[str]
    is_separate: bool


class PictureContent(Value):
    sha256: str
    media_type: str
    alt: str
    credit: str


class _ConditionCore(Value):
    slug: str
    name: str
    abbreviation: str
    also_known_as: list[str]
    definition: str
    definition_citations: list[str]
    category: str
    body_system: str
    parent: int | None
    """Review id of the condition that this one is a form of."""
    icd10: str
    icd10_detail: dict[str, str]
    icd11: str
    mesh: str
    omim: str
    codes_citations: list[str]
    evidence_searched_on: date | None
    picture: PictureContent | None
    position: int
    subtypes: list[FrozenSubtype]


class FrozenCondition(_ConditionCore):
    """A condition as an approval binds it."""


class FrozenCitation(Value):
    """A bibliographic record as an approval binds it."""

    key: str
    type: str
    title: str
    authors: list[dict[str, str]]
    authors_complete: bool
    container_title: str
    publisher: str
    issued: str
    volume: str
    issue: str
    page: str
    doi: str
    pmid: str
    pmcid: str
    url: str
    accessed: date | None
    evidence: str
    integrity: str
    superseded_by: str


class ReferenceContent(Value):
    """A source as a page lists it."""

    key: str
    approval: int
    text: str
    """The formatted reference (AMA style) as plain text."""
    title: str
    url: str
    evidence: str
    integrity: str
    issued: str


class PageContent(Value):
    """What every subject's content holds."""

    references: dict[str, ReferenceContent]
    """The approved sources of the page, by key. A page numbers them by first appearance when it is composed."""
    reviewers: list[str]
    """Names and credentials from the certificates."""
    is_demonstration: bool
    """A part was approved by a demonstration account, so no clinician stands behind it."""
    withdrawn: dict[str, int]
    """{"fact:key", "citation:key", or "term:<review id>" where a slug may change: decision id}: what was approved of it
    before that decision is withdrawn, also from old editions."""


class ConditionContent(_ConditionCore, PageContent):
    id: int
    """The condition's Review id: its identity when the slug changes."""
    approval: int
    facts: list[FactContent]
    """In the order of topics, then positions."""


class CitationContent(FrozenCitation, PageContent):
    approval: int
    reference: ReferenceContent


class FrozenTerm(Value):
    slug: str
    preferred: str
    abbreviation: str
    definition: str
    citations: list[str]


class TermContent(FrozenTerm):
    id: int
    """The term's Review id: its identity when the slug changes."""
    approval: int


class GlossaryContent(PageContent):
    terms: list[TermContent]
