"""A whole public page as it is and as it would be after a decision, for the person who is about to take it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from editorial.desk.access import desk_view, render_notice
from editorial.desk.framing import frame
from editorial.desk.pages import read_back
from editorial.desk.selection import Selection, read_selection
from editorial.freezing import content_digest, freeze, load_fresh
from editorial.impact import Page, list_pages
from editorial.marking import Place, mark_changes, parse, serialise
from editorial.models import ReviewedItem, User
from editorial.previewing import Busy, Impossible, Preview, preview
from editorial.registry import Frozen
from editorial.workflow import Action

_SIDES = ("before", "after")
_ACTIONS = {"approve": Action.APPROVE, "retire": Action.RETIRE}
_BUSY = "Somebody is deciding on this right now. Nothing is wrong: wait a moment and try again."
_IMPOSSIBLE = (
    "The database would refuse this decision, most likely because two pages would have the same address. "
    "Look at the addresses of the items, then try again."
)


class _Refused(Exception):
    """The preview cannot be shown. The message says why, and the status is the answer's."""

    def __init__(self, sentence: str, status: int) -> None:
        self.code = status
        super().__init__(sentence)


@dataclass(frozen=True)
class _Question:
    """What was asked for."""

    selection: Selection
    contents: dict[int, Frozen]
    pages: Sequence[Page]
    page: Page
    side: str
    action: Action


@desk_view
@require_safe
def show_preview(request: HttpRequest) -> HttpResponse:
    try:
        question = _read(request)
        response = _show(request, question, _preview(question, by=request.user))
    except _Refused as refused:
        response = render_notice(request, title="No preview", sentence=str(refused), status=refused.code)
    patch_cache_control(response, no_store=True, private=True)
    response["X-Robots-Tag"] = "noindex"
    return response


def _read(request: HttpRequest) -> _Question:
    """Raises _Refused for what is not there, and for what this person may not see."""
    selection = read_selection(request.GET)
    if not selection.reviews:
        raise _Refused(" ".join(selection.problems) or "Say which items to preview: there is none in the address.", 404)
    _check_may_see(selection.items, request.user)
    side, action = request.GET.get("show", "after"), request.GET.get("action", "approve")
    if side not in _SIDES or action not in _ACTIONS:
        raise _Refused(
            "A preview shows the page before or after an approval or a retirement. Choose one of these.", 400
        )
    fresh = load_fresh(selection.items)
    contents = {item.review_id: freeze(item) for item in fresh.values()}
    pages = [page for page in list_pages(fresh.values(), contents=contents) if page.name]
    page = next((page for page in pages if page.name == request.GET.get("page")), None)
    if page is None:
        raise _Refused("These items do not change that page. Choose one of the pages that the review lists.", 404)
    return _Question(selection, contents, pages, page, side, _ACTIONS[action])


def _check_may_see(items: Sequence[ReviewedItem], user: User) -> None:
    hidden = {
        item._meta.verbose_name
        for item in items
        if not user.has_perm(f"{item._meta.app_label}.view_{item._meta.model_name}")
    }
    if hidden:
        raise _Refused(f"You do not have the right to see every {' or '.join(sorted(hidden))}.", 403)


def _preview(question: _Question, *, by: User) -> Preview:
    page = (question.page.kind, question.page.subject_id or 0)
    try:
        return preview(question.contents, page=page, action=question.action, by=by, at=timezone.now())
    except Busy as busy:
        raise _Refused(_BUSY, 503) from busy
    except Impossible as impossible:
        raise _Refused(_IMPOSSIBLE, 409) from impossible


def _show(request: HttpRequest, question: _Question, seen: Preview) -> HttpResponse:
    is_after = question.side == "after"
    shown, other = (seen.after, seen.before) if is_after else (seen.before, seen.after)
    if shown is None:
        raise _Refused(_say_missing(is_after=is_after), 404)
    document = parse(shown.content)
    # Between a page and the notice in its place every word differs; the bar says it in one.
    is_comparable = other is not None and other.status == shown.status
    places = mark_changes(document, parse(other.content) if is_comparable else None, is_after=is_after)
    bar = render(request, "editorial/desk/_preview_bar.html", _bar(request, question, seen, places)).content.decode()
    frame(document, bar)
    return HttpResponse(serialise(document))


def _say_missing(*, is_after: bool) -> str:
    if is_after:
        return (
            "There would be no public page yet: it needs something else that is not approved, such as its condition. "
            "Choose these together in the queue to see the page that they make."
        )
    return "Readers have no such page now, so there is nothing before the decision. Look at the page after it."


def _bar(request: HttpRequest, question: _Question, seen: Preview, places: Sequence[Place]) -> dict[str, Any]:
    statuses = [sight.status if sight else None for sight in (seen.before, seen.after)]
    return {
        "question": question,
        "places": places,
        "is_new": seen.before is None,
        "is_withdrawn": statuses[1] == 410 != statuses[0],
        "comes_back": statuses[0] == 410 != statuses[1],
        "is_retirement": question.action == Action.RETIRE,
        "versions": [
            (str(item), content_digest(item.item_kind, question.contents[item.review_id])[:12])
            for item in question.selection.items
        ],
        "sides": [
            (side.capitalize(), _address(request, question, show=side), side == question.side)
            for side in _SIDES
            if side == "after" or seen.before is not None
        ],
        "others": [
            (page.title, _address(request, question, page=page.name))
            for page in question.pages
            if page.name != question.page.name
        ],
        "back_url": _back(request, question),
        "other_act": _other_act(request, question),
    }


def _other_act(request: HttpRequest, question: _Question) -> tuple[str, str] | None:
    """(words, address) of the same page after the other decision, where some item is public and could be retired."""
    if question.action == Action.RETIRE:
        return "See it as if they were approved", _address(request, question, show="after", action="approve")
    if any(review.is_live for review in question.selection.reviews):
        return "See it as if they were retired", _address(request, question, show="after", action="retire")
    return None


def _address(request: HttpRequest, question: _Question, **changed: str) -> str:
    values = {"page": question.page.name, "show": question.side, "action": question.action.value, **changed}
    return f"{reverse('desk:preview')}?{_items(request, question)}&{urlencode(values)}"


def _back(request: HttpRequest, question: _Question) -> str:
    reviews = question.selection.reviews
    if len(reviews) == 1:
        return f"{reverse('desk:item', args=[reviews[0].pk])}?{urlencode({'back': read_back(request)})}"
    return f"{reverse('desk:batch')}?{_items(request, question)}"


def _items(request: HttpRequest, question: _Question) -> str:
    chosen = [("items", review.pk) for review in question.selection.reviews]
    return urlencode([*chosen, ("back", read_back(request))])
