"""Editions → their parts of a comparison page: HTML in the language of the answer, before marks have numbers. Pure.

All HTML here is fragments: see conditions/fragments.py.

What is made here depends on nothing but the edition, so it can be kept beside it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html

from comparisons.content import ComparisonContent, FAQContent
from conditions.composing import HELP
from conditions.content import ConditionContent, FactContent, TopicContent, Value
from conditions.figures import can_be_drawn
from conditions.markdown import plain
from conditions.presenting import Places
from conditions.statements import by_topic, grow
from conditions.structured import list_in_short
from editorial.languages import interface_lang

_SHOWN = ("key", "main")
_LEVEL = 3
"""Of the heading of a topic; the one about getting help stands a level higher."""


class TopicColumn(Value):
    """What one condition says under a topic."""

    topic: TopicContent
    items: list[str]
    """Short forms of the key facts, for the table."""
    statements: str


class Column(Value):
    """What a comparison shows of one condition."""

    content: ConditionContent
    """Without facts, but for those that can be drawn."""
    topics: list[TopicColumn]
    in_short: dict[str, list[Any]]
    """What it says in short, for machines."""


class Words(Value):
    """What editors wrote about the conditions together."""

    content: ComparisonContent
    answer: str
    summary: str
    leads: list[str]
    """Of the sections, in their order."""
    points: list[str]
    """In the order of the content."""
    description: str
    signs: list[str]
    """By which editors tell two conditions apart, for machines."""


class Answer(Value):
    """A question as a comparison shows it."""

    content: FAQContent
    answer: str


def make_column(content: ConditionContent, outcomes: Mapping[str, str]) -> Column:
    """`outcomes` says by key of a fact what became of reports from readers."""
    shown = select_facts(content.facts)
    subtypes = {subtype.slug: subtype.name for subtype in content.subtypes}
    return Column(
        content=content.model_copy(update={"facts": [fact for fact in content.facts if can_be_drawn(fact)]}),
        topics=[_make_topic(facts, subtypes, outcomes) for facts in by_topic(shown).values()],
        in_short=list_in_short(shown),
    )


def _make_topic(facts: Sequence[FactContent], subtypes: Mapping[str, str], outcomes: Mapping[str, str]) -> TopicColumn:
    topic = facts[-1].topic
    return TopicColumn(
        topic=topic,
        items=[_make_item(fact) for fact in facts if fact.prominence == "key" and fact.short],
        statements=_draw_statements(facts, subtypes, outcomes, level=_LEVEL - (topic.aspect == HELP)),
    )


def _make_item(fact: FactContent) -> str:
    return format_html("{}{}", fact.short, Places().early_marks(fact))


def _draw_statements(
    facts: Sequence[FactContent], subtypes: Mapping[str, str], outcomes: Mapping[str, str], *, level: int
) -> str:
    groups = grow(facts, Places(), subtypes, outcomes)
    context = {"groups": groups, "level": level, "interface_lang": interface_lang()}
    return render_to_string("comparisons/_side.html", context).strip()


def make_words(content: ComparisonContent) -> Words:
    differences = [point for point in content.points if point.kind == "difference" and point.topic]
    return Words(
        content=content,
        answer=_draw_prose(content.answer),
        summary=_draw_prose(content.summary),
        leads=[_draw_prose(section.lead) for section in content.sections],
        points=[_draw_point(point.text, point.citations) for point in content.points],
        description=plain(content.answer),
        signs=[plain(point.text) for point in differences if point.topic and point.topic.aspect == "Symptoms"],
    )


def make_answer(content: FAQContent) -> Answer:
    return Answer(content=content, answer=_draw_prose(content.answer))


def _draw_prose(text: str) -> str:
    return Places().prose(text)


def _draw_point(text: str, citations: Sequence[str]) -> str:
    """The sentence with its sources: those in its Markdown in place, the others after it."""
    places = Places()
    return places.prose_line(text) + places.marks(citations)


def select_facts(facts: Sequence[FactContent]) -> list[FactContent]:
    """Key and main facts, and what belongs under those that would be incomplete without it."""
    kept = {fact.key for fact in facts if fact.prominence in _SHOWN}
    needed = {fact.key for fact in facts if fact.key in kept and _needs_children(fact)}
    while found := {f.key for f in facts if f.parent in needed and f.key not in needed}:
        needed |= found
    return [fact for fact in facts if fact.key in kept | needed]


def _needs_children(fact: FactContent) -> bool:
    return fact.rule in ("all_of", "at_least") or fact.kind == "criterion" or fact.text.rstrip().endswith(":")
