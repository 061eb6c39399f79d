"""The only writer of editorial state. Admin, desk, commands and fixtures call these and nothing else."""

from editorial.actions.deciding import Choice, approve, confirm, decide, request_changes, retire
from editorial.actions.editing import assign, record_edit, restore, submit
from editorial.actions.scheduling import Outcome, publish_due, unschedule
from editorial.actions.waiving import waive

__all__ = [
    "Choice",
    "Outcome",
    "approve",
    "assign",
    "confirm",
    "decide",
    "publish_due",
    "record_edit",
    "request_changes",
    "restore",
    "retire",
    "submit",
    "unschedule",
    "waive",
]
