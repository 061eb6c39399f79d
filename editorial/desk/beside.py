"""What a reviewer does beside the decision, on the same page: waive a check, cancel a schedule."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from editorial import actions, errors
from editorial.desk import again
from editorial.desk.access import desk_view, render_notice
from editorial.desk.dossier import find_item
from editorial.desk.pages import queue_url
from editorial.desk.selection import read_selection
from editorial.models import ReviewedItem

Act = Callable[[HttpRequest, ReviewedItem], str]


@desk_view
@require_http_methods(["GET", "HEAD", "POST"])
def waive(request: HttpRequest) -> HttpResponse:
    return _do_beside(request, "waive", _waive)


@desk_view
@require_http_methods(["GET", "HEAD", "POST"])
def unschedule(request: HttpRequest) -> HttpResponse:
    return _do_beside(request, "unschedule", _unschedule)


def _waive(request: HttpRequest, item: ReviewedItem) -> str:
    pk, data = item.review_id, request.POST
    codes, reason = data.getlist(f"waive-{pk}-codes"), data.get(f"waive-{pk}-reason", "")
    actions.waive(item, codes=codes, reason=reason, by=request.user, digest=data.get(f"digest-{pk}", ""))
    return f"The check of “{item}” is waived, as long as the item stays as it is. Your reason is on record."


def _unschedule(request: HttpRequest, item: ReviewedItem) -> str:
    actions.unschedule([item], by=request.user)
    return f"The schedule of “{item}” is cancelled. It waits for review again."


def _do_beside(request: HttpRequest, name: str, act: Act) -> HttpResponse:
    """The button's value names the item. What was chosen and typed for the decision stays on the page."""
    if request.method != "POST":
        messages.warning(request, "Nothing was changed. Open the item again and do it there.")
        return redirect(queue_url(""))
    found = read_selection(request.POST, name=name)
    item = find_item(found.reviews[0]) if found.reviews else None
    if item is None:
        sentence = " ".join(found.problems) or "No item is chosen."
        return render_notice(request, title="Nothing was changed", sentence=sentence, status=400)
    form, stale = again.restore_form(request.POST), {item.review_id: found.digests[item.review_id]}
    try:
        messages.success(request, act(request, item))
    except errors.EditorialError as refusal:
        refusals, status = again.sentences_of(refusal), again.status_of(refusal)
        return again.show_again(request, form, refusals=refusals, stale=stale, status=status)
    return again.show_again(request, form, stale=stale, status=200)
