"""References for reference managers: all of a comparison's page, and of a question's."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from comparisons.compose import compose
from comparisons.content import FAQContent
from comparisons.kept import read_curated_page
from comparisons.questions import answer_with_marks
from conditions.presenting import References
from conditions.reading import read_one
from conditions.responses import reads_editions
from conditions.views.references import answer_with, read_sources
from editorial import editions
from editorial.query_names import reads_query


@require_safe
@reads_editions
@reads_query()
def comparison_references(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    material = read_curated_page(slug, None)
    page = compose(material.parts, curated=material.curated, path=request.path)
    return answer_with(read_sources(reference.key for reference in page.references), name=slug, ending=ending)


@require_safe
@reads_editions
@reads_query()
def faq_references(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    content = read_one(FAQContent, editions.get_current("faq", slug)).content
    references = References(content.references)
    answer_with_marks(content, references)  # Numbers them in the order of the page.
    return answer_with(read_sources(reference.key for reference in references), name=slug, ending=ending)
