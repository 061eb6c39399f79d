"""What is written down of an act: a Decision with the person as they are today; on approvals a whole certificate.

Nothing here stores anything: `editorial.actions` does, and a preview, which takes it back.
"""

from datetime import datetime

from dateutil.relativedelta import relativedelta

from editorial.models import Decision, Materiality, Review, User
from editorial.registry import Frozen, get_kind
from editorial.workflow import Action


def draft_decision(action: Action, review: Review, *, by: User, at: datetime, comment: str = "") -> Decision:
    """The act, with name, credentials and interests as they are on that day; digest and content are still missing."""
    return Decision(
        review=review,
        action=action,
        actor=by,
        actor_name=by.display_name,
        actor_credentials=by.credentials,
        actor_specialty=by.specialty,
        actor_interests=by.interests,
        actor_interests_declared_on=by.interests_declared_on,
        is_demonstration=by.is_demonstration,
        comment=comment,
        at=at,
    )


def certify(decision: Decision, content: Frozen) -> None:
    """Puts into the decision the approved content and what it stands on."""
    kind = get_kind(decision.review.kind)
    decision.content = {"content": content, "derived": kind.derive(content)}
    decision.stands_on = sorted(kind.stands_on(content))


def date_review(decision: Decision, content: Frozen) -> None:
    """The review's dates: a clinical act starts a new cycle, an editorial one keeps the cycle that runs."""
    review = decision.review
    last = review.confirmation or review.approval
    if decision.materiality == Materiality.EDITORIAL and last is not None and last.reviewed_on:
        decision.reviewed_on, decision.review_by = last.reviewed_on, last.review_by
        return
    today = decision.at.date()
    months = get_kind(review.kind).review_months(content)
    decision.reviewed_on, decision.review_by = today, today + relativedelta(months=months)
