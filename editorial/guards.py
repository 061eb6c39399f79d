"""The refusals of the actions, each raised beside its rule with a sentence for each refused item."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from editorial import permissions, statements, tracking, waivers
from editorial.checks import Issue, Severity, blocking, find_issues
from editorial.errors import (
    ContentChanged,
    EditorialError,
    IssuesFound,
    OwnWorkRefused,
    StatementMissing,
    TransitionNotAllowed,
)
from editorial.materiality import find_clinical_reasons, load_lexicon
from editorial.models import Contribution, Materiality, Review, ReviewedItem, User
from editorial.registry import Frozen, get_kind
from editorial.workflow import MOVES, Action, Status, can_move

Reviews = Mapping[ReviewedItem, Review]
Said = str | Mapping[ReviewedItem, str]


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
    if action in (Action.APPROVE, Action.SCHEDULE) and tracking.is_waiting():
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


def check_materiality(reviews: Reviews, materiality: Said, *, contents: Mapping[ReviewedItem, Frozen]) -> None:
    """An editorial approval keeps the date of the last medical review, so there must be one, and it must still hold."""
    _check_materiality_known(reviews, materiality, known=Materiality.values)
    editorial = {i: r for i, r in reviews.items() if _of(i, materiality) == Materiality.EDITORIAL}
    refused = {
        item: f"“{item}” was never reviewed medically, so it cannot be approved as a change of wording only."
        for item, review in editorial.items()
        if get_kind(review.kind).is_clinical and not review.is_live
    }
    _refuse(TransitionNotAllowed, refused)
    changed = {i: r for i, r in editorial.items() if r.approval and r.approval.content["content"] != contents[i]}
    pairs = {item: (review.approval.content["content"], contents[item]) for item, review in changed.items()}
    lexicon = load_lexicon(pairs.values()) if pairs else None
    reasons = {
        item: find_clinical_reasons(old, new, kind=changed[item].kind, lexicon=lexicon)
        for item, (old, new) in pairs.items()
    }
    message = "“{}” cannot be approved as a change of wording only: {} Approve it as medical content."
    _refuse(TransitionNotAllowed, {i: message.format(i, " ".join(found)) for i, found in reasons.items() if found})


def check_corrections(corrected: Reviews, materiality: Said) -> None:
    """An error that readers have seen was public, and mending it is a medical change."""
    new = {
        item: f"“{item}” was never public, so it cannot correct an error that readers have seen."
        for item, review in corrected.items()
        if not review.was_public
    }
    _refuse(TransitionNotAllowed, new)
    wording = {
        item: f"“{item}” cannot be a correction and a change of wording only. Approve it as medical content."
        for item in corrected
        if _of(item, materiality) == Materiality.EDITORIAL
    }
    _refuse(TransitionNotAllowed, wording)


def check_proposal(reviews: Reviews, materiality: Said) -> None:
    """The author may leave open what the change touches."""
    _check_materiality_known(reviews, materiality, known=("", *Materiality.values))


def _check_materiality_known(reviews: Reviews, materiality: Said, *, known: Collection[str]) -> None:
    message = "“{}” is no materiality. Choose one of: {}."
    names = ", ".join(filter(None, known))
    said = {item: _of(item, materiality) for item in reviews}
    _refuse(TransitionNotAllowed, {i: message.format(text, names) for i, text in said.items() if text not in known})


def check_statement(reviews: Reviews, materiality: Said, *, by: User, at: datetime) -> None:
    """Who answers for medical content has said, within the last year, what could sway them."""
    if statements.is_valid(by, on=at.date()):
        return
    message = (
        "To answer for the medical content of “{}” you need a statement of interests that is not older than a year. "
        "Sign it in your profile, then decide again."
    )
    clinical = [item for item in reviews if _of(item, materiality) == Materiality.CLINICAL]
    _refuse(StatementMissing, {item: message.format(item) for item in clinical})


def check_future(reviews: Reviews, publish_at: datetime, *, now: datetime) -> None:
    if publish_at <= now:
        message = f"{publish_at:%Y-%m-%d %H:%M} (UTC) has passed. Choose a time to come, or approve “{{}}” now."
        _refuse(TransitionNotAllowed, {item: message.format(item) for item in reviews})


def check_scheduled(reviews: Reviews, *, signed: Mapping[int, int] | None = None) -> None:
    """`signed` are the approvals for later that are meant, by Review id; another one may have come in their place."""
    message = "“{}” is not approved for later any more, so there is no schedule to carry out or to cancel."
    meant = {item: signed[review.pk] if signed else review.scheduled_id for item, review in reviews.items()}
    gone = [i for i, r in reviews.items() if r.scheduled_id is None or r.scheduled_id != meant[i]]
    _refuse(TransitionNotAllowed, {item: message.format(item) for item in gone})


def check_could_decide(reviews: Reviews, reviewer: User) -> None:
    """Nobody is asked to decide who would be refused."""
    refused = {
        item: f"{reviewer.display_name} may not decide on “{item}”. Choose somebody with the right to."
        for item in reviews
        if not permissions.can(reviewer, Action.APPROVE, type(item))
    }
    _refuse(TransitionNotAllowed, refused)
    own = _find_own(reviews, by=reviewer)
    message = "{} changed “{}” since it was last approved. Choose somebody else."
    _refuse(TransitionNotAllowed, {item: message.format(reviewer.display_name, item) for item in own})


def check_waivable(item: ReviewedItem, fresh: ReviewedItem, codes: Collection[str]) -> list[Issue]:
    """The blocking issues with these codes, each of which may be waived and is not waived yet."""
    blocked = waivers.without_waived(blocking(find_issues([fresh]), {Severity.ERROR}))
    found = [issue for issue in blocked.get(fresh, ()) if issue.code in codes]
    missing = set(codes) - {issue.code for issue in found}
    if missing or not found:
        message = f"“{item}” has no blocking check “{', '.join(sorted(missing)) or 'without a name'}” now. Look again."
        _refuse(TransitionNotAllowed, {item: message})
    fixed = [issue.message for issue in found if not issue.is_waivable]
    if fixed:
        _refuse(TransitionNotAllowed, {item: f"Nobody may waive this for “{item}”: {' '.join(fixed)}"})
    return found


def check_not_own_work(reviews: Reviews, *, by: User) -> None:
    message = "You changed “{}” since it was last approved, so another person must review it."
    _refuse(OwnWorkRefused, {item: message.format(item) for item in _find_own(reviews, by=by)})


def _find_own(reviews: Reviews, *, by: User) -> list[ReviewedItem]:
    ids = [review.pk for review in reviews.values()]
    own = set(Contribution.objects.filter(review__in=ids, user=by, settled_by=None).values_list("review_id", flat=True))
    return [item for item, review in reviews.items() if review.pk in own]


def check_issues(
    fresh: Mapping[ReviewedItem, ReviewedItem], severities: Iterable[Severity], *, together: bool = False
) -> None:
    """Raises IssuesFound with all issues of these severities that no reviewer waived for this text.

    `together`: the items may rest on each other.
    """
    loaded = list(fresh.values())
    found = waivers.without_waived(blocking(find_issues(loaded, batch=loaded if together else ()), severities))
    if found:
        raise IssuesFound(found)


def check_reason(reviews: Reviews, text: Said, wanted: str) -> None:
    _refuse(TransitionNotAllowed, {item: f"{wanted} “{item}”." for item in reviews if not _of(item, text).strip()})


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


_VERBS = {
    Action.SUBMIT: "submit",
    Action.REQUEST_CHANGES: "request changes of",
    Action.UNSCHEDULE: "cancel the schedule of",
    Action.WAIVE: "waive a check of",
}
"""What fits before “it”, where the label does not."""


def _why_not(action: Action, item: ReviewedItem, review: Review) -> str:
    move = MOVES[action]
    if review.status in move.sources:
        return f"“{item}” is not public, so there is nothing to {action.label.lower()}."
    wanted = " or ".join(Status(s).label.lower() for s in Status if s in move.sources)
    now = Status(review.status).label.lower()
    return f"“{item}” is {now}; to {_VERBS.get(action, action.label.lower())} it, it must be {wanted}."


def _of(item: ReviewedItem, said: Said) -> str:
    return said if isinstance(said, str) else said.get(item, "")


def _refuse(error: type[EditorialError], reasons: Mapping[ReviewedItem, str]) -> None:
    if reasons:
        raise error(reasons)
