"""What staff do with the reports of readers, and how My day learns of them."""

from datetime import datetime

from django.urls import reverse

from comparisons.models import Report
from comparisons.models.report import ReportStatus
from editorial.models import User
from editorial.registry import Inbox


def settle(report: Report, *, by: User, at: datetime) -> None:
    """Signs the report as answered or dismissed, or opens it again, as its status says. The caller saves it."""
    if report.is_open:
        report.answered_by, report.answered_at = None, None
    else:
        report.answered_by, report.answered_at = by, at


def _open_reports_url() -> str:
    return f"{reverse('admin:comparisons_report_changelist')}?status__exact={ReportStatus.OPEN.value}"


INBOX = Inbox(
    label="Reports from readers",
    empty="No report from a reader is open.",
    count=lambda: Report.objects.open().count(),
    url=_open_reports_url,
    concerns=lambda user: user.has_perm("comparisons.change_report"),
)
