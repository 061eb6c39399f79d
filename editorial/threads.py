"""Comments as people read them: threads with their answers."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from editorial.commenting import label_of
from editorial.models import Comment, Review


@dataclass
class Thread:
    """One conversation on an item, or on one of its fields."""

    first: Comment
    label: str
    """What it is about; empty for the item as a whole."""
    answers: list[Comment] = field(default_factory=list)
    form: Any = None
    """To answer it, where the page offers that."""

    @property
    def pk(self) -> int:
        return self.first.pk

    @property
    def is_open(self) -> bool:
        return not self.first.is_resolved


def load_threads(reviews: Iterable[Review]) -> dict[int, list[Thread]]:
    """{Review id: its threads, the oldest first}. One query."""
    by_review: dict[int, list[Thread]] = {review.pk: [] for review in reviews}
    rows = Comment.objects.filter(review__in=by_review).select_related("author", "resolved_by", "review")
    threads: dict[int, Thread] = {}
    for comment in rows.order_by("at", "pk"):
        if comment.thread_id is None:
            threads[comment.pk] = Thread(comment, label_of(comment.review.kind, comment.field))
            by_review[comment.review_id].append(threads[comment.pk])
        else:
            threads[comment.thread_id].answers.append(comment)
    return by_review
