"""Who should review the chosen items, and until when: one call of an action, all of it or nothing."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from editorial import actions, errors
from editorial.desk.access import desk_view, render_desk, render_notice
from editorial.desk.addresses import review_url
from editorial.desk.assign_form import AssignForm, describe_now
from editorial.desk.dossier import find_item
from editorial.desk.pages import queue_url, read_back
from editorial.desk.selection import Selection, read_selection
from editorial.permissions import DECIDE


@desk_view
@require_http_methods(["GET", "HEAD", "POST"])
def assign(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm(DECIDE):
        sentence = "Only reviewers say who should review what. Ask one of them."
        return render_notice(request, title="Not for your account", sentence=sentence, status=403)
    return _assign(request) if request.method == "POST" else _ask(request)


def _ask(request: HttpRequest) -> HttpResponse:
    selection = read_selection(request.GET)
    if not selection.reviews and not selection.problems:
        messages.warning(request, "Tick the items that you want to assign.")
        return redirect(queue_url(read_back(request)))
    form = AssignForm(today=timezone.now().date(), initial=describe_now(selection.reviews))
    return _show(request, selection, form, chosen=selection)


def _assign(request: HttpRequest) -> HttpResponse:
    selection, form = read_selection(request.POST), AssignForm(request.POST, today=timezone.now().date())
    if selection.problems or not selection.reviews:
        form.add_error(None, " ".join(selection.problems) or "No item is chosen. Tick at least one.")
    if not form.is_valid():
        return _show_again(request, selection, form, status=400)
    data = {} if form.is_for_nobody else form.cleaned_data
    reviewer, due_on = data.get("reviewer"), data.get("due_on")
    try:
        actions.assign(selection.items, by=request.user, reviewer=reviewer, due_on=due_on)
    except errors.EditorialError as error:
        status = 403 if isinstance(error, errors.NotPermitted) else 400
        refusals = {item.review_id: sentence for item, sentence in error.reasons.items()}
        return _show_again(request, selection, form, refusals=refusals, status=status)
    messages.success(request, _tell(form, selection))
    back = read_back(request)
    shown = read_selection(request.POST, name="shown").reviews if _came_from_review(request) else []
    return redirect(review_url(shown, back=back) if shown else queue_url(back))


def _came_from_review(request: HttpRequest) -> bool:
    """Whether the person was reading the items, and goes back to them; else to the queue."""
    return (request.POST or request.GET).get("from") == "review"


def _show_again(
    request: HttpRequest, selection: Selection, form: AssignForm, *, status: int, refusals: Mapping[int, str] = {}
) -> HttpResponse:
    shown = read_selection(request.POST, name="shown") if "shown" in request.POST else selection
    return _show(request, shown, form, chosen=selection, refusals=refusals, status=status)


def _show(
    request: HttpRequest,
    shown: Selection,
    form: AssignForm,
    *,
    chosen: Selection,
    refusals: Mapping[int, str] = {},
    status: int = 200,
) -> HttpResponse:
    if not shown.reviews:
        sentence = " ".join([*form.non_field_errors(), *shown.problems])
        return render_notice(request, title="Nothing was assigned", sentence=sentence, status=400)
    ticked = {review.pk for review in chosen.reviews}
    rows = [
        {"review": r, "item": find_item(r), "is_chosen": r.pk in ticked, "refusal": refusals.get(r.pk, "")}
        for r in shown.reviews
    ]
    context = {
        "form": form,
        "rows": rows,
        "refused": [row for row in rows if row["refusal"]],
        "problems": [] if form.is_bound else shown.problems,
        "came_from": "review" if _came_from_review(request) else "queue",
        "back": read_back(request),
        "queue_url": queue_url(read_back(request)),
    }
    return render_desk(request, "assign.html", context, title="Who should review", status=status)


def _tell(form: AssignForm, selection: Selection) -> str:
    what = f"“{selection.items[0]}”" if len(selection.items) == 1 else f"{len(selection.items)} items"
    if form.is_for_nobody:
        return f"Assigned to nobody: {what}. Any reviewer may take it up."
    due_on = form.cleaned_data["due_on"]
    until = f", until {due_on:%-d %B %Y}" if due_on else ""
    return f"Assigned to {form.cleaned_data['reviewer'].display_name}{until}: {what}."
