"""All public sources, and each source with the statements that stand on it."""

from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from conditions.bibliography import (
    LIST_FIELDS,
    by_letter,
    evidence_in_words,
    explain_evidence,
    has_evidence,
    list_choices,
    list_identifiers,
)
from conditions.content import CitationContent
from conditions.paging import Page, count_pages, read_number
from conditions.presenting import INTEGRITY
from conditions.responses import reads_editions
from conditions.structured import describe_source_page
from conditions.supporting import count_bearings, list_citing_pages
from editorial import editions
from editorial.kept_lists import KeptList
from editorial.query_names import reads_query

MOST_ON_A_PAGE = 1000
ON_A_PAGE_OF_MANY = 100
"""Who looks through more than fit on one page turns pages anyway, and these come quickly."""
_COUNTS = KeptList(
    "citation", fields={"evidence": "evidence"}, read=partial(editions.count_public, "citation", by="evidence")
)


@require_safe
@reads_query("evidence", "page")
def source_list(request: HttpRequest) -> HttpResponse:
    """All sources, or those of one kind of evidence; with a kind that there is not, the kinds that there are (400).

    Very many come in pages, by their keys. Two queries, and one or two more after a publication.
    """
    known = _COUNTS.get()
    asked = request.GET.get("evidence", "")
    choices = list_choices(known, asked)
    is_known = not asked or any(choice.is_chosen for choice in choices)
    total = sum(known.values())
    count = sum(choice.count for choice in choices if choice.is_chosen) if asked else total
    page = _list_page(request, asked, count) if is_known else None
    context = {
        "letters": by_letter(page.items) if page else [],
        "page": page,
        "count": count,
        "total": total,
        "choices": choices,
        "chosen": evidence_in_words(asked) if asked and is_known else "",
        "unknown": "" if is_known else asked[:60],
        "is_noindex": bool(asked),
    }
    return render(request, "conditions/source_list.html", context, status=200 if is_known else 400)


def _list_page(request: HttpRequest, evidence: str, count: int) -> Page[dict[str, Any]]:
    """Raises Http404 when there is no such page."""
    length = ON_A_PAGE_OF_MANY if count > MOST_ON_A_PAGE else max(count, 1)
    number = read_number(request.GET)
    pages = count_pages(count, length, number)
    rows = editions.list_public(
        "citation", fields=LIST_FIELDS, where=has_evidence(evidence), start=(number - 1) * length, limit=length
    )
    return Page(rows, number, pages, urlencode({"evidence": evidence}) if evidence else "")


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
