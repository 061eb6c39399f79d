"""Refusals of the editorial rules. Each message is a sentence fit for an editor."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from editorial.checks import Issue
    from editorial.models import ReviewedItem


class EditorialError(Exception):
    """Base of all refusals. `items` are the refused items, each with its own sentence; unsaved ones have only that."""

    def __init__(self, reasons: Mapping["ReviewedItem", str], *, unsaved: Sequence[str] = ()) -> None:
        self.reasons = dict(reasons)
        super().__init__(" ".join([*self.reasons.values(), *unsaved]))

    @property
    def items(self) -> list["ReviewedItem"]:
        return list(self.reasons)


class TransitionNotAllowed(EditorialError):
    """The table of moves has no such move from the item's status."""


class ContentChanged(EditorialError):
    """The item is no longer what was shown or submitted."""


class OwnWorkRefused(EditorialError):
    """The person contributed to the item since its last approval."""


class Refused(EditorialError):
    """Decisions that were made together and of which some were refused; `causes` are the single refusals."""

    def __init__(self, causes: Sequence[EditorialError]) -> None:
        self.causes = list(causes)
        super().__init__({item: reason for cause in self.causes for item, reason in cause.reasons.items()})


class StatementMissing(EditorialError):
    """The person has signed no statement of interests within the last year."""


class CommentRefused(EditorialError):
    """A remark that cannot be taken as it is; `field` is what of its form must be mended."""

    def __init__(self, sentence: str, *, field: str = "body") -> None:
        self.field = field
        super().__init__({}, unsaved=[sentence])


class ConsultationRefused(EditorialError):
    """An expert cannot be asked about this now, or the link has ended already."""


class LinkVoid(EditorialError):
    """The expert's link was answered, revoked, has expired, or its item is another by now."""


class NotPermitted(EditorialError):
    """The person lacks the right on this kind of item."""


class IssuesFound(EditorialError):
    """Checks found what must be mended first; `issues` has them by item."""

    def __init__(self, issues: Mapping["ReviewedItem", Sequence["Issue"]]) -> None:
        self.issues = {item: list(found) for item, found in issues.items()}
        super().__init__(
            {item: f"“{item}” cannot go on: " + " ".join(i.message for i in found) for item, found in issues.items()}
        )
