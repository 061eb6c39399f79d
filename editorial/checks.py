"""Is it good enough? Collects all unmet needs of items, never only the first."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import TextChoices

if TYPE_CHECKING:
    from editorial.models import ReviewedItem

T = TypeVar("T")


class Severity(TextChoices):
    ERROR = "error", "Must be mended before it is submitted"
    DEPENDENCY = "dependency", "Must be approved first, or together"
    WARNING = "warning", "Please check"


@dataclass(frozen=True)
class Issue:
    """One unmet need: a stable code, a full sentence, and the field it is about."""

    code: str
    severity: Severity
    message: str
    field: str = ""
    is_waivable: bool = False
    """Whether a reviewer may let it pass for a reason: a doubt about what is written, that may be right all the same.

    Never for what a rule of the workflow or a page rests on: a claim with no source, what is not approved yet, a part
    of another condition, a text that is missing.
    """


def find_issues(
    items: Iterable["ReviewedItem"], *, batch: Iterable["ReviewedItem"] = ()
) -> dict["ReviewedItem", list[Issue]]:
    """All issues by item. `batch` counts as approved: items decided together may rest on each other.

    The number of queries depends on the kinds among the items, not on how many items there are.
    """
    from editorial.registry import group_by_kind

    batch_keys = {(item.item_kind, item.key_value) for item in batch}
    found: dict[ReviewedItem, list[Issue]] = {}
    token = _read_once.set({})
    try:
        for kind, members in group_by_kind(items).items():
            found.update(kind.check(members, frozenset(batch_keys)))
    finally:
        _read_once.reset(token)
    return found


def read_once(name: str, read: Callable[[], T]) -> T:
    """What the checks of several kinds need alike: read by the first of them, while `find_issues` runs."""
    known = _read_once.get()
    if known is None:
        return read()
    if name not in known:
        known[name] = read()
    return known[name]


_read_once: ContextVar[dict[str, Any] | None] = ContextVar("editorial_checks_read_once", default=None)


def blocking(
    issues: Mapping["ReviewedItem", Sequence[Issue]], severities: Iterable[Severity]
) -> dict["ReviewedItem", list[Issue]]:
    """The issues of the given severities, without the items that have none."""
    wanted = set(severities)
    kept = {item: [i for i in found if i.severity in wanted] for item, found in issues.items()}
    return {item: found for item, found in kept.items() if found}
