"""All public sources, and each source with the pages that cite it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from conditions.bibliography import LIST_FIELDS, by_letter, evidence_in_words, list_identifiers
from conditions.content import CitationContent
from conditions.named import list_pages
from conditions.presenting import INTEGRITY
from conditions.responses import reads_editions
from editorial import editions


@require_safe
def source_list(request: HttpRequest) -> HttpResponse:
    letters = by_letter(editions.list_public("citation", fields=LIST_FIELDS))
    count = sum(len(letter.entries) for letter in letters)
    return render(request, "conditions/source_list.html", {"letters": letters, "count": count})


@require_safe
@reads_editions
def source_detail(request: HttpRequest, key: str) -> HttpResponse:
    edition = editions.get_current("citation", key)
    content = CitationContent.model_validate(edition.content)
    context = {
        "edition": edition,
        "source": content,
        "exports_of": f"/sources/{content.key}/",
        "identifiers": list_identifiers(content),
        "evidence": evidence_in_words(content.evidence),
        "integrity": INTEGRITY.get(content.integrity, ""),
        "replacement": content.references.get(content.superseded_by),
        "pages": list_pages("comparison", "condition", "faq", "glossary", tag=f"citation:{key}"),
    }
    return render(request, "conditions/source_detail.html", context)
