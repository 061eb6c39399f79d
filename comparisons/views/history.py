"""The editions of a page, and what each of them said."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from comparisons import old_pages
from comparisons.edition_changes import count_hidden, list_changes
from comparisons.entries import list_entries, name_sources
from conditions.paging import cut_page
from conditions.presenting import DEMONSTRATION
from conditions.reading import Reader, read_one
from conditions.responses import reads_editions
from editorial import editions
from editorial.history import History
from editorial.models import Edition
from editorial.query_names import reads_query
from editorial.registry import get_subject

EDITIONS_ON_A_PAGE = 50


@require_safe
@reads_editions
@reads_query("page")
def history_list(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """A page of the editions, newest first. Two queries."""
    _check_kind(kind)
    current = editions.get_current(kind, slug)
    context = {
        "kind": kind,
        "slug": slug,
        "name": old_pages.name_of(kind, current.content),
        "current_url": get_subject(kind).url(slug),
        "page": cut_page(History(current), EDITIONS_ON_A_PAGE, request.GET),
    }
    return render(request, "comparisons/history_list.html", context)


@require_safe
@reads_editions
@reads_query()
def history_detail(request: HttpRequest, kind: str, slug: str, number: int) -> HttpResponse:
    _check_kind(kind)
    current, edition = editions.get_numbered(kind, slug, number)
    reading = read_one(old_pages.CONTENTS[kind], current, edition)
    context = {
        **old_pages.describe(kind, reading.content, edition),
        "kind": kind,
        "current_slug": current.slug,
        "current_url": get_subject(kind).url(current.slug),
        "reading": reading,
        "edition": edition,
        "body_template": f"history/_{kind}.html",
        "demonstration": DEMONSTRATION,
        "is_noindex": True,
    }
    return render(request, "comparisons/history_detail.html", context)


@require_safe
@reads_editions
@reads_query()
def history_changes(request: HttpRequest, kind: str, slug: str, number: int) -> HttpResponse:
    """What the edition changed in the one before it. Two queries."""
    _check_kind(kind)
    current, edition, before = editions.get_with_previous(kind, slug, number)
    context = {
        **(_compare(kind, current, edition, before) if before else {}),
        "kind": kind,
        "name": old_pages.name_of(kind, current.content),
        "current_slug": current.slug,
        "current_url": get_subject(kind).url(current.slug),
        "edition": edition,
        "before": before,
        "is_noindex": True,
    }
    return render(request, "comparisons/history_changes.html", context)


def _compare(kind: str, current: Edition, edition: Edition, before: Edition) -> dict[str, Any]:
    """Both sides are read as they may be shown today, so that what was withdrawn since stands on neither."""
    model = old_pages.CONTENTS[kind]
    reader = Reader([(current, before), (current, edition)])
    old, new = reader.read(model, current, before), reader.read(model, current, edition)
    titles = name_sources(old.content, new.content)
    sides = [list_entries(kind, reading.content, titles) for reading in (old, new)]
    return {
        "groups": list_changes(*sides, corrects=edition.corrects),
        "hidden_count": count_hidden(before.content, edition.content, {*old.masked, *new.masked}),
    }


def _check_kind(kind: str) -> None:
    if kind not in old_pages.CONTENTS:
        raise Http404(f"No pages of the kind {kind!r}.")
