"""All public sources, and each source with the statements that stand on it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from conditions.bibliography import (
    LIST_FIELDS,
    by_letter,
    evidence_in_words,
    explain_evidence,
    keep_evidence,
    list_choices,
    list_identifiers,
)
from conditions.content import CitationContent
from conditions.presenting import INTEGRITY
from conditions.responses import reads_editions
from conditions.structured import describe_source_page
from conditions.supporting import count_bearings, list_citing_pages
from editorial import editions
from editorial.query_names import reads_query


@require_safe
@reads_query("evidence")
def source_list(request: HttpRequest) -> HttpResponse:
    """All sources, or those of one kind of evidence; with a kind that there is not, the kinds that there are (400)."""
    rows = editions.list_public("citation", fields=LIST_FIELDS)
    asked = request.GET.get("evidence", "")
    choices = list_choices(rows, asked)
    is_known = not asked or any(choice.is_chosen for choice in choices)
    shown = keep_evidence(rows, asked) if is_known else []
    context = {
        "letters": by_letter(shown),
        "count": len(shown),
        "total": len(rows),
        "choices": choices,
        "chosen": evidence_in_words(asked) if asked and is_known else "",
        "unknown": "" if is_known else asked[:60],
        "is_noindex": bool(asked),
    }
    return render(request, "conditions/source_list.html", context, status=200 if is_known else 400)


@require_safe
@reads_editions
@reads_query()
def source_detail(request: HttpRequest, key: str) -> HttpResponse:
    """Three queries at most."""
    edition = editions.get_current("citation", key)
    content = CitationContent.model_validate(edition.content)
    pages = list_citing_pages(content.key)
    supporting, opposing = count_bearings(pages)
    context = {
        "edition": edition,
        "source": content,
        "structured": describe_source_page(content, path=request.path),
        "exports_of": f"/sources/{content.key}/",
        "identifiers": list_identifiers(content),
        "evidence": evidence_in_words(content.evidence),
        "meaning": explain_evidence(content.evidence),
        "integrity": INTEGRITY.get(content.integrity, ""),
        "replacement": content.references.get(content.superseded_by),
        "pages": pages,
        "supporting": supporting,
        "opposing": opposing,
    }
    return render(request, "conditions/source_detail.html", context)
