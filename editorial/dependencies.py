"""Approved stands on approved: what rests on the items that were just decided on."""

from collections.abc import Iterable, Iterator, Sequence

from editorial.models import Decision, Review, ReviewedItem
from editorial.outlines import Decided, OutlinedReview
from editorial.registry import get_kind


def find_dependents(decisions: Sequence[Decision], *, kinds: Iterable[str]) -> Iterator[tuple[Decision, Decision]]:
    """(live approval, decision that it rests on) for live approvals of these kinds."""
    by_name = {name_of(decision): decision for decision in decisions}
    if not by_name:
        return
    rows = Decision.objects.live().filter(review__kind__in=list(kinds), stands_on__overlap=list(by_name))
    for row in rows.select_related("review").in_order():
        for name in row.stands_on:
            if name in by_name:
                yield row, by_name[name]


def find_dependent_subjects(decisions: Sequence[Decision], *, kinds: Iterable[str]) -> set[tuple[str, int | None]]:
    """The subjects on whose pages stands something that rests on these items."""
    by_kind: dict[str, list[Decision]] = {}
    for dependent, _ in find_dependents(decisions, kinds=kinds):
        by_kind.setdefault(dependent.review.kind, []).append(dependent)
    return {subject for name, rows in by_kind.items() for subject in get_kind(name).subjects(rows)}


def find_dependent_reviews(items: Iterable[ReviewedItem]) -> set[int]:
    """The Reviews of what is public and rests on these items."""
    names = [_name(item.item_kind, key=item.key_value, review_id=item.review_id) for item in items]
    return set(Decision.objects.live().filter(stands_on__overlap=names).values_list("review_id", flat=True))


def name_of(decision: Decided) -> str:
    return name_of_review(decision.review)


def name_of_review(review: Review | OutlinedReview) -> str:
    """How other content names this item: by its key where that is stable, else by its Review."""
    return _name(review.kind, key=review.key, review_id=review.pk)


def _name(kind: str, *, key: str, review_id: int) -> str:
    return f"{kind}:{key if get_kind(kind).has_stable_key else review_id}"
