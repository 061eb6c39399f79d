from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from comparisons.changes import list_newest_changes
from comparisons.forms import ComparisonPicker
from comparisons.picking import list_choices
from comparisons.structured import describe_home
from editorial import editions
from editorial.query_names import reads_query


@require_safe
@reads_query()
def home(request: HttpRequest) -> HttpResponse:
    """What the site is, the picker, the conditions, the curated comparisons and what changed last.

    Three queries, and one more after a publication.
    """
    choices = list_choices()
    changes = list_newest_changes(limit=5)
    context = {
        "choices": choices,
        "form": ComparisonPicker(choices.names),
        "changes": changes,
        "has_demonstration": editions.has_demonstration(),
        "structured": describe_home(choices, path=request.path),
    }
    return render(request, "home.html", context)
