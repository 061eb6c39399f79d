"""Checks of where a fact stands: under its subtype, and under the fact above it."""

from collections.abc import Iterator, Mapping, Sequence

from conditions.models import Condition, Fact
from editorial.checks import Issue, Severity
from editorial.registry import KeySet


def find_misplaced(items: Sequence[Fact], batch: KeySet) -> dict[Fact, list[Issue]]:
    """A need for a fact under a subtype that readers do not know, an error for one that stands under itself.

    A page would show the first without its subtype, as if it were true of all forms, and the second nowhere.
    """
    subtypes = _public_subtypes(items, batch)
    above = _facts_above(items)
    return {item: [*_subtype_issues(item, subtypes), *_circle_issues(item, above)] for item in items}


def _subtype_issues(fact: Fact, public: set[tuple[int, str]]) -> Iterator[Issue]:
    if fact.subtype and (fact.condition_id, fact.subtype.slug) not in public:
        message = f"The subtype “{fact.subtype}” is not approved. Approve its condition first, or together with this."
        yield Issue("subtype-unapproved", Severity.DEPENDENCY, message, "subtype")


def _circle_issues(fact: Fact, above: Mapping[int, int]) -> Iterator[Issue]:
    passed = {fact.pk}
    place = above.get(fact.pk)
    while place is not None and place not in passed:
        passed.add(place)
        place = above.get(place)
    if place == fact.pk:
        message = "The fact stands under itself, so no page can show it. Choose another fact above it, or none."
        yield Issue("parent-circle", Severity.ERROR, message, "parent")


def _public_subtypes(items: Sequence[Fact], batch: KeySet) -> set[tuple[int, str]]:
    """(condition, slug) of the subtypes that are approved with their condition, or will be with this batch."""
    tied = [item for item in items if item.subtype]
    if not tied:
        return set()
    together = {(i.condition_id, i.subtype.slug) for i in tied if i.subtype and _is_in(batch, i.condition)}
    path = "review__approval__content__content__subtypes"
    rows = Condition.objects.filter(pk__in={item.condition_id for item in tied}).values_list("pk", path)
    return together | {(pk, subtype["slug"]) for pk, subtypes in rows for subtype in subtypes or ()}


def _is_in(batch: KeySet, condition: Condition) -> bool:
    return ("condition", condition.slug) in batch


def _facts_above(items: Sequence[Fact]) -> dict[int, int]:
    """{fact: the fact above it} for the conditions of these facts."""
    conditions = {item.condition_id for item in items if item.parent_id}
    if not conditions:
        return {}
    rows = Fact.objects.filter(condition__in=conditions, parent__isnull=False)
    return dict(rows.order_by().values_list("pk", "parent_id"))
