"""Sources: bibliographic records, also as CSL-JSON."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router

from comparisons.api.answering import Row, about, cut, respond
from comparisons.api.facts import describe_row
from comparisons.api.reading import PublicPairs, Shown, find_all, read_all, show_one
from comparisons.api.routing import reads
from comparisons.api.schemas import Answer, Dated, Paged, Tabular
from conditions.content import CitationContent, FrozenCitation
from conditions.references import csl_json
from conditions.responses import read_day
from editorial.site import LICENCE

router = Router(tags=["Sources"])


class Source(FrozenCitation):
    reference: str
    """The reference in AMA style, as plain text."""
    csl: dict[str, Any]
    """The record as CSL-JSON, as reference managers read it."""
    edition: int
    """Number of the edition that holds it."""
    page_url: str
    """The source's page on this site; `url` is its own address."""


class SourceAnswer(Answer):
    source: Source


class SourceList(Paged):
    results: list[Source]


@reads(router, "/sources", SourceList, name="list_sources", summary="All sources")
def list_all(request: HttpRequest, query: Query[Tabular]) -> HttpResponse:
    """The public sources by key."""
    day = read_day(request)
    # Only what is shown is read, where that is of today: there are very many.
    found = PublicPairs("citation") if day is None else find_all("citation", day)
    chosen, paging = cut(request, found, query)
    page = read_all(CitationContent, chosen, day)
    answer = SourceList.model_construct(**about(page, day), **paging, results=[present(one) for one in page])
    return respond(request, answer, table=lambda: _tabulate(page))


@reads(router, "/sources/{slug:key}", SourceAnswer, name="get_source", summary="One source")
def get_source(request: HttpRequest, key: Path[str], query: Query[Dated]) -> HttpResponse:
    """The source with this key."""
    day = read_day(request)
    shown = show_one(CitationContent, "citation", key, day)
    return respond(request, SourceAnswer.model_construct(**about([shown], day), source=present(shown)))


def present(shown: Shown[CitationContent]) -> Source:
    content = shown.content
    return Source.model_construct(
        **{name: getattr(content, name) for name in FrozenCitation.model_fields},
        reference=content.reference.text,
        csl=csl_json(content),
        edition=shown.edition.number,
        page_url=shown.page_url,
    )


def _tabulate(shown: Iterable[Shown[CitationContent]]) -> Iterator[Row]:
    for one in shown:
        content = one.content
        names = [name for name in FrozenCitation.model_fields if name != "authors"]
        yield {
            **{name: getattr(content, name) for name in names},
            "authors": "; ".join(map(_say_author, content.authors)),
            "reference": content.reference.text,
            **describe_row(one),
            "page_url": one.page_url,
            "licence": LICENCE,
        }


def _say_author(author: dict[str, str]) -> str:
    return author.get("literal") or ", ".join(filter(None, (author.get("family", ""), author.get("given", ""))))
