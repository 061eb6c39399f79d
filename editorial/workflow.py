"""Statuses and the table of legal moves. Data only: no queries, no models."""

from dataclasses import dataclass

from django.db.models import TextChoices


class Status(TextChoices):
    DRAFT = "draft", "Draft"
    IN_REVIEW = "in_review", "In review"
    CHANGES_REQUESTED = "changes_requested", "Changes requested"
    APPROVED = "approved", "Approved"
    RETIRED = "retired", "Retired"


class Action(TextChoices):
    """What may be done to an item. All but EDIT are recorded as Decisions."""

    EDIT = "edit", "Edit"
    SUBMIT = "submit", "Submit for review"
    APPROVE = "approve", "Approve"
    REQUEST_CHANGES = "request_changes", "Request changes"
    RETIRE = "retire", "Retire"
    CONFIRM = "confirm", "Confirm"
    RESTORE = "restore", "Restore"
    SCHEDULE = "schedule", "Approve for later"
    UNSCHEDULE = "unschedule", "Cancel the schedule"
    WAIVE = "waive", "Waive a check"


class Role(TextChoices):
    """Who has the next move on an item."""

    EDITOR = "editor", "Editor"
    REVIEWER = "reviewer", "Reviewer"
    NOBODY = "nobody", "Nobody"


@dataclass(frozen=True)
class Move:
    action: Action
    sources: frozenset[Status]
    target: Status | None
    """The status afterwards; None where the status stays as it was."""
    needs_approval: bool = False
    """The item must be public (have a live approval) for this move."""
    ends_retirement: bool = False
    """Also possible from every status while a retirement waits for the second person, such as after an edit."""


_ALL = frozenset(Status)
MOVES: dict[Action, Move] = {
    move.action: move
    for move in (
        Move(Action.EDIT, _ALL, Status.DRAFT),
        Move(Action.SUBMIT, frozenset({Status.DRAFT, Status.CHANGES_REQUESTED}), Status.IN_REVIEW),
        Move(Action.APPROVE, frozenset({Status.IN_REVIEW}), Status.APPROVED),
        Move(Action.REQUEST_CHANGES, frozenset({Status.IN_REVIEW}), Status.CHANGES_REQUESTED),
        Move(Action.RETIRE, _ALL - {Status.RETIRED}, Status.RETIRED, needs_approval=True),
        Move(Action.CONFIRM, frozenset({Status.APPROVED, Status.RETIRED}), None, ends_retirement=True),
        Move(Action.RESTORE, _ALL, Status.DRAFT),
        Move(Action.SCHEDULE, frozenset({Status.IN_REVIEW}), None),
        Move(Action.UNSCHEDULE, frozenset({Status.IN_REVIEW}), None),
        Move(Action.WAIVE, frozenset({Status.DRAFT, Status.IN_REVIEW, Status.CHANGES_REQUESTED}), None),
    )
}

OWNERS: dict[Status, Role] = {
    Status.DRAFT: Role.EDITOR,
    Status.IN_REVIEW: Role.REVIEWER,
    Status.CHANGES_REQUESTED: Role.EDITOR,
    Status.APPROVED: Role.NOBODY,
    Status.RETIRED: Role.NOBODY,
}


def can_move(action: Action, *, status: str, has_approval: bool, awaits_second_person: bool = False) -> bool:
    """Whether the table allows `action` on an item in `status`."""
    move = MOVES[action]
    if move.ends_retirement and awaits_second_person:
        return True
    return status in move.sources and (has_approval or not move.needs_approval)


def mermaid() -> str:
    """The table as a Mermaid state diagram, for the documentation."""
    lines = ["stateDiagram-v2", "    [*] --> draft"]
    for move in MOVES.values():
        for status in Status:
            if status in move.sources:
                target = move.target or status
                note = " (if public)" if move.needs_approval else ""
                lines.append(f"    {status.value} --> {target.value}: {move.action.value}{note}")
    return "\n".join(lines)
