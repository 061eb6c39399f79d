"""What was decided on one page, for each item or for all: one call of one action, all of it or nothing."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods

from editorial import actions, errors
from editorial.actions import Choice
from editorial.desk import again, choosing
from editorial.desk.access import desk_view
from editorial.desk.choosing import OwnDecisionForm
from editorial.desk.dossier import find_item
from editorial.desk.forms import DecisionForm
from editorial.desk.pages import queue_url, read_back
from editorial.desk.selection import Selection, read_selection
from editorial.impact import list_pages
from editorial.models import Materiality, Review
from editorial.templatetags.desk import public_url
from editorial.workflow import Action

_DONE = {
    Action.APPROVE: "Approved",
    Action.SCHEDULE: "Approved, to become public on {} (UTC)",
    Action.REQUEST_CHANGES: "Sent back with your comment",
    Action.CONFIRM: "Confirmed",
    Action.RETIRE: "Retired; a second person must confirm it",
}
_PAGES_NAMED = 8


@desk_view
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        # Somebody had to sign in on the way; what they had typed was not sent.
        messages.warning(request, "Nothing was decided. Open the items again and decide there.")
        return redirect(queue_url(""))
    data = request.POST
    ticked, shown = _read_both(data)
    own = choosing.read_own(data, shown.reviews)
    problems = {pk: " ".join(each.problems) for pk, each in own.items()}
    rest = [review for review in ticked.reviews if review.pk not in own]
    form = DecisionForm(data, has_rest=bool(rest), has_own=bool(own))
    if ticked.problems or not (rest or own):
        form.add_error(None, " ".join(ticked.problems) or "No item is chosen. Tick at least one.")
    if not form.is_valid() or any(problems.values()):
        chosen = _digests([*own, *(review.pk for review in rest)], shown)
        return again.show_again(request, form, own_problems=problems, stale=chosen, status=400)
    choices = _list_choices(data, shown, form, rest=rest, own=own)
    try:
        actions.decide(choices, by=request.user)
    except errors.EditorialError as refusal:
        tried = _digests([choice.item.review_id for choice in choices], shown)
        refusals, status = again.sentences_of(refusal), again.status_of(refusal)
        return again.show_again(request, form, refusals=refusals, stale=tried, status=status)
    for sentence in _tell(choices, {review.pk: review for review in shown.reviews}):
        messages.success(request, sentence)
    return redirect(queue_url(read_back(request)))


def _read_both(data: QueryDict) -> tuple[Selection, Selection]:
    """What was ticked, and that with all else that was on the page."""
    ticked, shown = read_selection(data), again.read_shown(data)
    known = {review.pk: review for review in (*ticked.reviews, *shown.reviews)}
    return ticked, Selection(list(known.values()), shown.problems, {**shown.digests, **ticked.digests})


def _digests(ids: Sequence[int], shown: Selection) -> dict[int, str]:
    return {pk: shown.digests[pk] for pk in ids}


def _list_choices(
    data: QueryDict,
    shown: Selection,
    form: DecisionForm,
    *,
    rest: Sequence[Review],
    own: Mapping[int, OwnDecisionForm],
) -> list[Choice]:
    reviews = {review.pk: review for review in shown.reviews}
    publish_at = form.cleaned_data["publish_at"]
    choices: list[Choice] = []
    for pk, each in own.items():
        said = each.cleaned_data
        touched = said["materiality"] or Materiality.CLINICAL
        action = Action(said["action"])
        choices.append(_choose(reviews[pk], shown, action, said["comment"], touched, publish_at))
    if form.action is not None:
        for review in rest:
            touched = form.cleaned_data["materiality"] or choosing.read_materiality(data, review.pk)
            choices.append(_choose(review, shown, form.action, form.cleaned_data["comment"], touched, publish_at))
    corrected = set(data.getlist("correction"))
    return [replace(choice, is_correction=_is_correction(choice, corrected)) for choice in choices]


def _is_correction(choice: Choice, ticked: Collection[str]) -> bool:
    """Who sends an item back, retires or confirms it corrects nothing with that."""
    return choice.action == Action.APPROVE and str(choice.item.review_id) in ticked


def _choose(
    review: Review, shown: Selection, action: Action, comment: str, materiality: str, publish_at: datetime | None
) -> Choice:
    item = find_item(review)
    if item is None:
        raise LookupError(f"Review {review.pk} was read without its item.")
    when = publish_at if action == Action.APPROVE else None
    return Choice(item, action, shown.digests[review.pk], comment, materiality, when)


def _tell(choices: Sequence[Choice], reviews: Mapping[int, Review]) -> list[SafeString]:
    """What was done, with links to the public pages that it changed."""
    groups: dict[str, list[Choice]] = {}
    for choice in choices:
        groups.setdefault(_done(choice), []).append(choice)
    told = [format_html("{}: {}.", done, _name(group)) for done, group in groups.items()]
    changed = [c.item for c in choices if c.action != Action.REQUEST_CHANGES and c.publish_at is None]
    for item in changed:
        item.review = reviews[item.review_id]  # The actions let go of it; its kind and id are as they were.
    pages = [page for page in list_pages(changed) if page.url][:_PAGES_NAMED] if changed else []
    links = format_html_join(", ", '<a href="{}">{}</a>', ((public_url(page), page.title) for page in pages))
    return [*told[:-1], format_html("{} See {}.", told[-1], links)] if pages else told


def _done(choice: Choice) -> str:
    if choice.publish_at is not None:
        return _DONE[Action.SCHEDULE].format(f"{choice.publish_at:%-d %B %Y, %H:%M}")
    return _DONE[choice.action]


def _name(group: Sequence[Choice]) -> str:
    return f"“{group[0].item}”" if len(group) == 1 else f"{len(group)} items"
