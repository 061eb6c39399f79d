"""Words of the glossary, and the topics under which facts stand."""

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router

from comparisons.api.answering import about, cut, respond
from comparisons.api.reading import Shown, show_all, show_one
from comparisons.api.routing import reads
from comparisons.api.schemas import Answer, Dated, Out, Paged, Paging
from conditions.content import GlossaryContent, ReferenceContent, TermContent
from conditions.responses import read_day
from editorial import editions

router = Router(tags=["Words"])


class Term(Out):
    slug: str
    preferred: str
    """The word that this site uses."""
    abbreviation: str
    definition: str
    citations: list[str]
    """Keys of the sources of the definition."""
    edition: int
    """Number of the glossary's edition that holds it."""
    page_url: str


class TermAnswer(Answer):
    term: Term
    references: dict[str, ReferenceContent]


class TermList(Paged):
    results: list[Term]
    references: dict[str, ReferenceContent]
    """The sources of these definitions, by key."""


@reads(router, "/terms", TermList, name="list_terms", summary="The glossary")
def list_terms(request: HttpRequest, query: Query[Paging]) -> HttpResponse:
    """The words of the glossary in alphabetical order, each in plain language."""
    day = read_day(request)
    shown = show_all(GlossaryContent, "glossary", day)
    terms = [present(one, term) for one in shown for term in one.content.terms]
    page, paging = cut(request, terms, query)
    answer = TermList.model_construct(**about(shown, day), **paging, results=page, references=_cited(shown, page))
    return respond(request, answer)


@reads(router, "/terms/{slug:slug}", TermAnswer, name="get_term", summary="One word of the glossary")
def get_term(request: HttpRequest, slug: Path[str], query: Query[Dated]) -> HttpResponse:
    """The word with its definition and sources."""
    day = read_day(request)
    shown = show_one(GlossaryContent, "glossary", "glossary", day)
    term = next((term for term in shown.content.terms if term.slug == slug), None)
    if term is None:
        raise editions.NotPublished(f"term {slug}")
    found = present(shown, term)
    answer = TermAnswer.model_construct(**about([shown], day), term=found, references=_cited([shown], [found]))
    return respond(request, answer)


def present(shown: Shown[GlossaryContent], term: TermContent) -> Term:
    shared = {name: getattr(term, name) for name in Term.model_fields if hasattr(term, name)}
    page_url = f"{shown.page_url}#term-{term.slug}"
    return Term.model_construct(**shared, edition=shown.edition.number, page_url=page_url)


def _cited(shown: list[Shown[GlossaryContent]], terms: list[Term]) -> dict[str, ReferenceContent]:
    keys = {key for term in terms for key in term.citations}
    return {key: ref for one in shown for key, ref in one.content.references.items() if key in keys}
