"""What people said of the items: open threads to read and answer, what is settled folded away."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from editorial.commenting import list_fields
from editorial.desk.dossier import Dossier
from editorial.desk.remark_form import RemarkForm
from editorial.threads import Thread, load_threads

IN_BATCH = 2
"""So many open threads of each item, each with its newest answer, stand on a page of many items."""
SETTLED = 20


@dataclass
class Discussion:
    """What is shown of the comments on one item, and the form for a new one."""

    form: RemarkForm
    open: list[Thread] = field(default_factory=list)
    settled: list[Thread] = field(default_factory=list)
    further: int = 0
    """Open threads that are left out here."""
    settled_count: int = 0
    is_cut: bool = False
    """Long remarks and earlier answers stand on the item's own page."""
    refused: RemarkForm | None = None
    """The one of these forms that was sent in vain."""


def fill(dossiers: Sequence[Dossier]) -> None:
    """One query, however many items and comments there are."""
    found = load_threads(dossier.review for dossier in dossiers)
    is_batch = len(dossiers) > 1
    for dossier in dossiers:
        dossier.threads = found[dossier.review.pk]
        dossier.discussion = _begin(dossier, is_batch=is_batch)


def _begin(dossier: Dossier, *, is_batch: bool) -> Discussion:
    review = dossier.review
    waiting = [thread for thread in dossier.threads if thread.is_open]
    settled = [thread for thread in dossier.threads if not thread.is_open]
    # In a batch the newest: to read all, there is the item's own page.
    shown = waiting[-IN_BATCH:] if is_batch else waiting
    for thread in shown:
        thread.form = RemarkForm(review=review, thread=thread.pk)
    return Discussion(
        form=RemarkForm(review=review, fields=_list_fields(dossier, is_batch=is_batch)),
        open=shown,
        settled=[] if is_batch else settled[-SETTLED:],
        further=len(waiting) - len(shown),
        settled_count=len(settled),
        is_cut=is_batch,
    )


def _list_fields(dossier: Dossier, *, is_batch: bool) -> list[tuple[str, str]]:
    """What a remark may be about; on a page of many items, what stands there of this one."""
    fields = list_fields(dossier.kind.name)
    shown = {change.field for change in dossier.changes if change.old or change.new}
    return [(name, label) for name, label in fields.items() if not is_batch or name in shown]
