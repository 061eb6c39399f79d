"""Which issues a reviewer has waived. A waiver holds for one text: once the item changes, it is over."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from editorial.checks import Issue
from editorial.freezing import item_digest
from editorial.workflow import Action

if TYPE_CHECKING:
    from editorial.models import Decision, ReviewedItem

Found = Mapping["ReviewedItem", Sequence[Issue]]


def find_waiver(issue: Issue, decisions: Iterable["Decision"], *, digest: str) -> "Decision | None":
    """The decision among these that waived the issue for the text with this digest."""
    said = {"code": issue.code, "field": issue.field, "message": issue.message}
    waivers = (d for d in decisions if d.action == Action.WAIVE and d.digest == digest)
    return next((d for d in waivers if issue.is_waivable and said in d.waived), None)


def without_waived(found: Found) -> dict["ReviewedItem", list[Issue]]:
    """The issues of loaded items that nobody waived; items without any are left out. One query, if there are any."""
    from editorial.models import Decision

    doubtful = {item: list(issues) for item, issues in found.items() if any(i.is_waivable for i in issues)}
    if not doubtful:
        return {item: list(issues) for item, issues in found.items()}
    waivers: dict[int, list[Decision]] = {}
    for row in Decision.objects.filter(review__in=[item.review_id for item in doubtful], action=Action.WAIVE):
        waivers.setdefault(row.review_id, []).append(row)
    left = {}
    for item, issues in found.items():
        given, digest = waivers.get(item.review_id, []), item_digest(item)
        left[item] = [issue for issue in issues if find_waiver(issue, given, digest=digest) is None]
    return {item: issues for item, issues in left.items() if issues}
