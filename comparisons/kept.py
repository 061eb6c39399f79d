"""The editions of a comparison page with what is kept ready of them; what is not is made as it would be for keeping."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Q

from comparisons.body import Body, make_body
from comparisons.compose import Curated, Part
from comparisons.content import ComparisonContent, FAQContent
from comparisons.parts import Answer, Column, Words, make_answer, make_column, make_words
from comparisons.reading import GLOSSARY, Material, are, choose, read_chosen, read_curated, read_glossary
from conditions.content import ConditionContent, TermContent, Value
from conditions.outcomes import say_outcomes
from conditions.presenting import say_date
from editorial import editions
from editorial.editions import Dated
from editorial.languages import local_path
from editorial.models import Edition
from editorial.preparing import BARE
from editorial.registry import Frozen, PartMaker

USE = "comparison"
"""Parts for comparison pages, of each edition that they may be made of."""
WHOLE = "page"
"""A whole page that editors wrote, which is kept beside its own edition for as long as its others are the newest."""
Made = TypeVar("Made", bound=Value)


class KeptBody(Value):
    body: Body
    conditions: list[int]
    editions: list[int]
    """Of the conditions and questions that it is made of."""


@dataclass(frozen=True)
class Page:
    body: Body
    terms: Sequence[TermContent]
    """Of the current glossary; none for an old version, which may not rest on what was defined since."""
    is_today: bool = True
    day: str = ""
    """In words, where the page is an old version."""
    is_masked: bool = False


def list_makers() -> list[PartMaker]:
    return [
        PartMaker("condition", USE, lambda edition: _read_column(edition)),
        PartMaker("comparison", USE, lambda edition: _make_words(edition.content)),
        PartMaker("faq", USE, lambda edition: _make_answer(edition.content)),
        PartMaker("comparison", WHOLE, _make_whole, find_others=_find_comparisons),
    ]


def make_page(material: Material, *, path: str, day: date | None) -> Page:
    said = say_date(day) if day and material.is_old else ""
    body = make_body(material, path=path, day=said, is_today=day is None)
    return Page(body, material.terms, day is None, said, material.is_masked)


def read_kept_page(slug: str) -> Page:
    """The page that editors wrote as it is now. Two queries, or three where it was not kept since its newest edition.

    Raises what reading editions raises.
    """
    current = editions.get_current("comparison", slug, use=WHOLE)
    if current.part is None:
        return _make_page(current, current.read_content()["conditions"])
    kept = KeptBody.model_validate_json(current.part)
    found = editions.list_current(_around(current, kept.conditions), use=BARE)
    choose(_pair(found), kept.conditions, None)
    others = [edition for edition in found if edition.kind != "glossary" and not edition.is_withdrawn]
    if kept.editions == sorted(edition.pk for edition in others) and not any(o.report_outcomes for o in others):
        return Page(kept.body, read_glossary(found))
    return _make_page(current, kept.conditions)


def _make_page(current: Edition, conditions: Sequence[int]) -> Page:
    material = _read_material(current, conditions)
    return make_page(material, path=local_path(f"/compare/{current.slug}/"), day=None)


def _make_whole(edition: Edition) -> KeptBody | None:
    conditions = edition.content["conditions"]
    material = _read_material(edition, conditions)
    curated = material.curated
    others = [*(part.edition for part in material.parts), *(curated.faq_editions if curated else ())]
    if any(other.report_outcomes for other in others):
        return None
    body = make_page(material, path=local_path(f"/compare/{edition.slug}/"), day=None).body
    return KeptBody(body=body, conditions=conditions, editions=sorted(other.pk for other in others))


def _find_comparisons(published: Iterable[Edition]) -> Q:
    """The comparisons that show something of these editions."""
    shown = [edition for edition in published if edition.kind in ("condition", "faq")]
    conditions = [f"condition:{edition.subject_id}" for edition in shown if edition.kind == "condition"]
    tags = [tag for edition in shown if edition.kind == "faq" for tag in edition.tags if tag.startswith("comparison:")]
    return Q(kind="comparison", tags__overlap=[*conditions, *tags])


def read_curated_page(slug: str, day: date | None) -> Material:
    """As `read_curated`, with what is kept ready for the page. Three queries."""
    if day is not None:
        return read_curated(slug, day)
    current = editions.get_current("comparison", slug, use=USE)
    return _read_material(current, _read(current, Words, _make_words).content.conditions)


def read_chosen_page(ids: Sequence[int], day: date | None) -> Material:
    """As `read_chosen`, with what is kept ready for the page."""
    if day is not None:
        return read_chosen(ids, day)
    return _gather(editions.list_current(are("condition", ids) | GLOSSARY, use=USE), ids, None)


def _read_material(current: Edition, conditions: Sequence[int]) -> Material:
    found = editions.list_current(are("comparison", [current.subject_id]) | _around(current, conditions), use=USE)
    own = next(edition for edition in found if edition.kind == "comparison")
    words = _read(own, Words, _make_words)
    faqs = [edition for edition in found if edition.kind == "faq" and not edition.is_withdrawn]
    answers = [_read(edition, Answer, _make_answer) for edition in faqs]
    curated = Curated(
        words.content,
        own,
        faqs=[answer.content for answer in answers],
        faq_editions=faqs,
        words=words,
        answers=answers,
    )
    return _gather(found, conditions, curated)


def _around(current: Edition, conditions: Sequence[int]) -> Q:
    """What a comparison's page shows beside its own edition."""
    questions = Q(kind="faq", tags__contains=[f"comparison:{current.subject_id}"])
    return are("condition", conditions) | questions | GLOSSARY


def _gather(found: Sequence[Edition], ids: Sequence[int], curated: Curated | None) -> Material:
    parts = [_read_part(pair.current) for pair in choose(_pair(found), ids, None)]
    return Material(parts, curated, is_old=False, is_masked=False, terms=read_glossary(found))


def _pair(found: Iterable[Edition]) -> list[Dated]:
    return [Dated(edition, edition) for edition in found]


def _read_part(edition: Edition) -> Part:
    column = _read_column(edition)
    return Part(column.content, edition, column)


def _read_column(edition: Edition) -> Column:
    def make(content: Frozen) -> Column:
        return make_column(ConditionContent.model_validate(content), say_outcomes(edition))

    return _read(edition, Column, make)


def _read(edition: Edition, model: type[Made], make: Callable[[Frozen], Made]) -> Made:
    if edition.part is not None:
        return model.model_validate_json(edition.part)
    return make(edition.read_content())


def _make_words(content: Frozen) -> Words:
    return make_words(ComparisonContent.model_validate(content))


def _make_answer(content: Frozen) -> Answer:
    return make_answer(FAQContent.model_validate(content))
