"""The editions of a comparison page with what is kept ready of them; what is not is made as it would be for keeping."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from django.db.models import Q

from comparisons.compose import Curated, Part
from comparisons.content import ComparisonContent, FAQContent
from comparisons.parts import Answer, Column, Words, make_answer, make_column, make_words
from comparisons.reading import GLOSSARY, Material, are, choose, read_chosen, read_curated, read_glossary
from conditions.content import ConditionContent, Value
from conditions.outcomes import say_outcomes
from editorial import editions
from editorial.editions import Dated
from editorial.models import Edition
from editorial.registry import Frozen, PartMaker

USE = "comparison"
Made = TypeVar("Made", bound=Value)


def list_makers() -> list[PartMaker]:
    return [
        PartMaker("condition", USE, lambda content: make_column(ConditionContent.model_validate(content), {})),
        PartMaker("comparison", USE, _make_words),
        PartMaker("faq", USE, _make_answer),
    ]


def read_curated_page(slug: str, day: date | None) -> Material:
    """As `read_curated`, for the page itself."""
    if day is not None:
        return read_curated(slug, day)
    current = editions.get_current("comparison", slug, use=USE)
    words = _read(current, Words, _make_words)
    questions = Q(kind="faq", tags__contains=[f"comparison:{current.subject_id}"])
    found = editions.list_current(are("condition", words.content.conditions) | questions | GLOSSARY, use=USE)
    faqs = [edition for edition in found if edition.kind == "faq" and not edition.is_withdrawn]
    answers = [_read(edition, Answer, _make_answer) for edition in faqs]
    curated = Curated(
        words.content,
        current,
        faqs=[answer.content for answer in answers],
        faq_editions=faqs,
        words=words,
        answers=answers,
    )
    return _gather(found, words.content.conditions, curated)


def read_chosen_page(ids: Sequence[int], day: date | None) -> Material:
    """As `read_chosen`, for the page itself."""
    if day is not None:
        return read_chosen(ids, day)
    return _gather(editions.list_current(are("condition", ids) | GLOSSARY, use=USE), ids, None)


def _gather(found: Sequence[Edition], ids: Sequence[int], curated: Curated | None) -> Material:
    pairs = [Dated(edition, edition) for edition in found]
    parts = [_read_part(pair.current) for pair in choose(pairs, ids, None)]
    return Material(parts, curated, is_old=False, is_masked=False, terms=read_glossary(found))


def _read_part(edition: Edition) -> Part:
    def make(content: Frozen) -> Column:
        return make_column(ConditionContent.model_validate(content), say_outcomes(edition))

    column = _read(edition, Column, make)
    return Part(column.content, edition, column)


def _read(edition: Edition, model: type[Made], make: Callable[[Frozen], Made]) -> Made:
    if edition.part is not None:
        return model.model_validate_json(edition.part)
    return make(edition.live or {})


def _make_words(content: Frozen) -> Words:
    return make_words(ComparisonContent.model_validate(content))


def _make_answer(content: Frozen) -> Answer:
    return make_answer(FAQContent.model_validate(content))
