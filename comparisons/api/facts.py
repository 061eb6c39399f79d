"""Facts: one claim about one condition, with its sources; a number with all its qualifiers."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router
from pydantic.json_schema import SkipJsonSchema

from comparisons.api.answering import Row, about, cut, respond, state_of
from comparisons.api.problems import NotHere
from comparisons.api.reading import Shown, show_all
from comparisons.api.routing import reads
from comparisons.api.schemas import SLUG, Answer, Dated, Paged, Tabular, optional
from conditions.content import ConditionContent, FactContent, QuantityContent, ReferenceContent
from conditions.responses import read_day
from editorial import editions
from editorial.record_state import RecordState
from editorial.site import LICENCE
from editorial.standing import Gone

FactKind = Literal["statement", "item", "quantity", "frequency", "criterion", "unknown"]
Prominence = Literal["key", "main", "detail"]
Condition = Shown[ConditionContent]

router = Router(tags=["Facts"])


class Fact(FactContent):
    condition: str
    """The condition's slug."""
    edition: int
    """Number of the condition's edition that holds it."""
    page_url: str
    """The fact on the condition's page."""


class FactAnswer(Answer):
    fact: Fact
    references: dict[str, ReferenceContent]
    """The sources that it cites, by key."""


class FactList(Paged):
    results: list[Fact]
    references: dict[str, ReferenceContent]
    """The sources that these facts cite, by key."""


class FactFilters(Tabular):
    condition: str | SkipJsonSchema[None] = optional("Facts of the condition with this slug.", pattern=SLUG)
    topic: str | SkipJsonSchema[None] = optional("Facts under the topic with this slug.", pattern=SLUG)
    kind: FactKind | SkipJsonSchema[None] = optional("Facts of this kind.")
    prominence: Prominence | SkipJsonSchema[None] = optional(
        "How important: key facts are in the table of a comparison, main ones below it, all on the condition's page."
    )
    measure: str | SkipJsonSchema[None] = optional("Numbers of the measure with this slug.", pattern=SLUG)


@reads(router, "/facts", FactList, name="list_facts", summary="Facts of all conditions")
def list_facts(request: HttpRequest, filters: Query[FactFilters]) -> HttpResponse:
    """The approved facts of all conditions, or those that fit all filters, in the order of the conditions' pages."""
    day = read_day(request)
    shown = list_conditions(request, day)
    pairs = list(_choose(shown, filters))
    page, paging = cut(request, pairs, filters)
    used = [one for one in shown if any(one is other for other, _ in page)]
    facts = [fact for one in used for fact in present(one, [fact for other, fact in page if other is one])]
    answer = FactList.model_construct(
        **about(used, day), **paging, results=facts, references=cited_references(used, facts)
    )
    return respond(request, answer, table=lambda: tabulate(used, facts))


@reads(router, "/facts/{slug:key}", FactAnswer, name="get_fact", summary="One fact")
def get_fact(request: HttpRequest, key: Path[str], query: Query[Dated]) -> HttpResponse:
    """The fact with this key."""
    day = read_day(request)
    shown = list_conditions(request, day)
    for one in shown:
        found = [fact for fact in one.content.facts if fact.key == key]
        if found:
            facts = present(one, found)
            references = cited_references([one], facts)
            answer = FactAnswer.model_construct(**about([one], day), fact=facts[0], references=references)
            return respond(request, answer)
    if day is None and any(f"fact:{key}" in one.content.withdrawn for one in shown):
        raise Gone("This fact was withdrawn.")
    raise editions.NotPublished(f"fact {key}")


def list_conditions(request: HttpRequest, day: date | None) -> Sequence[Condition]:
    """All public conditions with their facts, in the order of the site. Those of now are parsed once a publication."""
    return _show(day) if day else _show_now(state_of(request))


@lru_cache(maxsize=1)
def _show_now(state: RecordState) -> Sequence[Condition]:
    return _show(None)


def _show(day: date | None) -> Sequence[Condition]:
    shown = show_all(ConditionContent, "condition", day)
    return sorted(shown, key=lambda one: (one.content.position, one.content.name))


def present(shown: Condition, facts: Iterable[FactContent]) -> list[Fact]:
    """These facts of the condition as answers name them. They were validated when they were read."""
    keys, page = {fact.key for fact in shown.content.facts}, shown.page_url
    return [
        Fact.model_construct(
            **{
                **fact.__dict__,
                "parent": fact.parent if fact.parent in keys else "",
                "condition": shown.slug,
                "edition": shown.edition.number,
                "page_url": f"{page}#fact-{fact.key}",
            }
        )
        for fact in facts
    ]


def cited_references(shown: Iterable[Condition], facts: Iterable[FactContent]) -> dict[str, ReferenceContent]:
    keys = {source.key for fact in facts for source in fact.sources}
    known = {key: reference for one in shown for key, reference in one.content.references.items()}
    return {key: known[key] for key in sorted(keys) if key in known}


def tabulate(shown: Iterable[Condition], facts: Iterable[Fact]) -> Iterator[Row]:
    """A row for each fact, with all qualifiers of its number and the edition that it comes from."""
    by_slug = {one.slug: one for one in shown}
    for fact in facts:
        one = by_slug[fact.condition]
        yield {
            **{name: getattr(fact, name) for name in ("condition", "key", "kind", "prominence")},
            "topic": fact.topic.slug,
            "question": fact.topic.question,
            **{name: getattr(fact, name) for name in _WORDS},
            **_tabulate_quantity(fact.quantity),
            "sources": "; ".join(map(_say_source, fact.sources)),
            "has_withdrawn_source": fact.has_withdrawn_source,
            "reviewed_on": fact.reviewed_on,
            **describe_row(one),
            "page_url": fact.page_url,
            "licence": LICENCE,
        }


def describe_row(shown: Shown[Any]) -> Row:
    """The columns that say where a row comes from."""
    edition = shown.edition
    return {
        "edition": edition.number,
        "published_at": edition.published_at.isoformat(),
        "last_reviewed_on": edition.last_reviewed_on,
        "review_due_on": edition.review_due_on,
        "is_demonstration": shown.content.is_demonstration,
        "as_of": shown.day,
    }


_WORDS = (
    *("subtype", "group", "label", "text", "short", "certainty", "parent", "rule", "rule_count"),
    "position",
)


def _tabulate_quantity(quantity: QuantityContent | None) -> Row:
    measure = quantity.measure if quantity else None
    names = [name for name in QuantityContent.model_fields if name != "measure"]
    return {
        "measure": measure.slug if measure else "",
        "measure_name": measure.name if measure else "",
        **{name: getattr(quantity, name) if quantity else "" for name in names},
    }


def _say_source(source: Any) -> str:
    remarks = [part for part in (source.locator, "" if source.bearing == "supports" else source.bearing) if part]
    return f"{source.key} ({', '.join(remarks)})" if remarks else source.key


def _choose(shown: Sequence[Condition], filters: FactFilters) -> Iterator[tuple[Condition, FactContent]]:
    """The facts that fit all filters. Raises NotHere for a condition, topic or measure that there is not."""
    everything = [(one, fact) for one in shown for fact in one.content.facts]
    _check_named("condition", filters.condition, {one.slug for one in shown})
    _check_named("topic", filters.topic, {fact.topic.slug for _, fact in everything})
    _check_named("measure", filters.measure, {_measure(fact) for _, fact in everything} - {""})
    for one, fact in everything:
        asked_and_held = (
            (filters.condition, one.slug),
            (filters.topic, fact.topic.slug),
            (filters.kind, fact.kind),
            (filters.prominence, fact.prominence),
            (filters.measure, _measure(fact)),
        )
        if all(asked is None or asked == held for asked, held in asked_and_held):
            yield one, fact


def _measure(fact: FactContent) -> str:
    return fact.quantity.measure.slug if fact.quantity and fact.quantity.measure else ""


def _check_named(what: str, asked: str | None, known: set[str]) -> None:
    if asked is not None and asked not in known:
        raise NotHere(f"There is no public {what} of this name; these are: {', '.join(sorted(known)) or 'none'}.")
