"""A reviewer lets a blocking check pass, for a reason that stays on record."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime

from editorial import chain, guards
from editorial.actions.batch import Batch
from editorial.models import Decision, ReviewedItem, User
from editorial.workflow import Action


def waive(
    item: ReviewedItem,
    *,
    codes: Collection[str],
    reason: str,
    by: User,
    digest: str,
    at: datetime | None = None,
) -> Decision:
    """Lets the item be submitted and approved in spite of these issues, as long as it stays as it was shown.

    Raises NotPermitted, ContentChanged, OwnWorkRefused, and TransitionNotAllowed without a reason, for an issue that
    the item does not have, or for one that nobody may waive.
    """
    with Batch([item], Action.WAIVE, by=by, at=at, shown={item: digest}) as batch:
        guards.check_not_own_work(batch.reviews, by=by)
        guards.check_reason(batch.reviews, reason, "Give the reason why the check does not count for")
        waived = guards.check_waivable(item, batch.fresh[item], codes)
        decision = batch.prepare(comment=reason)[0]
        decision.waived = [
            {name: str(asdict(issue)[name]) for name in ("code", "field", "message")} for issue in waived
        ]
        chain.append([decision])
    return decision
