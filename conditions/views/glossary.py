"""The glossary: one page of all approved terms, from A to Z."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from conditions.content import GlossaryContent
from conditions.glossary import list_letters
from conditions.presenting import References
from conditions.responses import reads_editions
from conditions.reviewing import note_review
from conditions.structured import describe_glossary_page
from editorial import editions
from editorial.query_names import reads_query


@require_safe
@reads_editions
@reads_query()
def glossary_detail(request: HttpRequest) -> HttpResponse:
    try:
        edition = editions.get_current("glossary", "glossary")
    except editions.NotPublished:
        return render(request, "conditions/glossary_detail.html", {"letters": []})
    content = GlossaryContent.model_validate(edition.content)
    references = References(content.references)
    letters = list_letters(content.terms, references)
    review = note_review([(_("Glossary"), edition, content)])
    context = {
        "letters": letters,
        "references": references,
        "review": review,
        "structured": describe_glossary_page(
            [entry for letter in letters for entry in letter.entries],
            name=_("Glossary"),
            path=request.path,
            review=review,
            references=references,
            version=edition.number,
        ),
    }
    return render(request, "conditions/glossary_detail.html", context)
