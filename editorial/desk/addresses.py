"""Where the pages of the desk are."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.urls import reverse

from editorial.models import Review


def review_url(reviews: Sequence[Review], *, back: str) -> str:
    """The page on which these items are read: of one item, or the batch. `back` is the list from which they came."""
    if len(reviews) == 1:
        query = urlencode({"back": back}) if back else ""
        return reverse("desk:item", args=[reviews[0].pk]) + (f"?{query}" if query else "")
    query = urlencode([*(("items", review.pk) for review in reviews), ("back", back)])
    return f"{reverse('desk:batch')}?{query}"
