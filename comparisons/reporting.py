"""What staff do with the reports of readers, what readers learn of it, and how My day learns of them."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from comparisons.corrections import find_correction
from comparisons.models import Report
from comparisons.models.report import ReportStatus
from editorial import freshness, purging
from editorial.models import ReportOutcome, Result, User
from editorial.registry import Inbox
from editorial.surrogate_keys import EVERYTHING


class NotCorrected(Exception):
    """Readers would be told of a correction where there is none. The message is a sentence for editors."""


class AnsweredMeanwhile(Exception):
    """Somebody else answered or opened a report since it was read. The message is a sentence for editors."""


def settle(report: Report, *, by: User, at: datetime) -> None:
    """Signs the report as closed, or opens it again, as its status says. The caller saves it."""
    if report.is_open:
        report.answered_by, report.answered_at = None, None
    else:
        report.answered_by, report.answered_at = by, at


def query_others(report: Report) -> QuerySet[Report]:
    """The other open reports about the same statement, or about the same page as a whole; the oldest first."""
    same = Report.objects.open().filter(fact=report.fact_id) if report.fact_id else _on_page(report.page)
    return same.exclude(pk=report.pk).order_by("received_at", "pk")


def _on_page(page: str) -> QuerySet[Report]:
    return Report.objects.open().filter(fact=None, page=page)


def check_outcome(report: Report) -> None:
    """Raises NotCorrected when the report says that it led to a correction, and nothing public has changed since."""
    if report.status != ReportStatus.CORRECTED or find_correction(report) is not None:
        return
    if report.fact_id:
        raise NotCorrected(
            "Readers still read what they read when this report came. It counts as corrected once the corrected text "
            "of the fact is approved."
        )
    raise NotCorrected(
        "The words of this page’s own form have not changed since this report came. Choose above the fact that was "
        "corrected; where no fact was, close the report without a note."
    )


def lock(reports: Sequence[Report]) -> None:
    """Keeps the stored reports as they are until the transaction ends. Raises AnsweredMeanwhile."""
    rows = Report.objects.filter(pk__in=[report.pk for report in reports]).order_by("pk")
    stored = dict(rows.select_for_update(no_key=True).values_list("pk", "status"))
    if any(stored.get(report.pk) != report.read_status for report in reports):
        raise AnsweredMeanwhile(
            "Somebody else answered this report, or one that you close with it, at the same time. "
            "Load the page again to see what they answered."
        )


@transaction.atomic
def close(reports: Sequence[Report], *, by: User, at: datetime) -> None:
    """Saves reports about one thing with the status and answer that they hold, and tells readers the result.

    What readers were told of them before is taken back. Raises AnsweredMeanwhile or NotCorrected.
    """
    lock(reports)
    for report in reports:
        check_outcome(report)
        settle(report, by=by, at=at)
    _take_back(reports, at=at)
    if reports[0].status in Result.values:
        _tell_readers(reports, at=at)
    # What readers are told stands on pages without a new edition of them.
    freshness.tell_published()
    purging.purge_soon([EVERYTHING])
    for report in reports:
        report.save()


def _tell_readers(reports: Sequence[Report], *, at: datetime) -> None:
    subject = _find_subject(reports[0])
    if subject is None:
        return
    decision = find_correction(reports[0]) if reports[0].status == ReportStatus.CORRECTED else None
    values = {"result": reports[0].status, "on": (decision.at if decision else at).date(), "decision": decision}
    outcome = ReportOutcome.objects.create(**subject, **values, readers=len(reports))
    for report in reports:
        report.outcome = outcome


def _take_back(reports: Sequence[Report], *, at: datetime) -> None:
    for report in reports:
        told, report.outcome = report.outcome, None
        if told is not None:
            place = {"kind": told.kind, "subject_id": told.subject_id, "part": told.part}
            ReportOutcome.objects.create(**place, result=Result.TAKEN_BACK, takes_back=told, on=at.date(), readers=1)


def _find_subject(report: Report) -> dict[str, str | int] | None:
    """Where readers see what became of it; None for a page without editions."""
    if report.fact:
        return {"kind": "condition", "subject_id": report.fact.condition.review_id, "part": report.fact_id}
    if report.edition:
        return {"kind": report.edition.kind, "subject_id": report.edition.subject_id, "part": ""}
    return None


def _open_reports_url() -> str:
    return f"{reverse('admin:comparisons_report_changelist')}?status__exact={ReportStatus.OPEN.value}"


INBOX = Inbox(
    label="Reports from readers",
    empty="No report from a reader is open.",
    count=lambda: Report.objects.open().count(),
    url=_open_reports_url,
    concerns=lambda user: user.has_perm("comparisons.change_report"),
)
