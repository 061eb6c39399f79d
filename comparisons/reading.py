"""The editions that a comparison page is made of, now or as they were on a day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from comparisons.compose import Curated, Part
from comparisons.content import ComparisonContent, FAQContent
from conditions.content import ConditionContent, TermContent
from conditions.glossary import read_terms
from conditions.reading import Reader, Reading
from editorial import editions
from editorial.editions import Dated
from editorial.models import Edition
from editorial.standing import gone

GLOSSARY = Q(kind="glossary")


@dataclass(frozen=True)
class Material:
    """What a page is composed of."""

    parts: list[Part]
    curated: Curated | None
    is_old: bool
    is_masked: bool
    terms: Sequence[TermContent] = ()
    """Of the current glossary; none for an old version, which may not rest on what was defined since."""


def read_curated(slug: str, day: date | None) -> Material:
    """A curated comparison with its conditions and questions. Two queries, three for an old version.

    Raises what reading editions raises.
    """
    current = editions.get_current("comparison", slug)
    found = _find_now(current) if day is None else _find_then(current, day)
    shown = next(pair for pair in found if pair.current.kind == "comparison")
    conditions = choose(found, shown.then.content["conditions"], day)
    faqs = [pair for pair in found if _is_question_of(pair, current)]
    reader = Reader((pair.current, pair.then) for pair in (shown, *conditions, *faqs))
    own = _read(reader, ComparisonContent, [shown])
    questions = _read(reader, FAQContent, faqs)
    curated = Curated(
        own[0].content,
        own[0].edition,
        faqs=[reading.content for reading in questions],
        faq_editions=[reading.edition for reading in questions],
    )
    return _gather(
        _read(reader, ConditionContent, conditions),
        curated,
        [*own, *questions],
        read_glossary(pair.current for pair in found),
    )


def read_chosen(ids: Sequence[int], day: date | None) -> Material:
    """These conditions in this order. One query, two for an old version. Raises NotYetPublished and Gone."""
    where = are("condition", ids)
    found = _pair_now(where | GLOSSARY) if day is None else editions.list_as_of(where, day)
    conditions = choose(found, ids, day)
    reader = Reader((pair.current, pair.then) for pair in conditions)
    return _gather(_read(reader, ConditionContent, conditions), None, [], read_glossary(pair.current for pair in found))


def _find_now(current: Edition) -> list[Dated]:
    questions = Q(kind="faq", tags__contains=[f"comparison:{current.subject_id}"])
    found = _pair_now(are("condition", current.content["conditions"]) | questions | GLOSSARY)
    return [Dated(current, current), *found]


def _find_then(current: Edition, day: date) -> list[Dated]:
    own = are("comparison", [current.subject_id])
    conditions = are("condition", current.content["conditions"])
    questions = editions.ever_tagged("faq", f"comparison:{current.subject_id}")
    found = editions.list_as_of(own | conditions | questions, day)
    shown = next(pair for pair in found if pair.current.kind == "comparison")
    if shown.then is None:
        found = [Dated(current, editions.as_of(current, day)), *found]  # Raises the reason why there is none.
    others = set(shown.then.content["conditions"]) - set(current.content["conditions"]) if shown.then else set()
    return found + (editions.list_as_of(are("condition", others), day) if others else [])


def _pair_now(where: Q) -> list[Dated]:
    return [Dated(edition, edition) for edition in editions.list_current(where)]


def are(kind: str, ids: Iterable[int]) -> Q:
    return Q(kind=kind, subject_id__in=list(ids))


def choose(found: Iterable[Dated], ids: Sequence[int], day: date | None) -> list[Dated]:
    """The conditions with these ids, in their order; each must be public now and must have been so then."""
    by_id = {pair.current.subject_id: pair for pair in found if pair.current.kind == "condition"}
    chosen = [by_id.get(subject_id) for subject_id in ids]
    if any(pair is None or pair.current.is_withdrawn for pair in chosen):
        raise gone("comparison")
    for pair in chosen:
        if pair.then is None and day is not None:
            editions.as_of(pair.current, day)  # Raises the reason.
    return chosen


def _is_question_of(pair: Dated, comparison: Edition) -> bool:
    if pair.current.kind != "faq" or pair.current.is_withdrawn or pair.then is None:
        return False
    return comparison.subject_id in pair.then.content["comparisons"]


def _read(reader: Reader, model: type, pairs: Iterable[Dated]) -> list[Reading]:
    return [reader.read(model, pair.current, pair.then) for pair in pairs]


def read_glossary(found: Iterable[Edition]) -> list[TermContent]:
    """The terms of the current glossary, if it is among these editions and public."""
    glossaries = (edition for edition in found if edition.kind == "glossary" and not edition.is_withdrawn)
    return read_terms(edition.read_content()["terms"] for edition in glossaries)


def _gather(
    conditions: list[Reading], curated: Curated | None, others: list[Reading], terms: Sequence[TermContent]
) -> Material:
    readings = [*conditions, *others]
    return Material(
        parts=[Part(reading.content, reading.edition) for reading in conditions],
        curated=curated,
        is_old=any(reading.is_old for reading in readings),
        is_masked=any(reading.is_masked for reading in readings),
        terms=terms,
    )
