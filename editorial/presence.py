"""“I am looking at this”: the only writer of Presence. It hinders nobody, and ends by itself."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from editorial.models import Presence, Review, User
from editorial.models.presence import LASTS


def note(reviews: Iterable[Review], *, by: User, at: datetime) -> None:
    """Others see from now on that this person is looking at these items; who was heard of lately goes on."""
    rows = [Presence(review=review, user=by, since=at, seen_at=at) for review in reviews]
    with transaction.atomic():
        # Two windows of one person send at once. The rows of one person are nobody else's, so one lock is enough.
        User.objects.select_for_update(no_key=True).get(pk=by.pk)
        Presence.objects.filter(user=by, seen_at__lte=at - LASTS).delete()
        Presence.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["review", "user"], update_fields=["seen_at"]
        )


def leave(reviews: Iterable[Review], *, by: User) -> None:
    """This person has done with these items."""
    Presence.objects.filter(review__in=list(reviews), user=by).delete()


def list_others(reviews: Iterable[Review], *, but: User | None = None, at: datetime) -> dict[int, list[Presence]]:
    """Who is looking at these items now, by Review id, who came first at the front. One query.

    Without `but`, the person whom it leaves out, everybody.
    """
    found = Presence.objects.now(at).filter(review__in=list(reviews)).select_related("user")
    if but is not None:
        found = found.exclude(user=but)
    by_review: dict[int, list[Presence]] = {}
    for presence in found.order_by("since", "pk"):
        by_review.setdefault(presence.review_id, []).append(presence)
    return by_review
