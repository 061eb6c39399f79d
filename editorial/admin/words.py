"""Where an item stands, in words."""

from editorial.models import Review
from editorial.workflow import Status


def describe_live(review: Review) -> str:
    """What readers see of the item now."""
    if review.status == Status.RETIRED:
        return "Retired"
    if not review.is_live:
        return "Not public"
    return "Live, with a pending change" if review.has_pending_change else "Live"


def describe_next_move(review: Review) -> str:
    """A sentence that says who has to do something."""
    if review.status == Status.APPROVED and review.needs_recheck:
        return "A reviewer has the next move: what it rests on has changed, so it must be checked again."
    if review.status == Status.RETIRED and review.needs_second_person:
        return "A second reviewer has the next move: one person alone retired it, so another must confirm that."
    return _NEXT_MOVES[Status(review.status)]


def describe_editing(review: Review) -> str:
    """What a change to the text will do, or nothing where that goes without saying."""
    return _EDITING.get(Status(review.status), "")


_NEXT_MOVES = {
    Status.DRAFT: "An editor has the next move: finish it and submit it for review.",
    Status.IN_REVIEW: "A reviewer has the next move: it waits for a decision.",
    Status.CHANGES_REQUESTED: "An editor has the next move: a reviewer asked for changes.",
    Status.APPROVED: "Nobody has to do anything until the next review is due.",
    Status.RETIRED: "Nobody has to do anything. Readers get a notice in its place.",
}
_EDITING = {
    Status.IN_REVIEW: "If you save a change now, it is a draft again and must be submitted once more.",
    Status.APPROVED: "If you save a change, readers go on seeing the approved text until the change is approved.",
    Status.RETIRED: "If you save a change, it becomes a draft; it is public again only when it is approved.",
}
