"""Conditions: names, codes, forms; one of them with all its facts."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router

from comparisons.api.answering import Row, about, cut, respond
from comparisons.api.facts import Condition as ShownCondition
from comparisons.api.facts import Fact, describe_row, list_conditions, present
from comparisons.api.reading import show_one
from comparisons.api.routing import reads
from comparisons.api.schemas import Answer, Dated, Out, Paged, Tabular
from conditions.content import ConditionContent, FrozenSubtype, PictureContent, ReferenceContent
from conditions.named import list_pages
from conditions.responses import read_day
from editorial.site import LICENCE, absolute_url

router = Router(tags=["Conditions"])


class Picture(PictureContent):
    url: str


class ConditionSummary(Out):
    slug: str
    name: str
    abbreviation: str
    also_known_as: list[str]
    definition: str
    definition_citations: list[str]
    """Keys of the sources of the definition."""
    category: str
    body_system: str
    parent: str | None
    """Slug of the condition that this one is a form of."""
    icd10: str
    icd10_detail: dict[str, str]
    icd11: str
    mesh: str
    omim: str
    codes_citations: list[str]
    """Keys of the sources of the codes."""
    evidence_searched_on: date | None
    position: int
    subtypes: list[FrozenSubtype]
    picture: Picture | None
    edition: int
    """Number of the edition that holds it."""
    page_url: str


class ConditionDetail(ConditionSummary):
    facts: list[Fact]
    """All facts, in the order of the page."""
    references: dict[str, ReferenceContent]
    """All sources of the page, by key."""


class ConditionAnswer(Answer):
    condition: ConditionDetail


class ConditionList(Paged):
    results: list[ConditionSummary]


@reads(router, "/conditions", ConditionList, name="list_conditions", summary="All conditions")
def list_all(request: HttpRequest, query: Query[Tabular]) -> HttpResponse:
    """The public conditions in the order of the site, without their facts."""
    day = read_day(request)
    shown = list_conditions(request, day)
    page, paging = cut(request, shown, query)
    slugs = {one.content.id: one.slug for one in shown}
    results = [ConditionSummary.model_construct(**summarise(one, slugs)) for one in page]
    answer = ConditionList.model_construct(**about(page, day), **paging, results=results)
    return respond(request, answer, table=lambda: _tabulate(page, slugs))


@reads(router, "/conditions/{slug:slug}", ConditionAnswer, name="get_condition", summary="One condition")
def get_condition(request: HttpRequest, slug: Path[str], query: Query[Dated]) -> HttpResponse:
    """The condition with all its facts and their sources."""
    day = read_day(request)
    shown = show_one(ConditionContent, "condition", slug, day)
    answer = ConditionAnswer.model_construct(**about([shown], day), condition=detail(shown))
    return respond(request, answer)


def detail(shown: ShownCondition) -> ConditionDetail:
    """The whole condition. One query where it is a form of another."""
    parent = shown.content.parent
    slugs = {page.subject_id: page.slug for page in list_pages("condition", ids=[parent])} if parent else {}
    facts = present(shown, shown.content.facts)
    values = summarise(shown, slugs)
    return ConditionDetail.model_construct(**values, facts=facts, references=shown.content.references)


def summarise(shown: ShownCondition, slugs: Mapping[int, str]) -> dict[str, Any]:
    """The values of a ConditionSummary; `slugs` are those of the public conditions by id."""
    content = shown.content
    shared = {name: getattr(content, name) for name in ConditionSummary.model_fields if hasattr(content, name)}
    return {
        **shared,
        "slug": shown.slug,
        "parent": slugs.get(content.parent or 0),
        "picture": present_picture(content.picture),
        "edition": shown.edition.number,
        "page_url": shown.page_url,
    }


def present_picture(picture: PictureContent | None) -> Picture | None:
    if picture is None:
        return None
    return Picture(**picture.model_dump(), url=absolute_url(f"/pictures/{picture.sha256}/"))


def _tabulate(shown: Iterable[ShownCondition], slugs: Mapping[int, str]) -> Iterator[Row]:
    for one in shown:
        values = summarise(one, slugs)
        plain = {name: value for name, value in values.items() if isinstance(value, str | int) or value is None}
        yield {
            **{name: value for name, value in plain.items() if name not in ("picture", "edition", "page_url")},
            "also_known_as": "; ".join(one.content.also_known_as),
            "subtypes": "; ".join(subtype.name for subtype in one.content.subtypes),
            "facts": len(one.content.facts),
            "sources": "; ".join(one.content.definition_citations),
            "evidence_searched_on": one.content.evidence_searched_on,
            **describe_row(one),
            "page_url": one.page_url,
            "licence": LICENCE,
        }
