"""Published content for tests of what pages show, without a database."""

from datetime import date
from typing import Any

from conditions.content import (
    ConditionContent,
    FactContent,
    MeasureContent,
    QuantityContent,
    ReferenceContent,
    SourceContent,
    TopicContent,
)


def topic(slug: str = "symptoms", **values: Any) -> TopicContent:
    defaults = {
        "name": slug.title(),
        "question": f"What of {slug}?",
        "aspect": "Symptoms",
        "position": 1,
        "in_table": True,
        "review_months": 24,
    }
    return TopicContent(slug=slug, **{**defaults, **values})


def source(key: str, **values: Any) -> SourceContent:
    return SourceContent(**{"key": key, "locator": "", "bearing": "supports", **values})


def fact(key: str, *cited: str, **values: Any) -> FactContent:
    defaults = {
        "subtype": "",
        "topic": topic(),
        "group": "",
        "kind": "statement",
        "label": "",
        "text": f"Text of {key}.",
        "short": "",
        "prominence": "detail",
        "parent": "",
        "rule": "",
        "rule_count": None,
        "position": 0,
        "certainty": "high",
        "quantity": None,
        "approval": 1,
        "reviewed_on": date(2026, 11, 22),
        "sources": [source(name) for name in cited],
        "has_withdrawn_source": False,
    }
    return FactContent(key=key, **{**defaults, **values})


def measure(slug: str = "age-at-onset", **values: Any) -> MeasureContent:
    defaults = {"name": "Age when symptoms start", "unit": "years", "display": "range"}
    return MeasureContent(slug=slug, **{**defaults, **values})


def quantity(**values: Any) -> QuantityContent:
    texts = ("feature", "bound", "unit", "population", "sex", "region", "period", "counted_from", "statistic", "method")
    numbers = ("value", "low", "high", "interval_low", "interval_high", "comparator_value")
    defaults = {**dict.fromkeys(texts, ""), **dict.fromkeys(numbers), "comparator_label": "", "is_derived": False}
    return QuantityContent(**{**defaults, "measure": measure(), **values})


def reference(key: str, **values: Any) -> ReferenceContent:
    defaults = {
        "approval": 1,
        "text": f"Reference {key}.",
        "title": key,
        "url": f"https://example.org/{key}",
        "evidence": "cohort",
        "integrity": "current",
        "issued": "2020",
    }
    return ReferenceContent(key=key, **{**defaults, **values})


def references(*keys: str) -> dict[str, ReferenceContent]:
    return {key: reference(key) for key in keys}


def condition(slug: str, *facts: FactContent, **values: Any) -> ConditionContent:
    defaults = {
        "name": slug.title(),
        "abbreviation": "",
        "also_known_as": [],
        "definition": f"What {slug} is.",
        "definition_citations": [],
        "category": "",
        "body_system": "",
        "parent": None,
        "icd10": "",
        "icd10_detail": {},
        "icd11": "",
        "mesh": "",
        "omim": "",
        "codes_citations": [],
        "evidence_searched_on": None,
        "picture": None,
        "position": 1,
        "subtypes": [],
        "references": references(*{s.key for f in facts for s in f.sources}),
        "reviewers": ["A Reviewer"],
        "is_demonstration": False,
        "withdrawn": {},
        "id": 1,
        "approval": 1,
    }
    return ConditionContent(slug=slug, facts=list(facts), **{**defaults, **values})
