"""Editions: what was public of a subject since when, and what each edition said."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router

from comparisons.api import conditions, faqs, sources, terms
from comparisons.api.answering import about, cut, respond
from comparisons.api.comparisons import Point, TopicPart, present_point, present_section
from comparisons.api.conditions import ConditionDetail
from comparisons.api.faqs import FAQ
from comparisons.api.reading import Shown, permanent_url, show_numbered
from comparisons.api.routing import reads
from comparisons.api.schemas import Answer, EditionKind, Out, Paged, Paging
from comparisons.api.sources import Source
from comparisons.api.terms import Term
from comparisons.content import ComparisonContent, FAQContent
from conditions.content import (
    CitationContent,
    ConditionContent,
    GlossaryContent,
    PageContent,
    ReferenceContent,
)
from conditions.markdown import keep_citations
from editorial import editions
from editorial.history import History
from editorial.site import LICENCE

router = Router(tags=["Editions"])


class EditionLine(Out):
    number: int
    published_at: datetime
    last_reviewed_on: date | None
    review_due_on: date | None
    change_note: str
    """What changed since the edition before."""
    is_current: bool
    permanent_url: str
    """The page of this very edition."""


class EditionList(Paged):
    kind: EditionKind
    slug: str
    results: list[EditionLine]


class Glossary(Out):
    terms: list[Term]
    references: dict[str, ReferenceContent]


class ComparisonText(Out):
    """What editors wrote, without the facts: those are in the editions of the conditions."""

    slug: str
    title: str
    answer: str
    summary: str
    points: list[Point]
    topics: list[TopicPart]
    references: dict[str, ReferenceContent]


class EditionAnswer(Answer):
    change_note: str
    """What changed since the edition before."""
    content: ConditionDetail | ComparisonText | FAQ | Source | Glossary
    """As the answer for its kind has it."""


@reads(router, "/editions/{kind}/{slug:slug}", EditionList, name="list_editions", summary="The editions of a subject")
def list_all(request: HttpRequest, kind: Path[EditionKind], slug: Path[str], query: Query[Paging]) -> HttpResponse:
    """The editions since the subject was last withdrawn, newest first."""
    current = editions.get_current(kind, slug)
    page, paging = cut(request, History(current), query)
    results = [
        EditionLine.model_construct(
            **{name: getattr(edition, name) for name in EditionLine.model_fields if name != "permanent_url"},
            permanent_url=permanent_url(kind, current.slug, edition.number),
        )
        for edition in page
    ]
    values = {"licence": LICENCE, "as_of": None, "is_masked": False, "editions": []}
    answer = EditionList.model_construct(**values, **paging, kind=kind, slug=current.slug, results=results)
    return respond(request, answer)


@reads(
    router,
    "/editions/{kind}/{slug:slug}/{int:number}",
    EditionAnswer,
    name="get_edition",
    summary="One edition of a subject",
)
def get_edition(request: HttpRequest, kind: Path[EditionKind], slug: Path[str], number: Path[int]) -> HttpResponse:
    """What this edition said, without what was withdrawn since."""
    model, present = _BY_KIND[kind]
    shown = show_numbered(model, kind, slug, number)
    answer = EditionAnswer.model_construct(
        **about([shown]), change_note=shown.edition.change_note, content=present(shown)
    )
    return respond(request, answer)


def _comparison(shown: Shown[ComparisonContent]) -> ComparisonText:
    content, known = shown.content, shown.content.references
    return ComparisonText.model_construct(
        slug=shown.slug,
        title=content.title,
        answer=keep_citations(content.answer, known),
        summary=keep_citations(content.summary, known),
        points=[present_point(point, known, set()) for point in content.points],
        topics=[present_section(section, section.topic, known, set(), []) for section in content.sections],
        references=known,
    )


def _glossary(shown: Shown[GlossaryContent]) -> Glossary:
    words = [terms.present(shown, term) for term in shown.content.terms]
    return Glossary.model_construct(terms=words, references=shown.content.references)


_BY_KIND: dict[str, tuple[type[PageContent], Callable[[Shown[Any]], Out]]] = {
    "condition": (ConditionContent, conditions.detail),
    "comparison": (ComparisonContent, _comparison),
    "faq": (FAQContent, lambda shown: faqs.present([shown])[0]),
    "citation": (CitationContent, sources.present),
    "glossary": (GlossaryContent, _glossary),
}
