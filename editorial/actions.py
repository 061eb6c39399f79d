"""The only writer of editorial state. Admin, desk, commands and fixtures call these and nothing else."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from reversion.models import Version

from editorial import guards, publishing, versions
from editorial.batch import Batch, Items, lock_reviews
from editorial.checks import Severity
from editorial.errors import EditorialError
from editorial.freezing import content_digest, freeze, load_fresh
from editorial.models import Contribution, Decision, Materiality, Review, ReviewedItem, User
from editorial.registry import list_rechecks
from editorial.workflow import Action, Status


def submit(items: Items, *, by: User, comment: str = "", at: datetime | None = None) -> list[Decision]:
    """Hands the items to the reviewers. All or none.

    Raises NotPermitted, TransitionNotAllowed, or IssuesFound with every error that must be mended first.
    """
    with Batch(items, Action.SUBMIT, by=by, at=at) as batch:
        guards.check_issues(batch.fresh, {Severity.ERROR})
        decisions = batch.record(comment=comment)
        _note_contributors(batch.reviews.values(), by=by, at=batch.at)
        for item, review in batch.reviews.items():
            review.status = Status.IN_REVIEW
            review.digest = review.submitted_digest = batch.digests[item]
            review.submitted_by, review.submitted_at = by, batch.at
        batch.save("status", "digest", "submitted_digest", "submitted_by", "submitted_at")
    return decisions


def approve(
    items: Items,
    *,
    by: User,
    digests: Mapping[ReviewedItem, str],
    comment: str = "",
    materiality: str = Materiality.CLINICAL,
    at: datetime | None = None,
) -> list[Decision]:
    """Makes the items public as they were shown to the approver. All or none, with their editions.

    `digests` are the digests that were on the screen, by item. An editorial approval (wording only) keeps the date
    of the last medical review. Raises NotPermitted, TransitionNotAllowed, ContentChanged, OwnWorkRefused, IssuesFound.
    """
    with Batch(items, Action.APPROVE, by=by, at=at, shown=digests) as batch:
        guards.check_submitted(batch.reviews, now=batch.digests)
        guards.check_not_own_work(batch.reviews, by=by)
        guards.check_materiality(batch.reviews, materiality)
        guards.check_issues(batch.fresh, {Severity.ERROR, Severity.DEPENDENCY}, together=True)
        changed = [i for i, r in batch.reviews.items() if r.approval is None or r.approval.digest != batch.digests[i]]
        decisions = batch.record(comment=comment, materiality=materiality, with_content=True)
        for review, decision in zip(batch.reviews.values(), decisions, strict=True):
            _make_live(review, decision)
        batch.save(*_APPROVAL_FIELDS)
        _settle_contributions(decisions)
        changed_ids = {item.review_id for item in changed}
        _finish(decisions, recheck_after=[d for d in decisions if d.review_id in changed_ids], at=batch.at)
    return decisions


def request_changes(
    items: Items,
    *,
    by: User,
    comment: str,
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
        for review in batch.reviews.values():
            review.status = Status.CHANGES_REQUESTED
        batch.save("status")
    return decisions


def retire(items: Items, *, by: User, reason: str, at: datetime | None = None) -> list[Decision]:
    """Takes the items out of the public pages at once; readers get a notice. One reviewer may do it alone.

    Each then waits in the queue until a second person confirms it. The reason is private. What was ever approved of
    the item is withdrawn from old editions too.
    """
    with Batch(items, Action.RETIRE, by=by, at=at) as batch:
        guards.check_reason(batch.reviews, reason, "Give a reason to retire")
        decisions = batch.record(comment=reason)
        for review, decision in zip(batch.reviews.values(), decisions, strict=True):
            review.status, review.retirement = Status.RETIRED, decision
            review.approval = review.confirmation = review.review_by = None
            review.needs_second_person, review.needs_recheck, review.recheck_reasons = True, False, []
        batch.save(*_APPROVAL_FIELDS, "retirement", "needs_second_person")
        _finish(decisions, recheck_after=decisions, at=batch.at)
    return decisions


def confirm(
    items: Items,
    *,
    by: User,
    comment: str = "",
    digests: Mapping[ReviewedItem, str] | None = None,
    at: datetime | None = None,
) -> list[Decision]:
    """Signs “reviewed, no change”: a new review date for what is public.

    For a retired item it is the second person's consent. Raises OwnWorkRefused when that is the same person,
    TransitionNotAllowed for an item with a pending change or a retirement that was confirmed before, and
    ContentChanged when `digests`, those that were on the screen, are no longer the items'.
    """
    with Batch(items, Action.CONFIRM, by=by, at=at, shown=digests) as batch:
        guards.check_confirmable(batch.reviews, now=batch.digests, by=by)
        live = {item: loaded for item, loaded in batch.fresh.items() if batch.reviews[item].is_live}
        guards.check_issues(live, {Severity.ERROR, Severity.DEPENDENCY}, together=True)
        decisions = batch.record(comment=comment, is_review=True)
        for review, decision in zip(batch.reviews.values(), decisions, strict=True):
            review.needs_second_person = review.needs_recheck = False
            review.recheck_reasons = []
            if review.approval_id:
                review.confirmation, review.review_by = decision, decision.review_by
        batch.save("confirmation", "review_by", "needs_second_person", "needs_recheck", "recheck_reasons")
        _finish(decisions, recheck_after=[], at=batch.at)
    return decisions


def restore(item: ReviewedItem, *, version: Version, by: User, at: datetime | None = None) -> Decision:
    """Makes an old version of this one item its new draft, as a new revision. What is public stays as it is.

    Raises NotPermitted, and TransitionNotAllowed when the version is another item's or needs rows that are gone.
    """
    with Batch([item], Action.RESTORE, by=by, at=at) as batch:
        versions.apply(version, item, by=by)
        batch.reload()
        review = batch.reviews[item]
        review.refresh_from_db()
        _note_contributors([review], by=by, at=batch.at)
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
            _note_contributors([review for review, _, digest in changed if digest != review.digest], by=by, at=at)
        for review, item, digest in changed:
            _note_edit(review, item, digest)
        Review.objects.save_all([review for review, _, _ in changed], _EDIT_FIELDS, at=at)
    for item in items:
        item._state.fields_cache.pop("review", None)


_EDIT_FIELDS = ("status", "digest", "key", "submitted_digest", "submitted_by", "submitted_at")


def _digest(item: ReviewedItem) -> str:
    return content_digest(item.item_kind, freeze(item))


def _is_changed(review: Review, item: ReviewedItem, digest: str) -> bool:
    return (digest, item.key_value) != (review.digest, review.key)


def _note_edit(review: Review, item: ReviewedItem, digest: str) -> None:
    was_public = review.approval is not None and review.approval.digest == digest
    if digest != review.digest:
        review.status = Status.APPROVED if was_public else Status.DRAFT
        review.submitted_digest, review.submitted_by, review.submitted_at = "", None, None
    review.digest, review.key = digest, item.key_value


_APPROVAL_FIELDS = (
    "status",
    "digest",
    "approval",
    "confirmation",
    "review_by",
    "needs_recheck",
    "recheck_reasons",
    "needs_second_person",
)


def _make_live(review: Review, decision: Decision) -> None:
    review.status, review.approval, review.confirmation = Status.APPROVED, decision, None
    review.digest, review.review_by = decision.digest, decision.review_by
    review.needs_second_person = False
    if decision.materiality != Materiality.EDITORIAL:
        # Who mends wording does not look at what it rests on.
        review.needs_recheck, review.recheck_reasons = False, []


def _note_contributors(reviews: Iterable[Review], *, by: User, at: datetime) -> None:
    rows = [Contribution(review=review, user=by, at=at) for review in reviews]
    Contribution.objects.bulk_create(rows, ignore_conflicts=True)


def _settle_contributions(decisions: Sequence[Decision]) -> None:
    by_review = {decision.review_id: decision for decision in decisions}
    open_rows = list(Contribution.objects.filter(review__in=by_review, settled_by=None))
    for row in open_rows:
        row.settled_by = by_review[row.review_id]
    Contribution.objects.bulk_update(open_rows, ["settled_by"], batch_size=500)


def _finish(decisions: Sequence[Decision], *, recheck_after: Sequence[Decision], at: datetime) -> None:
    """Marks what rests on the changed items, and publishes."""
    _mark_rechecks(recheck_after, decided={decision.review_id for decision in decisions})
    publishing.publish(publishing.find_touched(decisions), at=at)


def _mark_rechecks(decisions: Sequence[Decision], *, decided: set[int]) -> None:
    reasons: dict[int, list[str]] = {}
    for find in list_rechecks():
        for review_id, reason in find(decisions):
            if review_id not in decided:
                reasons.setdefault(review_id, []).append(reason)
    marked = list(Review.objects.live().filter(pk__in=reasons).order_by("pk").select_for_update(no_key=True))
    for review in marked:
        review.needs_recheck = True
        review.recheck_reasons = list(dict.fromkeys([*review.recheck_reasons, *reasons[review.pk]]))
    Review.objects.bulk_update(marked, ["needs_recheck", "recheck_reasons"], batch_size=500)


__all__ = [
    "EditorialError",
    "approve",
    "confirm",
    "record_edit",
    "request_changes",
    "restore",
    "retire",
    "submit",
]
