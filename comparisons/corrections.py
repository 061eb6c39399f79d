"""Whether what a reader reported was corrected: what the approvals say, not what somebody remembers."""

from typing import Any

from comparisons.models import Report
from editorial.models import Decision, Review
from editorial.workflow import Action


def find_correction(report: Report) -> Decision | None:
    """The live approval, when it says something else to readers than what the reader had before them; else None.

    None too for what is not public now, and where no statement or page is named.
    """
    review = _find_review(report)
    live = review.approval if review else None
    before = _find_before(report, review) if live else None
    if before is None or live.pk <= before.pk or _public(live) == _public(before):
        return None
    return live


def _find_review(report: Report) -> Review | None:
    if report.fact:
        return report.fact.review
    # The glossary is a page of many items and has no review of its own.
    subject = report.edition.subject_id if report.edition else 0
    return Review.objects.filter(pk=subject).select_related("approval").first()


def _find_before(report: Report, review: Review) -> Decision | None:
    """The approval that was live in the edition that the reader had; without an edition, when the report came."""
    approvals = Decision.objects.filter(review=review, action=Action.APPROVE)
    seen = _approval_seen(report)
    found = approvals.filter(pk=seen) if seen else approvals.filter(at__lte=report.received_at)
    return found.order_by("-pk").first()


def _approval_seen(report: Report) -> int | None:
    content = report.edition.content if report.edition else {}
    if not report.fact_id:
        return content.get("approval")
    return next((fact["approval"] for fact in content.get("facts", ()) if fact["key"] == report.fact_id), None)


def _public(approval: Decision) -> dict[str, Any]:
    """The approved content without what is for reviewers only."""
    content = dict(approval.content["content"])
    if "sources" in content:
        content["sources"] = [{**source, "quote": ""} for source in content["sources"]]
    return content
