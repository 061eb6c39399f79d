"""Questions with their answers."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router

from comparisons.api.answering import Row, about, cut, respond
from comparisons.api.facts import describe_row
from comparisons.api.reading import PublicPairs, Shown, read_all, show_all, show_one
from comparisons.api.routing import reads
from comparisons.api.schemas import Answer, Dated, Out, Paged, Paging, Tabular
from comparisons.content import FAQContent
from conditions.content import ReferenceContent
from conditions.markdown import keep_citations
from conditions.named import list_pages
from conditions.responses import read_day
from editorial.site import LICENCE

router = Router(tags=["Questions"])
Cut = tuple[Sequence[Shown[FAQContent]], dict[str, Any]]


class FAQ(Out):
    slug: str
    question: str
    answer: str
    """Markdown; `[@key]` cites a source."""
    conditions: list[str]
    """Slugs of the public conditions that it is about."""
    comparisons: list[str]
    """Slugs of the public comparisons that show it."""
    citations: list[str]
    """Keys of the sources of the whole answer."""
    position: int
    references: dict[str, ReferenceContent]
    """Its sources, by key."""
    edition: int
    """Number of the edition that holds it."""
    page_url: str


class FAQAnswer(Answer):
    faq: FAQ


class FAQList(Paged):
    results: list[FAQ]


@reads(router, "/faqs", FAQList, name="list_faqs", summary="All questions")
def list_all(request: HttpRequest, query: Query[Tabular]) -> HttpResponse:
    """The public questions with their answers."""
    day = read_day(request)
    page, paging = _cut_today(request, query) if day is None else _cut_then(request, query, day)
    results = present(page)
    answer = FAQList.model_construct(**about(page, day), **paging, results=results)
    return respond(request, answer, table=lambda: _tabulate(page, results))


def _cut_today(request: HttpRequest, query: Paging) -> Cut:
    """Only what is shown is read: there are very many."""
    chosen, paging = cut(request, PublicPairs("faq", by=["position"]), query)
    return read_all(FAQContent, chosen, None), paging


def _cut_then(request: HttpRequest, query: Paging, day: date) -> Cut:
    shown = sorted(show_all(FAQContent, "faq", day), key=lambda one: (one.content.position, one.slug))
    return cut(request, shown, query)


@reads(router, "/faqs/{slug:slug}", FAQAnswer, name="get_faq", summary="One question")
def get_faq(request: HttpRequest, slug: Path[str], query: Query[Dated]) -> HttpResponse:
    """The question with its answer and sources."""
    day = read_day(request)
    shown = show_one(FAQContent, "faq", slug, day)
    return respond(request, FAQAnswer.model_construct(**about([shown], day), faq=present([shown])[0]))


def present(shown: Iterable[Shown[FAQContent]]) -> list[FAQ]:
    """The questions, tied to the conditions and comparisons that are public now. One query."""
    shown = list(shown)
    ids = {pk for one in shown for pk in (*one.content.conditions, *one.content.comparisons)}
    slugs = {page.subject_id: page.slug for page in list_pages("comparison", "condition", ids=ids)}
    return [_present(one, slugs) for one in shown]


def _present(shown: Shown[FAQContent], slugs: dict[int, str]) -> FAQ:
    content = shown.content
    values: dict[str, Any] = {
        "slug": shown.slug,
        "question": content.question,
        "answer": keep_citations(content.answer, content.references),
        "conditions": [slugs[pk] for pk in content.conditions if pk in slugs],
        "comparisons": [slugs[pk] for pk in content.comparisons if pk in slugs],
        "citations": content.citations,
        "position": content.position,
        "references": content.references,
        "edition": shown.edition.number,
        "page_url": shown.page_url,
    }
    return FAQ.model_construct(**values)


def _tabulate(shown: Iterable[Shown[FAQContent]], faqs: Iterable[FAQ]) -> Iterator[Row]:
    for one, faq in zip(shown, faqs, strict=True):
        yield {
            "slug": faq.slug,
            "question": faq.question,
            "answer": faq.answer,
            "conditions": "; ".join(faq.conditions),
            "comparisons": "; ".join(faq.comparisons),
            "sources": "; ".join(faq.references),
            **describe_row(one),
            "page_url": faq.page_url,
            "licence": LICENCE,
        }
