"""What the comparison page shows, in the order of the page, because that is how the sources get their numbers."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q

from comparisons.columns import list_changes
from comparisons.models import Comparison, Point, Section
from comparisons.page import VERDICTS
from conditions.composing import HELP
from conditions.markdown import cited_keys, plain
from conditions.models import Condition, Fact, Topic
from conditions.naming import Name, name_of
from tests.bench.plain.figures import Figure, choose_together
from tests.bench.plain.reading import (
    ReviewNote,
    read_citations,
    read_comparison,
    read_main_facts,
    read_subtype_names,
)
from tests.bench.plain.references import References
from tests.bench.plain.statements import by_topic, group_facts, select_facts

_FIRST = 6


def build_comparison(slug: str) -> dict[str, Any]:
    """The context of its template."""
    comparison = read_comparison(slug)
    conditions = [column.condition for column in comparison.columns.all()]
    facts = list(read_main_facts(conditions))
    page = _Page(comparison, conditions, facts)
    return {"page": page, "changes": list_changes(page.names)}


class _Page:
    def __init__(self, comparison: Comparison, conditions: Sequence[Condition], facts: Sequence[Fact]) -> None:
        texts = list(_list_texts(comparison))
        keys = [key for text in texts for key in cited_keys(text)]
        self.references = References(read_citations(texts, keys))
        self._conditions = conditions
        self.names = [label(condition) for condition in conditions]
        self._facts = [[fact for fact in facts if fact.condition_id == c.pk] for c in conditions]
        self._shown = [by_topic(select_facts(own)) for own in self._facts]
        self._subtypes = read_subtype_names(conditions)
        self._sections = {s.topic.slug: s for s in comparison.sections.all() if s.topic}
        self._figures = choose_together(list(zip(conditions, self._facts, strict=True)))
        self._points = list(comparison.points.all())
        self._build(comparison)

    def _build(self, comparison: Comparison) -> None:
        self.path, self.title = comparison.get_absolute_url(), comparison.title
        self.review = self._note(comparison)
        self.description = plain(comparison.answer)
        self.answer = self.references.prose(comparison.answer)
        self.summary = self.references.prose(comparison.summary)
        topics = self._list_topics()
        self.table = self._table(topics)
        self.points = self._say_points()
        self.sections = [self._section(topic) for topic in topics if topic.aspect != HELP]
        self.sections += [self._loose(s) for s in comparison.sections.all() if not s.topic]
        self.having_both = self._say("co-occurrence")
        self.help = next((self._section(topic) for topic in topics if topic.aspect == HELP), None)
        faqs = comparison.faqs.all()
        self.questions = [{"question": faq, "answer": self.references.prose(faq.answer)} for faq in faqs]
        self.confusions = self._say("confusion")

    def _list_topics(self) -> list[Topic]:
        topics = {slug: section.topic for slug, section in self._sections.items()}
        for shown in self._shown:
            topics.update({slug: facts[0].topic for slug, facts in shown.items()})
        return sorted(topics.values(), key=lambda topic: (topic.position, topic.slug))

    def _table(self, topics: Iterable[Topic]) -> dict[str, Any]:
        rows = [self._row(topic) for topic in topics if topic.in_table]
        rows = [row for row in rows if any(cell["items"] for cell in row["cells"])]
        caption = f"Key facts side by side. Last reviewed {self.review.last_reviewed}."
        has_verdicts = any(row["verdict"] for row in rows)
        return {"caption": caption, "names": self.names, "rows": rows, "has_verdicts": has_verdicts}

    def _row(self, topic: Topic) -> dict[str, Any]:
        columns = zip(self.names, self._shown, strict=True)
        cells = [{"name": name, "items": self._items(shown.get(topic.slug, ()))} for name, shown in columns]
        section = self._sections.get(topic.slug)
        verdict = VERDICTS.get(section.verdict) if section else None
        return {"slug": topic.slug, "question": topic.question, "cells": cells, "verdict": verdict}

    def _items(self, facts: Iterable[Fact]) -> list[dict[str, Any]]:
        key = (fact for fact in facts if fact.prominence == "key" and fact.short)
        return [{"text": f.short, "marks": self.references.early_marks(f.key, f.sources.all())} for f in key]

    def _section(self, topic: Topic) -> dict[str, Any]:
        section = self._sections.get(topic.slug)
        lead = self.references.prose(section.lead) if section else ""
        figures = [Figure(chosen, self.references, of_several=True) for chosen in self._figures.get(topic.slug, ())]
        sides = [
            {"name": name, "groups": group_facts(shown.get(topic.slug, []), self.references, self._names_in(condition))}
            for name, shown, condition in zip(self.names, self._shown, self._conditions, strict=True)
        ]
        return {
            "anchor": f"topic-{topic.slug}",
            "brief": topic.name,
            "heading": section.heading if section else topic.question,
            "verdict": VERDICTS.get(section.verdict) if section else None,
            "lead": lead,
            "figures": figures,
            "sides": sides,
        }

    def _loose(self, section: Section) -> dict[str, Any]:
        """A section about no topic."""
        return {
            "anchor": f"section-{section.position}",
            "brief": section.heading,
            "heading": section.heading,
            "verdict": VERDICTS.get(section.verdict),
            "lead": self.references.prose(section.lead),
        }

    def _names_in(self, condition: Condition) -> dict[str, str]:
        return self._subtypes.get(condition.pk, {})

    def _say_points(self) -> dict[str, Any]:
        differences = [point for point in self._points if point.kind == "difference"]
        first = [self._say_one(point) for point in differences[:_FIRST]]
        folds: dict[str, list[str]] = {}
        for point in differences[_FIRST:]:
            folds.setdefault(point.topic.name if point.topic else "More", []).append(self._say_one(point))
        return {
            "differences": first,
            "more_differences": [{"heading": heading, "points": said} for heading, said in folds.items()],
            "more_count": len(differences) - len(first),
            "shared": self._say("similarity"),
        }

    def _say(self, kind: str) -> list[str]:
        return [self._say_one(point) for point in self._points if point.kind == kind]

    def _say_one(self, point: Point) -> str:
        return self.references.prose_line(point.text) + self.references.marks(point.citations.all())

    def _note(self, comparison: Comparison) -> ReviewNote:
        named = [("This comparison", "comparison", comparison.slug)]
        named += [(condition.name, "condition", condition.slug) for condition in self._conditions]
        faqs = Q(kind="faq", slug__in=[faq.slug for faq in comparison.faqs.all()])
        return ReviewNote(named, list(self._conditions), also=faqs, path=self.path)


def _list_texts(comparison: Comparison) -> Iterable[str]:
    yield from (comparison.answer, comparison.summary)
    yield from (section.lead for section in comparison.sections.all())
    yield from (point.text for point in comparison.points.all())
    yield from (faq.answer for faq in comparison.faqs.all())


def label(condition: Condition) -> Name:
    return name_of(
        slug=condition.slug,
        name=condition.name,
        abbreviation=condition.abbreviation,
        position=condition.position,
    )
