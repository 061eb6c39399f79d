"""What reviewers do: approve, send back, retire and confirm; each alone, or several on one page together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from editorial import chain, errors, guards
from editorial.actions.batch import Batch, Items, Said, Ticked, holding_all
from editorial.actions.effects import (
    APPROVAL_FIELDS,
    SCHEDULE_FIELDS,
    drop_schedules,
    finish,
    make_public,
    publishing_once,
    tell,
)
from editorial.checks import Severity
from editorial.models import Decision, Materiality, Review, ReviewedItem, User
from editorial.workflow import Action, Status


def approve(
    items: Items,
    *,
    by: User,
    digests: Mapping[ReviewedItem, str],
    comment: Said = "",
    materiality: Said = Materiality.CLINICAL,
    is_correction: Ticked = False,
    publish_at: datetime | None = None,
    at: datetime | None = None,
) -> list[Decision]:
    """Makes the items public as they were shown to the approver. All or none, with their editions.

    `digests` are the digests that were on the screen, by item. `comment` and `materiality` may be given for each item.
    An editorial approval (wording only) keeps the date of the last medical review; a clinical one needs the approver's
    statement of interests, not older than a year. `is_correction` signs that a clinical change corrects an error that
    readers have seen, for which the public list of corrections has a line. With `publish_at` nothing is public before
    that time: the approvals are recorded now, and `publish_due` makes them public. Raises NotPermitted,
    TransitionNotAllowed, ContentChanged, OwnWorkRefused, StatementMissing, IssuesFound.
    """
    with Batch(items, Action.SCHEDULE if publish_at else Action.APPROVE, by=by, at=at, shown=digests) as batch:
        guards.check_submitted(batch.reviews, now=batch.digests)
        guards.check_not_own_work(batch.reviews, by=by)
        guards.check_materiality(batch.reviews, materiality, contents=batch.contents)
        corrected = _ticked(batch, is_correction)
        guards.check_corrections(corrected, materiality)
        guards.check_statement(batch.reviews, materiality, by=by, at=batch.at)
        guards.check_issues(batch.fresh, {Severity.ERROR, Severity.DEPENDENCY}, together=True)
        if publish_at is not None:
            guards.check_future(batch.reviews, publish_at, now=batch.at)
        decisions = batch.prepare(comment=comment, materiality=materiality, with_content=True)
        for item, decision in zip(batch.reviews, decisions, strict=True):
            decision.is_correction, decision.publish_at = item in corrected, publish_at
        chain.append(decisions)
        if publish_at is not None:
            return _schedule(batch, decisions)
        make_public(batch, decisions)
    return decisions


def _ticked(batch: Batch, ticked: Ticked) -> dict[ReviewedItem, Review]:
    chosen = batch.items if ticked is True else ticked or ()
    return {item: review for item, review in batch.reviews.items() if item in chosen}


def _schedule(batch: Batch, decisions: list[Decision]) -> list[Decision]:
    for review, decision in zip(batch.reviews.values(), decisions, strict=True):
        review.scheduled, review.schedule_problem = decision, ""
    batch.save(*SCHEDULE_FIELDS)
    tell(decisions)
    return decisions


def request_changes(
    items: Items,
    *,
    by: User,
    comment: Said,
    digests: Mapping[ReviewedItem, str] | None = None,
    at: datetime | None = None,
) -> list[Decision]:
    """Sends the items back to their editors with a comment that says what to change.

    Raises TransitionNotAllowed also for an empty comment: an editor must learn what is wanted. Raises ContentChanged
    when `digests`, those that were on the screen, are no longer the items'.
    """
    with Batch(items, Action.REQUEST_CHANGES, by=by, at=at, shown=digests) as batch:
        guards.check_reason(batch.reviews, comment, "Say in the comment what should be changed in")
        decisions = batch.record(comment=comment)
        drop_schedules(dict.fromkeys(batch.reviews.values(), "It was sent back to its editors."), by=by)
        for review in batch.reviews.values():
            review.status, review.due_on = Status.CHANGES_REQUESTED, None
        batch.save("status", "due_on", *SCHEDULE_FIELDS)
        tell(decisions)
    return decisions


def retire(items: Items, *, by: User, reason: Said, at: datetime | None = None) -> list[Decision]:
    """Takes the items out of the public pages at once; readers get a notice. One reviewer may do it alone.

    Each then waits in the queue until a second person confirms it. The reason is private. What was ever approved of
    the item is withdrawn from old editions too.
    """
    with Batch(items, Action.RETIRE, by=by, at=at) as batch:
        guards.check_reason(batch.reviews, reason, "Give a reason to retire")
        decisions = batch.record(comment=reason)
        drop_schedules(dict.fromkeys(batch.reviews.values(), "It was retired."), by=by)
        for review, decision in zip(batch.reviews.values(), decisions, strict=True):
            review.status, review.retirement = Status.RETIRED, decision
            review.approval = review.confirmation = review.review_by = review.due_on = None
            review.needs_second_person, review.needs_recheck, review.recheck_reasons = True, False, []
        batch.save(*APPROVAL_FIELDS, "retirement")
        finish(decisions, recheck_after=decisions, at=batch.at)
    return decisions


def confirm(
    items: Items,
    *,
    by: User,
    comment: Said = "",
    digests: Mapping[ReviewedItem, str] | None = None,
    at: datetime | None = None,
) -> list[Decision]:
    """Signs “reviewed, no change”: a new review date for what is public, so it needs a statement of interests.

    For a retired item it is the second person's consent. Raises OwnWorkRefused when that is the same person,
    TransitionNotAllowed for an item with a pending change or a retirement that was confirmed before, StatementMissing,
    and ContentChanged when `digests`, those that were on the screen, are no longer the items'.
    """
    with Batch(items, Action.CONFIRM, by=by, at=at, shown=digests) as batch:
        guards.check_confirmable(batch.reviews, now=batch.digests, by=by)
        live = {item: loaded for item, loaded in batch.fresh.items() if batch.reviews[item].is_live}
        guards.check_statement({i: batch.reviews[i] for i in live}, Materiality.CLINICAL, by=by, at=batch.at)
        guards.check_issues(live, {Severity.ERROR, Severity.DEPENDENCY}, together=True)
        decisions = batch.record(comment=comment, is_review=True)
        for review, decision in zip(batch.reviews.values(), decisions, strict=True):
            review.needs_second_person = review.needs_recheck = False
            review.recheck_reasons, review.due_on = [], None
            if review.approval_id:
                review.confirmation, review.review_by = decision, decision.review_by
        batch.save("confirmation", "review_by", "needs_second_person", "needs_recheck", "recheck_reasons", "due_on")
        finish(decisions, recheck_after=[], at=batch.at)
    return decisions


@dataclass(frozen=True)
class Choice:
    """What one person decided on one item, as it was shown."""

    item: ReviewedItem
    action: Action
    """Approve, request changes, confirm or retire."""
    digest: str
    comment: str = ""
    materiality: str = Materiality.CLINICAL
    publish_at: datetime | None = None
    is_correction: bool = False


def decide(choices: Sequence[Choice], *, by: User, at: datetime | None = None) -> list[Decision]:
    """Different decisions on many items, all of them or none.

    Raises Refused with the sentence of every item whose decision was refused, each once.
    """
    at = at or timezone.now()
    refusals: list[errors.EditorialError] = []
    decisions: list[Decision] = []
    items = [choice.item for choice in choices]
    with transaction.atomic(), holding_all(items), publishing_once(at=at):
        for group in _group(choices):
            made, refused = _try(group, by=by, at=at)
            decisions += made
            refusals += refused
        if refusals:
            raise errors.Refused(refusals)
    return decisions


def _try(group: Sequence[Choice], *, by: User, at: datetime) -> tuple[list[Decision], list[errors.EditorialError]]:
    """What was decided, and all refusals: an action names those of one kind only, so the rest is tried without them."""
    refusals: list[errors.EditorialError] = []
    left = list(group)
    while left:
        try:
            return _act(left, by=by, at=at), refusals  # Each action is a savepoint of its own.
        except errors.EditorialError as refusal:
            if not refusals or not _follows_from_others(refusal):
                refusals.append(refusal)
            left = [choice for choice in left if choice.item not in refusal.reasons] if refusal.reasons else []
    return [], refusals


def _follows_from_others(refusal: errors.EditorialError) -> bool:
    """Whether the items only miss what was refused before them."""
    if not isinstance(refusal, errors.IssuesFound):
        return False
    return all(issue.severity == Severity.DEPENDENCY for found in refusal.issues.values() for issue in found)


# What is taken out or sent back is so before the rest is checked: an approval may rest on it.
_ORDER = (Action.RETIRE, Action.REQUEST_CHANGES, Action.CONFIRM, Action.APPROVE)


def _group(choices: Sequence[Choice]) -> list[list[Choice]]:
    """The choices that one call of an action can carry out, in the order of `_ORDER`."""
    groups: dict[tuple[int, str], list[Choice]] = {}
    for choice in choices:
        when = choice.publish_at.isoformat() if choice.publish_at else ""
        groups.setdefault((_ORDER.index(choice.action), when), []).append(choice)
    return [groups[key] for key in sorted(groups)]


def _act(group: Sequence[Choice], *, by: User, at: datetime) -> list[Decision]:
    first, items = group[0], [choice.item for choice in group]
    said = {choice.item: choice.comment for choice in group}
    digests = {choice.item: choice.digest for choice in group}
    if first.action == Action.REQUEST_CHANGES:
        return request_changes(items, by=by, comment=said, digests=digests, at=at)
    if first.action == Action.CONFIRM:
        return confirm(items, by=by, comment=said, digests=digests, at=at)
    if first.action == Action.RETIRE:
        # What is public is taken out; a draft that changed meanwhile must not delay that.
        return retire(items, by=by, reason=said, at=at)
    materiality = {choice.item: choice.materiality for choice in group}
    return approve(
        items,
        by=by,
        digests=digests,
        comment=said,
        materiality=materiality,
        is_correction=[choice.item for choice in group if choice.is_correction],
        publish_at=first.publish_at,
        at=at,
    )
