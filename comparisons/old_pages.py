"""What the page of an edition shows, by kind of subject. No queries but the names of pages to link to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comparisons.content import ComparisonContent, FAQContent, FrozenPoint
from comparisons.page import VERDICTS, Verdict
from comparisons.questions import answer_with_marks
from conditions.bibliography import evidence_in_words, list_identifiers
from conditions.composing import compose_condition
from conditions.content import CitationContent, ConditionContent, GlossaryContent, PageContent
from conditions.glossary import list_entries
from conditions.named import list_pages
from conditions.outcomes import say_outcomes
from conditions.presenting import INTEGRITY, References
from conditions.reviewing import Published

Context = dict[str, Any]
CONTENTS: dict[str, type[PageContent]] = {
    "condition": ConditionContent,
    "comparison": ComparisonContent,
    "faq": FAQContent,
    "citation": CitationContent,
    "glossary": GlossaryContent,
}
_NAMES = {"condition": "name", "comparison": "title", "faq": "question", "citation": "title"}
_POINTS = {
    "similarity": gettext_lazy("What they share"),
    "difference": gettext_lazy("How they differ"),
    "co-occurrence": gettext_lazy("Can you have both?"),
    "confusion": gettext_lazy("What people confuse"),
}


@dataclass(frozen=True)
class OldSection:
    heading: str
    verdict: Verdict | None
    lead: SafeString


@dataclass(frozen=True)
class OldPoints:
    heading: str | Promise
    points: list[SafeString]


def name_of(kind: str, values: dict[str, Any]) -> str:
    """The name of the subject with this content."""
    return values[_NAMES[kind]] if kind in _NAMES else _("Glossary")


def describe(kind: str, content: PageContent, edition: Published) -> Context:
    """The context of the template of that kind, with `name`, `content` and `references`."""
    context = _BY_KIND[kind](content, edition)
    return {"content": content, "name": name_of(kind, content.model_dump(include={_NAMES.get(kind, "")})), **context}


def _condition(content: ConditionContent, edition: Published) -> Context:
    page = compose_condition(content, say_outcomes(edition), has_figures=False)
    return {"page": page, "references": page.references}


def _comparison(content: ComparisonContent, edition: Published) -> Context:
    references = References(content.references)
    return {
        "references": references,
        "pages": list_pages("condition", ids=content.conditions),
        "answer": references.prose(content.answer),
        "summary": references.prose(content.summary),
        "points": _list_points(content.points, references),
        "sections": [
            OldSection(section.heading, VERDICTS.get(section.verdict), references.prose(section.lead))
            for section in content.sections
        ],
    }


def _list_points(points: Sequence[FrozenPoint], references: References) -> list[OldPoints]:
    groups = []
    for kind, heading in _POINTS.items():
        said = [references.prose_line(p.text) + references.marks(p.citations) for p in points if p.kind == kind]
        groups.append(OldPoints(heading, said))
    return [group for group in groups if group.points]


def _faq(content: FAQContent, edition: Published) -> Context:
    references = References(content.references)
    answer, more_marks = answer_with_marks(content, references)
    return {
        "references": references,
        "pages": list_pages("comparison", "condition", ids=[*content.comparisons, *content.conditions]),
        "answer": answer,
        "more_marks": more_marks,
    }


def _citation(content: CitationContent, edition: Published) -> Context:
    return {
        "source": content,
        "identifiers": list_identifiers(content),
        "evidence": evidence_in_words(content.evidence),
        "integrity": INTEGRITY.get(content.integrity, ""),
        "replacement": content.references.get(content.superseded_by),
    }


def _glossary(content: GlossaryContent, edition: Published) -> Context:
    references = References(content.references)
    return {"references": references, "entries": list_entries(content.terms, references)}


_BY_KIND: dict[str, Callable[[Any, Published], Context]] = {
    "condition": _condition,
    "comparison": _comparison,
    "faq": _faq,
    "citation": _citation,
    "glossary": _glossary,
}
