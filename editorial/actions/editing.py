"""What editors do: edit, restore and submit; and who is to review it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from reversion.models import Version

from editorial import guards, notices, versions
from editorial.actions.batch import Batch, Items, Said, lock_reviews, said_of
from editorial.actions.effects import SCHEDULE_FIELDS, drop_schedules, note_contributors
from editorial.checks import Severity
from editorial.freezing import content_digest, freeze, load_fresh
from editorial.models import Decision, Review, ReviewedItem, User
from editorial.workflow import Action, Status


def submit(
    items: Items, *, by: User, comment: str = "", materiality: Said = "", at: datetime | None = None
) -> list[Decision]:
    """Hands the items to the reviewers. All or none.

    `materiality` is what the author says the change touches; the reviewer decides. Raises NotPermitted,
    TransitionNotAllowed, or IssuesFound with every error that must be mended, or waived by a reviewer, first.
    """
    with Batch(items, Action.SUBMIT, by=by, at=at) as batch:
        guards.check_proposal(batch.reviews, materiality)
        guards.check_issues(batch.fresh, {Severity.ERROR})
        decisions = batch.record(comment=comment, materiality=materiality)
        note_contributors(batch.reviews.values(), by=by, at=batch.at)
        for item, review in batch.reviews.items():
            review.status, review.schedule_problem = Status.IN_REVIEW, ""
            review.digest = review.submitted_digest = batch.digests[item]
            review.submitted_by, review.submitted_at = by, batch.at
            review.proposed_materiality = said_of(item, materiality)
        batch.save("status", "digest", *_SUBMISSION_FIELDS, "schedule_problem")
        notices.tell(decisions)
    return decisions


def assign(items: Items, *, by: User, reviewer: User | None, due_on: date | None = None) -> None:
    """Says who should decide on the items, and by when; with no reviewer, anybody may take them.

    It binds nobody: another reviewer may still decide. Raises NotPermitted for a person who may not assign, and
    TransitionNotAllowed for a reviewer who could not decide on them.
    """
    given = list(items)
    guards.check_saved(given)
    found = list(dict.fromkeys(given))
    with transaction.atomic():
        guards.check_may(by, Action.APPROVE, found)
        reviews = lock_reviews(found)
        if reviewer is not None:
            guards.check_could_decide(reviews, reviewer)
        for review in reviews.values():
            review.reviewer, review.due_on = reviewer, due_on if reviewer else None
        Review.objects.save_all(list(reviews.values()), ("reviewer", "due_on"), at=timezone.now())
        notices.tell_assigned(list(reviews.values()), by=by, reviewer=reviewer)
    for item in found:
        item._state.fields_cache.pop("review", None)


def restore(item: ReviewedItem, *, version: Version, by: User, at: datetime | None = None) -> Decision:
    """Makes an old version of this one item its new draft, as a new revision. What is public stays as it is.

    Raises NotPermitted, and TransitionNotAllowed when the version is another item's or needs rows that are gone.
    """
    with Batch([item], Action.RESTORE, by=by, at=at) as batch:
        versions.apply(version, item, by=by)
        batch.reload()
        review = batch.reviews[item]
        review.refresh_from_db()
        note_contributors([review], by=by, at=batch.at)
        if review.status == Status.RETIRED:
            review.status = Status.DRAFT
            batch.save("status")
        decision = batch.record(comment=f"Version of {version.revision.date_created:%Y-%m-%d %H:%M}")[0]
    item.refresh_from_db()
    return decision


def record_edit(items: Sequence[ReviewedItem], *, by: User | None, at: datetime | None = None) -> None:
    """Brings the Reviews of saved items up to date. A save that changes no content resets nothing."""
    if not items:
        return
    at = at or timezone.now()
    with transaction.atomic():
        reviews = lock_reviews(items)
        pairs = [(reviews[item], loaded, _digest(loaded)) for item, loaded in load_fresh(reviews).items()]
        changed = [(review, item, digest) for review, item, digest in pairs if _is_changed(review, item, digest)]
        if by is not None:
            note_contributors([review for review, _, digest in changed if digest != review.digest], by=by, at=at)
        drop_schedules({review: _OVERTAKEN for review, _, digest in changed if digest != review.digest}, by=by)
        for review, item, digest in changed:
            _note_edit(review, item, digest)
        Review.objects.save_all([review for review, _, _ in changed], _EDIT_FIELDS, at=at)
    for item in items:
        item._state.fields_cache.pop("review", None)


_SUBMISSION_FIELDS = ("submitted_digest", "submitted_by", "submitted_at", "proposed_materiality")
_OVERTAKEN = "It was changed after it had been approved for later. It must be reviewed again."
_EDIT_FIELDS = ("status", "digest", "key", *_SUBMISSION_FIELDS, *SCHEDULE_FIELDS)


def _digest(item: ReviewedItem) -> str:
    return content_digest(item.item_kind, freeze(item))


def _is_changed(review: Review, item: ReviewedItem, digest: str) -> bool:
    return (digest, item.key_value) != (review.digest, review.key)


def _note_edit(review: Review, item: ReviewedItem, digest: str) -> Any:
    was_public = review.approval is not None and review.approval.digest == digest
    if digest != review.digest:
        review.status = Status.APPROVED if was_public else Status.DRAFT
        review.submitted_digest, review.submitted_by, review.submitted_at = "", None, None
        review.proposed_materiality = ""
    review.digest, review.key = digest, item.key_value
