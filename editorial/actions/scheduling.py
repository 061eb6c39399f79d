"""Approved now, public later."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from editorial import chain, guards, notices
from editorial.actions.batch import Batch, Items, lock_reviews
from editorial.actions.effects import SCHEDULE_FIELDS, drop_schedules, make_public
from editorial.checks import Severity
from editorial.errors import EditorialError
from editorial.freezing import load_fresh
from editorial.models import Decision, Review, ReviewedItem, User
from editorial.registry import get_kind
from editorial.workflow import Action

_COPIED = (
    "actor_name",
    "actor_credentials",
    "actor_specialty",
    "actor_interests",
    "actor_interests_declared_on",
    "is_demonstration",
    "materiality",
    "is_correction",
    "reviewed_on",
    "review_by",
)
"""An approval that becomes public later says what was true on the day when it was signed."""


@dataclass
class Outcome:
    """What `publish_due` did."""

    published: list[Decision] = field(default_factory=list)
    refused: dict[ReviewedItem, str] = field(default_factory=dict)
    """What became impossible since it was approved, each with a sentence. It waits for review again."""


def unschedule(items: Items, *, by: User, comment: str = "", at: datetime | None = None) -> list[Decision]:
    """Takes back approvals for later; the items wait for review again. Raises NotPermitted, TransitionNotAllowed."""
    with Batch(items, Action.UNSCHEDULE, by=by, at=at) as batch:
        guards.check_scheduled(batch.reviews)
        decisions = batch.record(comment=comment)
        for review in batch.reviews.values():
            review.scheduled, review.schedule_problem = None, ""
        batch.save(*SCHEDULE_FIELDS)
        notices.tell(decisions)
    return decisions


def publish_due(*, at: datetime | None = None) -> Outcome:
    """Makes public what was approved for a time that has come. What was approved together becomes public together.

    An item that may not become public any more (changed, its source retired, its approver without the right) is left
    out, goes back to the queue with the reason, and its approver is told; the others are tried without it.
    """
    at, outcome = at or timezone.now(), Outcome()
    due = Review.objects.filter(scheduled__publish_at__lte=at).select_related("scheduled__actor").order_by("pk")
    groups: dict[tuple[int, datetime], list[Review]] = {}
    for review in due:
        groups.setdefault((review.scheduled.actor_id, review.scheduled.at), []).append(review)
    for reviews in groups.values():
        signed = {review.pk: review.scheduled_id for review in reviews}
        items = _load_items(reviews)
        while items:
            items = _try(items, signed, by=reviews[0].scheduled.actor, at=at, outcome=outcome)
    return outcome


def _try(
    items: Sequence[ReviewedItem], signed: Mapping[int, int], *, by: User, at: datetime, outcome: Outcome
) -> list[ReviewedItem]:
    """Publishes the items, or drops the schedule of those that are refused. The items that are left to try."""
    try:
        outcome.published += _publish(items, signed, by=by, at=at)
    except EditorialError as refusal:
        refused = refusal.reasons or dict.fromkeys(items, str(refusal))
        _drop(refused, signed, at=at)
        outcome.refused |= refused
        return [item for item in items if item not in refused]
    return []


def _drop(refused: Mapping[ReviewedItem, str], signed: Mapping[int, int], *, at: datetime) -> None:
    with transaction.atomic():
        chain.lock_chain()
        reviews = lock_reviews(list(refused))
        # Somebody may have approved it for another time meanwhile: that stands.
        meant = {item: review for item, review in reviews.items() if review.scheduled_id == signed[review.pk]}
        drop_schedules({review: refused[item] for item, review in meant.items()}, by=None)
        Review.objects.save_all(list(meant.values()), SCHEDULE_FIELDS, at=at)


def _publish(items: Sequence[ReviewedItem], signed: Mapping[int, int], *, by: User, at: datetime) -> list[Decision]:
    with Batch(items, Action.APPROVE, by=by, at=at) as batch:
        guards.check_scheduled(batch.reviews, signed=signed)
        guards.check_submitted(batch.reviews, now=batch.digests)
        guards.check_not_own_work(batch.reviews, by=by)
        guards.check_issues(batch.fresh, {Severity.ERROR, Severity.DEPENDENCY}, together=True)
        decisions = batch.prepare(with_content=True)
        for decision, review in zip(decisions, batch.reviews.values(), strict=True):
            before = review.scheduled
            decision.comment = f"Approved on {before.at:%Y-%m-%d %H:%M} to become public now. {before.comment}".strip()
            for name in _COPIED:
                setattr(decision, name, getattr(before, name))
        chain.append(decisions)
        make_public(batch, decisions)
    return decisions


def _load_items(reviews: Sequence[Review]) -> list[ReviewedItem]:
    ids: dict[str, list[int]] = {}
    for review in reviews:
        ids.setdefault(review.kind, []).append(review.pk)
    found = [item for kind, pks in ids.items() for item in get_kind(kind).model._default_manager.filter(review__in=pks)]
    return list(load_fresh(found).values())
