"""Many items on one page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from editorial.desk.access import desk_view, render_notice
from editorial.desk.dossiers import load_dossiers
from editorial.desk.pages import queue_url, read_back, render_review
from editorial.desk.selection import read_asked


@desk_view
@require_safe
def show_batch(request: HttpRequest) -> HttpResponse:
    selection = read_asked(request.GET)
    if selection.reviews:
        return render_review(request, load_dossiers(selection.reviews), problems=selection.problems)
    if selection.problems:
        sentence = " ".join(selection.problems)
        return render_notice(request, title="Nothing to review", sentence=sentence, status=400)
    messages.warning(request, "Tick the items that you want to review together.")
    return redirect(queue_url(read_back(request)))
