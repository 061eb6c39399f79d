"""A condition's edition → what its page shows. Plain values, no queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from conditions.content import ConditionContent, FactContent, FrozenSubtype, PictureContent, TopicContent
from conditions.figures import Chosen, Figure, choose_of_condition, list_numbers, make_figure
from conditions.figures import by_topic as by_figure_topic
from conditions.naming import Name, name_of
from conditions.presenting import References
from conditions.reviewing import Published, ReviewNote, note_review
from conditions.statements import Group, by_topic, grow

HELP = "SeeDoctor"
"""The aspect (schema.org HealthAspect) of the topic that says when to get help."""


@dataclass(frozen=True)
class Form:
    anchor: str
    name: str
    abbreviation: str
    definition: str
    marks: SafeString


@dataclass(frozen=True)
class KeyFacts:
    """A topic's facts in their short form, each leading to the full statement."""

    topic: TopicContent
    facts: tuple[FactContent, ...]


@dataclass(frozen=True)
class TopicPart:
    topic: TopicContent
    groups: tuple[Group, ...]
    figures: tuple[Figure, ...]

    @property
    def anchor(self) -> str:
        return f"topic-{self.topic.slug}"


@dataclass(frozen=True)
class Code:
    system: str
    code: str
    detail: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class ConditionPage:
    name: Name
    also_known_as: tuple[str, ...]
    category: str
    body_system: str
    definition: str
    definition_marks: SafeString
    picture: PictureContent | None
    key_facts: tuple[KeyFacts, ...]
    help: TopicPart | None
    """When to get help: the part that must not be missed."""
    forms: tuple[Form, ...]
    confused_with: tuple[Form, ...]
    topics: tuple[TopicPart, ...]
    codes: tuple[Code, ...]
    codes_marks: SafeString
    references: References

    @property
    def path(self) -> str:
        return self.name.url


def compose_condition(
    content: ConditionContent,
    outcomes: Mapping[str, str] | None = None,
    *,
    has_figures: bool = True,
    drawn: list[str] | None = None,
) -> ConditionPage:
    """The page of one condition; its sources are numbered in the order of this page.

    `outcomes` says by key of a fact what became of reports from readers. A page that draws no figures lists no sources
    of theirs. `drawn` is where marks are kept apart: see `References`.
    """
    references = References(content.references, drawn=drawn)
    definition_marks = references.marks(content.definition_citations)
    numbers = list_numbers(content) if has_figures else []
    figures = by_figure_topic(choose_of_condition(numbers))
    warnings = _topics(content, references, figures, outcomes or {}, is_help=True)
    forms = _forms(content.subtypes, references, is_separate=False)
    confused = _forms(content.subtypes, references, is_separate=True)
    topics = _topics(content, references, figures, outcomes or {}, is_help=False)
    return ConditionPage(
        name=name_of_condition(content),
        also_known_as=list_other_names(content),
        category=content.category,
        body_system=content.body_system,
        definition=content.definition,
        definition_marks=definition_marks,
        picture=content.picture,
        key_facts=_key_facts(content.facts),
        help=warnings[0] if warnings else None,
        forms=forms,
        confused_with=confused,
        topics=topics,
        codes=list_codes(content),
        codes_marks=references.marks(content.codes_citations),
        references=references,
    )


def name_of_condition(content: ConditionContent) -> Name:
    return name_of(slug=content.slug, name=content.name, abbreviation=content.abbreviation, position=content.position)


def list_other_names(content: ConditionContent) -> tuple[str, ...]:
    return tuple(other for other in content.also_known_as if other != content.abbreviation)


def review_condition(content: ConditionContent, edition: Published) -> ReviewNote:
    return note_review([(content.name, edition, content)], searched=[content.evidence_searched_on])


def _forms(subtypes: Sequence[FrozenSubtype], references: References, *, is_separate: bool) -> tuple[Form, ...]:
    return tuple(
        Form(f"form-{s.slug}", s.name, s.abbreviation, s.definition, references.marks(s.citations))
        for s in subtypes
        if s.is_separate == is_separate
    )


def _key_facts(facts: Sequence[FactContent]) -> tuple[KeyFacts, ...]:
    key = [fact for fact in facts if fact.prominence == "key" and fact.topic.in_table and fact.short]
    return tuple(KeyFacts(members[0].topic, tuple(members)) for members in by_topic(key).values())


def _topics(
    content: ConditionContent,
    references: References,
    figures: Mapping[str, Sequence[Chosen]],
    outcomes: Mapping[str, str],
    *,
    is_help: bool,
) -> tuple[TopicPart, ...]:
    subtypes = {s.slug: s.name for s in content.subtypes}
    return tuple(
        TopicPart(
            facts[0].topic,
            grow(facts, references, subtypes, outcomes),
            tuple(make_figure(chosen, references) for chosen in figures.get(slug, ())),
        )
        for slug, facts in by_topic(content.facts).items()
        if (facts[0].topic.aspect == HELP) == is_help
    )


def list_codes(content: ConditionContent) -> tuple[Code, ...]:
    detail = tuple(content.icd10_detail.items())
    codes = [
        Code("ICD-10", content.icd10, detail),
        Code("ICD-11", content.icd11),
        Code("MeSH", content.mesh),
        Code("OMIM", content.omim),
    ]
    return tuple(code for code in codes if code.code or code.detail)
