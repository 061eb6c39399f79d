"""What approvals hold and what editions hold, typed. The public side reads these and never a model."""

from datetime import date

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class TopicContent(Value):
    slug: str
    name: str
    question: str
    aspect: str
    position: int
    in_table: bool
    review_months: int


class MeasureContent(Value):
    slug: str
    name: str
    unit: str
    display: str


class QuantityContent(Value):
    """A number with all its qualifiers. Numbers are decimal strings, so that no digit is lost."""

    measure: MeasureContent | None
    feature: str
    value: str | None
    low: str | None
    high: str | None
    interval_low: str | None
    interval_high: str | None
    bound: str
    unit: str
    population: str
    sex: str
    region: str
    period: str
    counted_from: str
    comparator_label: str
    comparator_value: str | None
    statistic: str
    method: str
    is_derived: bool


class SourceContent(Value):
    """Which source a statement cites, and where in it."""

    key: str
    locator: str
    bearing: str


class FrozenSource(SourceContent):
    quote: str


class _FactCore(Value):
    key: str
    subtype: str
    topic: TopicContent
    group: str
    kind: str
    label: str
    text: str
    short: str
    prominence: str
    parent: str
    rule: str
    rule_count: int | None
    position: int
    certainty: str
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
    """A source as a page lists it. `text` is the formatted reference (AMA style) as plain text."""

    key: str
    approval: int
    text: str
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
