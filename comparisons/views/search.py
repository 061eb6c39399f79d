"""The search, and what it offers while somebody types. What was asked is written down nowhere."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from comparisons import asking
from comparisons.answering import Answer, NoSuchPage, Wanted, WrongFilter, answer
from comparisons.asking import Asked, read_question
from comparisons.forms import ComparisonPicker
from comparisons.known import Known
from editorial.searching import finding, naming
from editorial.searching.words import fold

MOST_SUGGESTIONS = 8
_FEWEST_LETTERS = 2


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Results, or the comparison that was asked for. Three queries at most."""
    asked = read_question(request.GET.get("q", ""))
    known = Known(asked.words, condition=request.GET.get("condition", ""))
    if request.GET.keys() <= {"q"}:
        compared = asking.find_compared(asking.divide(asked.words, known.named))
        if compared:
            return keep_secret(HttpResponseRedirect(known.find_comparison(compared)))
    try:
        found = answer(known, read_wanted(request, asked)) if asked.words else None
    except WrongFilter as wrong:
        return _render(request, known, asked, None, status=400, problem=str(wrong))
    except NoSuchPage:
        problem = _("There are not so many pages of results.")
        return _render(request, known, asked, None, status=404, problem=problem)
    return _render(request, known, asked, found, status=200)


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """JSON: `{"suggestions": [{"text", "context", "kind", "path"}]}`, at most eight; paths without a language."""
    start = fold(request.GET.get("q", "")[: asking.LONGEST])
    found = []
    if len(start) >= _FEWEST_LETTERS:
        found = finding.suggest(start, hidden=naming.list_fallen(), limit=MOST_SUGGESTIONS)
    rows = [{"text": f.title, "context": f.context, "kind": f.kind, "path": f.address} for f in found]
    response = JsonResponse({"suggestions": rows})
    # What was withdrawn is not offered a minute longer.
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def read_wanted(request: HttpRequest, asked: Asked, *, only_kind: str = "") -> Wanted:
    """What the address asks for; `only_kind` where the page has one kind of results. Raises WrongFilter."""
    page = request.GET.get("page", "1")
    if not (page.isascii() and page.isdigit() and len(page) <= 6 and int(page) > 0):
        raise WrongFilter(_("Pages of results have numbers from 1 on."))
    return Wanted(
        asked,
        kind=only_kind or request.GET.get("kind", ""),
        condition=request.GET.get("condition", ""),
        page=int(page),
        has_one_kind=bool(only_kind),
    )


def keep_secret(response: HttpResponse) -> HttpResponse:
    """The question stands in the address: no page that is visited next is told it, and no cache keeps it."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response


def _render(
    request: HttpRequest, known: Known, asked: Asked, found: Answer | None, *, status: int, **more: Any
) -> HttpResponse:
    context = {
        "asked": asked,
        "query": asked.text,
        "answer": found,
        "conditions": known.labels,
        "needs_help": needs_help(found),
        "form": ComparisonPicker(known.labels) if needs_help(found) and known.labels else None,
        "is_noindex": True,
        **more,
    }
    return keep_secret(render(request, "comparisons/search.html", context, status=status))


def needs_help(found: Answer | None) -> bool:
    """Whether a list of results is not what the page has to offer."""
    return found is None or not found.results.count
