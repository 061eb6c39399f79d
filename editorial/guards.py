"""The refusals of the actions, each raised beside its rule with a sentence for each refused item."""

from collections.abc import Collection, Iterable, Mapping

from editorial import permissions, tracking
from editorial.checks import Severity, blocking, find_issues
from editorial.errors import ContentChanged, EditorialError, IssuesFound, OwnWorkRefused, TransitionNotAllowed
from editorial.models import Contribution, Materiality, Review, ReviewedItem, User
from editorial.registry import get_kind
from editorial.workflow import MOVES, Action, Status, can_move

Reviews = Mapping[ReviewedItem, Review]


def check_may(user: User, action: Action, items: Collection[ReviewedItem]) -> None:
    permissions.check_may(user, action, items)


def check_saved(items: Iterable[ReviewedItem]) -> None:
    unsaved = [f"“{item}” is not saved yet. Save it first." for item in items if item.pk is None]
    if unsaved:
        raise TransitionNotAllowed({}, unsaved=unsaved)


def check_present(items: Collection[ReviewedItem], fresh: Mapping[ReviewedItem, ReviewedItem]) -> None:
    _refuse(TransitionNotAllowed, {item: f"“{item}” was deleted meanwhile." for item in items if item not in fresh})


def check_moves(action: Action, reviews: Reviews) -> None:
    refused = {
        item: _why_not(action, item, review)
        for item, review in reviews.items()
        if not can_move(
            action,
            status=review.status,
            has_approval=review.is_live,
            awaits_second_person=review.needs_second_person,
        )
    }
    _refuse(TransitionNotAllowed, refused)


def check_edits_noted(action: Action, items: Collection[ReviewedItem]) -> None:
    """Who edited is noted when a revision ends; an approval before that would not know its contributors."""
    if action == Action.APPROVE and tracking.is_waiting():
        message = "“{}” may be changed by a revision that is still open. Approve it when the revision has ended."
        _refuse(TransitionNotAllowed, {item: message.format(item) for item in items})


def check_shown(reviews: Reviews, *, shown: Mapping[ReviewedItem, str], now: Mapping[ReviewedItem, str]) -> None:
    """A decision is about what was on the screen."""
    refused = {
        item: f"“{item}” has changed since it was shown to you. Read it again, then decide."
        for item in reviews
        if shown.get(item) != now[item]
    }
    _refuse(ContentChanged, refused)


def check_submitted(reviews: Reviews, *, now: Mapping[ReviewedItem, str]) -> None:
    """What is approved must be what was submitted, also when a script changed it without a trace."""
    refused = {
        item: f"“{item}” has changed since it was submitted. Its editor must submit it again."
        for item, review in reviews.items()
        if review.submitted_digest != now[item]
    }
    _refuse(ContentChanged, refused)


def check_materiality(reviews: Reviews, materiality: str) -> None:
    """An editorial approval keeps the date of the last medical review, so there must be one."""
    if materiality not in Materiality.values:
        message = f"“{materiality}” is no materiality. Choose one of: {', '.join(Materiality.values)}."
        _refuse(TransitionNotAllowed, dict.fromkeys(reviews, message))
    refused = {
        item: f"“{item}” was never reviewed medically, so it cannot be approved as a change of wording only."
        for item, review in reviews.items()
        if materiality == Materiality.EDITORIAL and get_kind(review.kind).is_clinical and not review.is_live
    }
    _refuse(TransitionNotAllowed, refused)


def check_not_own_work(reviews: Reviews, *, by: User) -> None:
    ids = [review.pk for review in reviews.values()]
    own = set(Contribution.objects.filter(review__in=ids, user=by, settled_by=None).values_list("review_id", flat=True))
    refused = {
        item: f"You changed “{item}” since it was last approved, so another person must review it."
        for item, review in reviews.items()
        if review.pk in own
    }
    _refuse(OwnWorkRefused, refused)


def check_issues(
    fresh: Mapping[ReviewedItem, ReviewedItem], severities: Iterable[Severity], *, together: bool = False
) -> None:
    """Raises IssuesFound with all issues of these severities. `together`: the items may rest on each other."""
    loaded = list(fresh.values())
    found = blocking(find_issues(loaded, batch=loaded if together else ()), severities)
    if found:
        raise IssuesFound(found)


def check_reason(reviews: Reviews, text: str, wanted: str) -> None:
    if not text.strip():
        _refuse(TransitionNotAllowed, {item: f"{wanted} “{item}”." for item in reviews})


def check_confirmable(reviews: Reviews, *, now: Mapping[ReviewedItem, str], by: User) -> None:
    changed = {
        item: f"“{item}” has changed since it was approved. Submit and review the change instead."
        for item, review in reviews.items()
        if review.approval and review.approval.digest != now[item]
    }
    _refuse(ContentChanged, changed)
    done = {
        item: f"The retirement of “{item}” was confirmed before. There is nothing left to confirm."
        for item, review in reviews.items()
        if review.status == Status.RETIRED and not review.needs_second_person
    }
    _refuse(TransitionNotAllowed, done)
    own = {
        item: f"You retired “{item}” yourself, so a second person must confirm it."
        for item, review in reviews.items()
        if review.needs_second_person and review.retirement and review.retirement.actor_id == by.pk
    }
    _refuse(OwnWorkRefused, own)


_VERBS = {Action.SUBMIT: "submit", Action.REQUEST_CHANGES: "request changes of"}
"""What fits before “it”, where the label does not."""


def _why_not(action: Action, item: ReviewedItem, review: Review) -> str:
    move = MOVES[action]
    if review.status in move.sources:
        return f"“{item}” is not public, so there is nothing to {action.label.lower()}."
    wanted = " or ".join(Status(s).label.lower() for s in Status if s in move.sources)
    now = Status(review.status).label.lower()
    return f"“{item}” is {now}; to {_VERBS.get(action, action.label.lower())} it, it must be {wanted}."


def _refuse(error: type[EditorialError], reasons: Mapping[ReviewedItem, str]) -> None:
    if reasons:
        raise error(reasons)
