"""Submits what was just saved, in a transaction of its own, and tells the editor how it went."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from editorial import actions
from editorial.admin.panel import find_anchor
from editorial.checks import Issue
from editorial.errors import EditorialError, IssuesFound
from editorial.models import Materiality, ReviewedItem

TOUCHED = (
    ("", "I leave it to the reviewer"),
    (Materiality.EDITORIAL.value, "Wording only"),
    (Materiality.CLINICAL.value, "Medical content"),
)
"""What an author may say of a change to something public."""


def submit_saved(request: HttpRequest, item: ReviewedItem, *, comment: str) -> None:
    """Leaves a message: the item is submitted, or it is saved and here is why it was not submitted."""
    touched = request.POST.get("proposed_materiality", "")
    try:
        actions.submit([item], by=request.user, comment=comment, materiality=touched)
    except IssuesFound as error:
        found = [issue for issues in error.issues.values() for issue in issues]
        messages.error(request, _list_issues(item, found))
    except EditorialError as error:
        messages.error(request, f"“{item}” is saved, but it was not submitted. {error}")
    else:
        messages.success(request, f"“{item}” is saved and submitted for review.")


def _list_issues(item: ReviewedItem, found: list[Issue]) -> SafeString:
    rows = format_html_join("", "<li>{}</li>", ((_link(item, issue),) for issue in found))
    told = format_html("“{}” is saved, but it was not submitted. Mend this first: <ul>{}</ul>", item, rows)
    if not any(issue.is_waivable for issue in found):
        return told
    return format_html("{} Where a check is wrong about this text, a reviewer may waive it on the review desk.", told)


def _link(item: ReviewedItem, issue: Issue) -> SafeString:
    anchor = find_anchor(item, issue.field)
    return format_html('<a href="#{}">{}</a>', anchor, issue.message) if anchor else format_html("{}", issue.message)
