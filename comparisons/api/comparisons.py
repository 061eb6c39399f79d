"""Comparisons: what editors wrote about conditions together, and any two to four of them side by side by topic."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from ninja import Path, Query, Router
from pydantic import Field

from comparisons.api.answering import about, cut, respond
from comparisons.api.conditions import Picture, present_picture
from comparisons.api.facts import Condition, Fact, cited_references, present
from comparisons.api.problems import NotHere, Refused
from comparisons.api.reading import PublicPairs, Shown, find_all, page_url, read_all
from comparisons.api.routing import reads
from comparisons.api.schemas import SLUG, Answer, Dated, Out, Paged, Paging
from comparisons.compose import list_topics
from comparisons.content import ComparisonContent, FrozenPoint, FrozenSection
from comparisons.forms import LEAST, MOST
from comparisons.parts import select_facts
from comparisons.picking import Choices, list_choices
from comparisons.reading import Material, read_chosen, read_curated
from conditions.content import ReferenceContent, TopicContent
from conditions.markdown import keep_citations
from conditions.named import list_pages
from conditions.reading import Reading
from conditions.responses import read_day
from conditions.statements import by_topic
from editorial.site import absolute_url

router = Router(tags=["Comparisons"])
Known = Mapping[str, ReferenceContent]


class ComparisonSummary(Out):
    slug: str
    title: str
    answer: str
    """The difference in two or three sentences; Markdown, `[@key]` cites a source."""
    conditions: list[str]
    """Slugs of the conditions, in the order of the columns."""
    edition: int
    """Number of the edition that holds it."""
    page_url: str


class Point(Out):
    kind: Literal["similarity", "difference", "co-occurrence", "confusion"]
    topic: TopicContent | None
    text: str
    """Markdown; `[@key]` cites a source."""
    citations: list[str]
    """Keys of the sources of the whole point."""
    rests_on: list[str]
    """Keys of the facts that it rests on, where they are public."""


class Side(Out):
    condition: str
    """The condition's slug."""
    facts: list[Fact]


class TopicPart(Out):
    topic: TopicContent | None
    """None where editors wrote a section about no topic."""
    heading: str
    lead: str
    """What ties the sides together, in Markdown; `[@key]` cites a source."""
    verdict: Literal["same", "different", "partly", "unclear", ""]
    """What editors say of the conditions under this topic; empty where they say nothing."""
    rests_on: list[str]
    """Keys of the facts that lead and verdict rest on, where they are public."""
    sides: list[Side]
    """One for each condition, in their order: its key and main facts, and what belongs under these."""


class Comparison(Out):
    slug: str | None
    """None where no editor wrote about exactly these conditions, or the conditions were chosen freely."""
    title: str
    answer: str
    summary: str
    """Markdown; `[@key]` cites a source."""
    conditions: list[str]
    picture: Picture | None
    points: list[Point]
    topics: list[TopicPart]
    faqs: list[str]
    """Slugs of the questions that belong to it."""
    references: dict[str, ReferenceContent]
    """The sources of all that is said here, by key."""
    curated: str | None
    """Slug of what editors wrote about exactly these conditions."""
    page_url: str


class ComparisonAnswer(Answer):
    comparison: Comparison


class ComparisonList(Paged):
    results: list[ComparisonSummary]


class Chosen(Dated):
    chosen: list[Annotated[str, Field(pattern=SLUG)]] = Field(
        ...,
        alias="with",
        min_length=LEAST,
        max_length=MOST,
        description="Slugs of two to four conditions, each in a parameter of its own.",
        json_schema_extra={"uniqueItems": True},
    )


@reads(router, "/comparisons", ComparisonList, name="list_comparisons", summary="All comparisons by editors")
def list_all(request: HttpRequest, query: Query[Paging]) -> HttpResponse:
    """The public comparisons that editors wrote."""
    day = read_day(request)
    # Only what is shown is read, where that is of today: there are very many.
    found = PublicPairs("comparison") if day is None else find_all("comparison", day)
    chosen, paging = cut(request, found, query)
    page = read_all(ComparisonContent, chosen, day)
    ids = {pk for one in page for pk in one.content.conditions}
    slugs = {one.subject_id: one.slug for one in list_pages("condition", ids=ids)}
    results = [_summarise(one, slugs) for one in page]
    return respond(request, ComparisonList.model_construct(**about(page, day), **paging, results=results))


@reads(router, "/comparisons/{slug:slug}", ComparisonAnswer, name="get_comparison", summary="One comparison by editors")
def get_comparison(request: HttpRequest, slug: Path[str], query: Query[Dated]) -> HttpResponse:
    """What editors wrote about these conditions, and the key and main facts of each, topic by topic."""
    day = read_day(request)
    return _answer(request, read_curated(slug, day), day)


@reads(router, "/compare", ComparisonAnswer, name="compare", summary="Two to four conditions side by side")
def compare(request: HttpRequest, query: Query[Chosen]) -> HttpResponse:
    """The key and main facts of any two to four conditions, topic by topic; `curated` names what editors wrote."""
    day = read_day(request)
    choices = list_choices()
    today = choices.follow(query.chosen)
    if today != query.chosen:
        return HttpResponsePermanentRedirect(_address(request, today))
    _check_chosen(choices, today)
    material = read_chosen([choices.ids[slug] for slug in today], day)
    return _answer(request, material, day, curated=choices.find_curated(today))


def _check_chosen(choices: Choices, slugs: Sequence[str]) -> None:
    unknown = [slug for slug in slugs if slug not in choices.ids]
    if unknown:
        raise NotHere(f"There is no such public condition; these are: {', '.join(choices.ids) or 'none'}.")
    if max(Counter(slugs).values()) > 1:
        raise Refused("A condition cannot be compared with itself: name each condition once.")


def _address(request: HttpRequest, slugs: Iterable[str]) -> str:
    others = [(name, value) for name, value in request.GET.items() if name != "with"]
    return f"{request.path}?{urlencode([*(('with', slug) for slug in slugs), *others])}"


def _summarise(shown: Shown[ComparisonContent], slugs: Mapping[int, str]) -> ComparisonSummary:
    content = shown.content
    return ComparisonSummary.model_construct(
        slug=shown.slug,
        title=content.title,
        answer=keep_citations(content.answer, content.references),
        conditions=[slugs[pk] for pk in content.conditions if pk in slugs],
        edition=shown.edition.number,
        page_url=shown.page_url,
    )


def _answer(request: HttpRequest, material: Material, day: date | None, *, curated: str | None = None) -> HttpResponse:
    own = material.curated
    parts = [_show(part.content, part.edition, day) for part in material.parts]
    shown = [*([_show(own.content, own.edition, day)] if own else []), *parts]
    comparison = _compose(parts, own.content if own else None, day)
    values = {
        **comparison,
        "faqs": [faq.slug for faq in own.faqs] if own else [],
        "curated": own.edition.slug if own else curated,
    }
    about_it = {**about(shown, day), "is_masked": material.is_masked}
    return respond(
        request, ComparisonAnswer.model_construct(**about_it, comparison=Comparison.model_construct(**values))
    )


def _show(content: Any, edition: Any, day: date | None) -> Shown[Any]:
    return Shown(Reading(edition, content), edition.slug, day)


def _compose(parts: Sequence[Condition], own: ComparisonContent | None, day: date | None) -> dict[str, Any]:
    """The values of a Comparison: the editors' words with the facts of each side."""
    slugs = [part.slug for part in parts]
    chosen = [(part, select_facts(part.content.facts)) for part in parts]
    facts = [fact for _, members in chosen for fact in members]
    known = {**cited_references(parts, facts), **(own.references if own else {})}
    keys = {fact.key for part in parts for fact in part.content.facts}
    names = [part.content.name for part in parts]
    as_of = [("as_of", day)] if day else []
    free_url = absolute_url(f"/compare/?{urlencode([*(('with', slug) for slug in slugs), *as_of])}")
    return {
        "slug": own.slug if own else None,
        "title": own.title if own else f"{', '.join(names[:-1])} and {names[-1]}, compared",
        "answer": keep_citations(own.answer, known) if own else "",
        "summary": keep_citations(own.summary, known) if own else "",
        "conditions": slugs,
        "picture": present_picture(own.picture) if own else None,
        "points": [present_point(point, known, keys) for point in own.points] if own else [],
        "topics": list(_list_parts(chosen, own, known, keys)),
        "references": known,
        "page_url": page_url("comparison", own.slug, day) if own else free_url,
    }


def _list_parts(
    chosen: Sequence[tuple[Condition, Sequence[Any]]], own: ComparisonContent | None, known: Known, keys: set[str]
) -> Iterator[TopicPart]:
    """The topics in order, then what editors wrote about no topic."""
    sections = list(own.sections) if own else []
    by_slug = {section.topic.slug: section for section in sections if section.topic}
    sides = [(part, by_topic(facts)) for part, facts in chosen]
    for topic in list_topics((fact.topic for _, facts in chosen for fact in facts), own):
        members = [
            Side.model_construct(condition=part.slug, facts=present(part, topics.get(topic.slug, ())))
            for part, topics in sides
        ]
        yield present_section(by_slug.get(topic.slug), topic, known, keys, members)
    for section in sections:
        if section.topic is None:
            yield present_section(section, None, known, keys, [])


def present_section(
    section: FrozenSection | None, topic: TopicContent | None, known: Known, keys: set[str], sides: list[Side]
) -> TopicPart:
    return TopicPart.model_construct(
        topic=topic,
        heading=section.heading if section else topic.question if topic else "",
        lead=keep_citations(section.lead, known) if section else "",
        verdict=section.verdict if section else "",
        rests_on=[key for key in section.rests_on if key in keys] if section else [],
        sides=sides,
    )


def present_point(point: FrozenPoint, known: Known, keys: set[str]) -> Point:
    return Point.model_construct(
        kind=point.kind,
        topic=point.topic,
        text=keep_citations(point.text, known),
        citations=[key for key in point.citations if key in known],
        rests_on=[key for key in point.rests_on if key in keys],
    )
