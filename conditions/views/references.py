"""References for reference managers: of one source, and all of a condition's page."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from conditions.composing import compose_condition
from conditions.content import CitationContent, ConditionContent
from conditions.exporting import FORMATS
from conditions.reading import read_one
from conditions.responses import reads_editions
from editorial import editions
from editorial.query_names import reads_query


@require_safe
@reads_editions
@reads_query()
def source_reference(request: HttpRequest, key: str, ending: str) -> HttpResponse:
    edition = editions.get_current("citation", key)
    return answer_with([CitationContent.model_validate(edition.content)], name=key, ending=ending)


@require_safe
@reads_editions
@reads_query()
def condition_references(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    current = editions.get_current("condition", slug)
    page = compose_condition(read_one(ConditionContent, current).content)
    return answer_with(read_sources(reference.key for reference in page.references), name=slug, ending=ending)


def read_sources(keys: Iterable[str]) -> list[CitationContent]:
    """The public sources with these keys, in their order. One query."""
    wanted = list(keys)
    contents = editions.read_public("citation", wanted)
    return [CitationContent.model_validate(contents[key]) for key in wanted if key in contents]


def answer_with(records: list[CitationContent], *, name: str, ending: str) -> HttpResponse:
    """The records as a file to keep, named after the page that they come from."""
    chosen = FORMATS[ending]
    response = HttpResponse(chosen.write(records), content_type=f"{chosen.media_type}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    response["X-Robots-Tag"] = "noindex"
    return response
