"""Tells people by mail what concerns them. Called by actions inside their transaction; sent after it."""

from collections.abc import Sequence

from editorial.models import Decision, Review, User


def tell(decisions: Sequence[Decision]) -> None:
    """Tells whom these decisions concern: one message for each person."""


def tell_schedule_dropped(scheduled: Decision, *, reason: str) -> None:
    """Tells the approver that what they approved for later will not become public."""


def tell_assigned(reviews: Sequence[Review], *, by: User, reviewer: User | None) -> None:
    """Tells the reviewer what was assigned to them."""
