"""One item."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_safe

from editorial.desk.access import desk_view, render_notice
from editorial.desk.dossiers import load_dossiers
from editorial.desk.pages import render_review
from editorial.desk.selection import read_selection


@desk_view
@require_safe
def show_item(request: HttpRequest, review_id: int) -> HttpResponse:
    selection = read_selection(QueryDict(f"items={review_id}"))
    if not selection.reviews:
        return render_notice(request, title="Not found", sentence=selection.problems[0], status=404)
    return render_review(request, load_dossiers(selection.reviews))
