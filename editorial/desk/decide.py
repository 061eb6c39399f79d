"""One decision on the chosen items: one call of an action, all of it or nothing."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html, format_html_join
from django.views.decorators.http import require_http_methods

from editorial import actions, errors
from editorial.desk.access import desk_view, render_notice
from editorial.desk.dossiers import load_dossiers
from editorial.desk.forms import DecisionForm
from editorial.desk.pages import queue_url, read_back, render_review
from editorial.desk.selection import Selection, read_selection
from editorial.impact import list_pages
from editorial.models import ReviewedItem, User
from editorial.templatetags.desk import public_url
from editorial.workflow import Action

_DONE = {
    Action.APPROVE: "Approved",
    Action.REQUEST_CHANGES: "Sent back with your comment",
    Action.CONFIRM: "Confirmed",
    Action.RETIRE: "Retired; a second person must confirm it",
}
_STALE = "It has changed since it was shown to you. This is how it is now: read it again, then decide."
_PAGES_NAMED = 8


@desk_view
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        # Somebody had to sign in on the way; what they had typed was not sent.
        messages.warning(request, "Nothing was decided. Open the items again and decide there.")
        return redirect(queue_url(""))
    selection, form = read_selection(request.POST), DecisionForm(request.POST)
    if selection.problems or not selection.reviews:
        form.add_error(None, " ".join(selection.problems) or "No item is chosen. Tick at least one.")
    if not form.is_valid():
        return _show_again(request, selection, form, {}, status=400)
    try:
        _act(form, selection, by=request.user)
    except errors.EditorialError as error:
        refusals = {item.review_id: sentence for item, sentence in error.reasons.items()}
        return _show_again(request, selection, form, refusals, status=_status_of(error))
    messages.success(request, _tell(form.action, selection.items))
    return redirect(queue_url(read_back(request)))


def _act(form: DecisionForm, selection: Selection, *, by: User) -> None:
    comment, items, digests = form.cleaned_data["comment"], selection.items, selection.digests_by_item
    if form.action == Action.APPROVE:
        actions.approve(items, by=by, digests=digests, comment=comment, materiality=form.cleaned_data["materiality"])
    elif form.action == Action.REQUEST_CHANGES:
        actions.request_changes(items, by=by, comment=comment, digests=digests)
    elif form.action == Action.CONFIRM:
        actions.confirm(items, by=by, comment=comment, digests=digests)
    else:
        # What is public is taken out; a draft that changed meanwhile must not delay that.
        actions.retire(items, by=by, reason=comment)


def _status_of(error: errors.EditorialError) -> int:
    if isinstance(error, errors.ContentChanged):
        return 409
    return 403 if isinstance(error, errors.NotPermitted) else 400


def _show_again(
    request: HttpRequest, selection: Selection, form: DecisionForm, refusals: dict[int, str], *, status: int
) -> HttpResponse:
    """The page as it was, with the refusals, and with the items as they are now."""
    shown = read_selection(request.POST, name="shown") if "shown" in request.POST else selection
    if not shown.reviews:
        sentence = " ".join([*form.non_field_errors(), *shown.problems])
        return render_notice(request, title="Nothing was decided", sentence=sentence, status=400)
    chosen = {review.pk for review in selection.reviews}
    dossiers = load_dossiers(shown.reviews)
    for dossier in dossiers:
        pk = dossier.review.pk
        dossier.is_chosen = pk in chosen
        dossier.is_stale = pk in chosen and dossier.digest != shown.digests[pk]
        dossier.refusal = _STALE if dossier.is_stale else refusals.get(pk, "")
    is_stale = any(dossier.is_stale for dossier in dossiers)
    return render_review(request, dossiers, form=form, status=409 if is_stale and status == 400 else status)


def _tell(action: Action | None, items: Sequence[ReviewedItem]) -> str:
    """What was done, with links to the public pages that it changed."""
    what = f"“{items[0]}”" if len(items) == 1 else f"{len(items)} items"
    done = format_html("{}: {}.", _DONE[action], what) if action else ""
    if action == Action.REQUEST_CHANGES:
        return done
    pages = [page for page in list_pages(items) if page.url][:_PAGES_NAMED]
    links = format_html_join(", ", '<a href="{}">{}</a>', ((public_url(page), page.title) for page in pages))
    return format_html("{} See {}.", done, links) if pages else done
