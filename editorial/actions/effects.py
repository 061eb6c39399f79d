"""What several actions do to Reviews, beside recording a Decision. Only `editorial.actions` may use it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.db.models import OuterRef, Subquery

from editorial import notices, publishing
from editorial.actions.batch import Batch
from editorial.models import Contribution, Decision, Materiality, Review, User
from editorial.registry import list_rechecks
from editorial.workflow import Action, Status

_CHANGES_NOTHING_PUBLIC = (Action.REQUEST_CHANGES, Action.SCHEDULE)
SCHEDULE_FIELDS = ("scheduled", "schedule_problem")
APPROVAL_FIELDS = (
    "status",
    "digest",
    "approval",
    "confirmation",
    "review_by",
    "needs_recheck",
    "recheck_reasons",
    "needs_second_person",
    "due_on",
    *SCHEDULE_FIELDS,
)


def make_public(batch: Batch, decisions: Sequence[Decision]) -> None:
    """The approvals become what readers see, in editions of their own."""
    pairs = list(zip(batch.reviews.values(), decisions, strict=True))
    changed = [d for review, d in pairs if review.approval is None or review.approval.digest != d.digest]
    for review, decision in pairs:
        _make_live(review, decision)
    batch.save(*APPROVAL_FIELDS)
    _settle_contributions(decisions)
    finish(decisions, recheck_after=changed, at=batch.at)


def _make_live(review: Review, decision: Decision) -> None:
    review.status, review.approval, review.confirmation = Status.APPROVED, decision, None
    review.digest, review.review_by = decision.digest, decision.review_by
    review.needs_second_person = False
    review.scheduled, review.schedule_problem, review.due_on = None, "", None
    if decision.materiality != Materiality.EDITORIAL:
        # Who mends wording does not look at what it rests on.
        review.needs_recheck, review.recheck_reasons = False, []


def drop_schedules(reasons: Mapping[Review, str], *, by: User | None) -> None:
    """What was approved for later will not become public, each for its reason. The caller saves SCHEDULE_FIELDS.

    `by` is who brought it about, or None when nobody did.
    """
    dropped = []
    for review, reason in reasons.items():
        if review.scheduled is not None:
            dropped.append(review.scheduled)
            review.scheduled, review.schedule_problem = None, reason
    notices.tell_schedules_dropped(dropped, by=by)


def note_contributors(reviews: Iterable[Review], *, by: User, at: datetime) -> None:
    rows = [Contribution(review=review, user=by, at=at) for review in reviews]
    Contribution.objects.bulk_create(rows, ignore_conflicts=True)


def _settle_contributions(decisions: Sequence[Decision]) -> None:
    """Each by the approval that its Review has now."""
    approval = Review.objects.filter(pk=OuterRef("review")).values("approval")
    ids = [decision.review_id for decision in decisions]
    Contribution.objects.filter(review__in=ids, settled_by=None).update(settled_by=Subquery(approval))


_held: ContextVar[list[Decision] | None] = ContextVar("held", default=None)


@contextmanager
def publishing_once(*, at: datetime) -> Iterator[None]:
    """What the actions inside decide is published at the end, once: one edition for each subject, and for each sort of
    decision one message to each person.

    When an exception ends it, nothing is published: the transaction around it is lost.
    """
    held: list[Decision] = []
    token = _held.set(held)
    try:
        yield
    finally:
        _held.reset(token)
    public = [decision for decision in held if decision.action not in _CHANGES_NOTHING_PUBLIC]
    publishing.publish(publishing.find_touched(public), decided=public, at=at)
    tell(held)


def finish(decisions: Sequence[Decision], *, recheck_after: Sequence[Decision], at: datetime) -> None:
    """Marks what rests on the changed items, publishes, and tells whom it concerns."""
    _mark_rechecks(recheck_after, decided={decision.review_id for decision in decisions})
    if _held.get() is None:
        publishing.publish(publishing.find_touched(decisions), decided=decisions, at=at)
    tell(decisions)


def tell(decisions: Sequence[Decision]) -> None:
    """Tells whom these decisions concern, or holds them for one message about all."""
    held = _held.get()
    if held is None:
        notices.tell(decisions)
    else:
        held += decisions


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
