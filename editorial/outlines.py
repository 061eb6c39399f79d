"""Decisions without what they approved: enough to say who signed a page of hundreds of approvals, and until when."""

from datetime import date
from typing import NamedTuple

from editorial.models import Decision


class OutlinedReview(NamedTuple):
    pk: int
    kind: str
    key: str


class Outline(NamedTuple):
    """Named as the Decision names it, so that the same functions read both."""

    pk: int
    action: str
    actor_name: str
    actor_credentials: str
    is_demonstration: bool
    reviewed_on: date | None
    review_by: date | None
    review: OutlinedReview

    @property
    def review_id(self) -> int:
        return self.review.pk


Decided = Decision | Outline
