"""What an editor must know beside the form: where the item stands, what is wrong, what readers see, where it shows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.forms import ModelForm
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from editorial.admin.words import describe_editing, describe_live, describe_next_move
from editorial.checks import Issue, Severity, find_issues
from editorial.differences import Change, list_changes, load_names
from editorial.freezing import freeze, item_digest, load_fresh
from editorial.impact import Page, list_pages
from editorial.materiality import find_clinical_reasons
from editorial.models import Decision, Review, ReviewedItem
from editorial.registry import kind_of
from editorial.threads import Thread, load_threads
from editorial.waivers import find_waiver
from editorial.workflow import Action, Status


@dataclass(frozen=True)
class LinkedIssue:
    issue: Issue
    anchor: str
    """Id of what the issue is about on the page; empty where there is no such place."""
    waiver: Decision | None = None
    """By which a reviewer let it pass for this text."""


@dataclass(frozen=True)
class Panel:
    review: Review
    live: str
    next_move: str
    editing: str
    request: Decision | None
    """The reviewer's request for changes that stands open."""
    issues: list[tuple[str, list[LinkedIssue]]]
    """By severity, in words, the gravest first."""
    changes: list[Change]
    """What the working copy has differently from what is public."""
    clinical_reasons: list[str]
    """Why that cannot be a change of wording only, by rule."""
    pages: list[Page]
    threads: list[tuple[Thread, str]]
    """The open ones, each with the id of what it is about on the page; empty where there is no such place."""
    settled: int
    """How many threads are resolved."""


def build_panel(item: ReviewedItem, *, can_edit: bool) -> Panel | None:
    """The panel for the item as it is saved, whatever the form holds; None when it is gone."""
    loaded = load_fresh([item]).get(item)
    if loaded is None:
        return None
    reviews = Review.objects.select_related("approval", "submitted_by", "reviewer", "scheduled")
    review = reviews.defer("scheduled__content").get(pk=loaded.review_id)
    found = find_issues([loaded])[loaded]
    threads = load_threads([review])[review.pk]
    waiting = [thread for thread in threads if thread.is_open]
    changes, reasons = _compare(loaded, review)
    return Panel(
        review=review,
        live=describe_live(review),
        next_move=describe_next_move(review),
        editing=describe_editing(review),
        request=_find_request(review),
        issues=_group(found, loaded, can_edit=can_edit),
        changes=[change for change in changes if change.is_changed],
        clinical_reasons=reasons,
        pages=list_pages([loaded]),
        threads=[(thread, find_anchor(loaded, thread.first.field) if can_edit else "") for thread in waiting],
        settled=len(threads) - len(waiting),
    )


def mark_fields(form: ModelForm, panel: Panel) -> None:
    """Says beside each field of the form that a comment on it is open."""
    for thread, _ in panel.threads:
        field = form.fields.get(thread.first.field)
        if field is not None:
            link = format_html(
                '<a href="#comment-{}">Open comment of {}</a>', thread.pk, thread.first.author.display_name
            )
            field.help_text = format_html("{} {}", mark_safe(field.help_text), link)


def _find_request(review: Review) -> Decision | None:
    """Stands open until the item is submitted again."""
    acts = (Action.REQUEST_CHANGES, Action.SUBMIT, Action.APPROVE, Action.RETIRE)
    last = review.decisions.filter(action__in=acts).select_related("actor").order_by("-pk").first()
    return last if last is not None and last.action == Action.REQUEST_CHANGES else None


def _compare(item: ReviewedItem, review: Review) -> tuple[list[Change], list[str]]:
    """What the draft has differently, and why that is clinical by rule."""
    if review.approval is None or review.status == Status.APPROVED:
        return [], []
    live, draft = review.approval.content["content"], freeze(item)
    names = load_names([live, draft])
    changes = list_changes(live, draft, kind=item.item_kind, names=names)
    return changes, find_clinical_reasons(live, draft, kind=item.item_kind, names=names)


def _group(issues: Iterable[Issue], item: ReviewedItem, *, can_edit: bool) -> list[tuple[str, list[LinkedIssue]]]:
    found, digest = list(issues), item_digest(item)
    waivers = _load_waivers(found, item)
    linked = [
        LinkedIssue(
            issue, find_anchor(item, issue.field) if can_edit else "", find_waiver(issue, waivers, digest=digest)
        )
        for issue in found
    ]
    standing = [row for row in linked if row.waiver is None]
    groups = [(Severity(s).label, [row for row in standing if row.issue.severity == s]) for s in Severity]
    groups.append(("Waived by a reviewer", [row for row in linked if row.waiver is not None]))
    return [(label, rows) for label, rows in groups if rows]


def _load_waivers(issues: Sequence[Issue], item: ReviewedItem) -> list[Decision]:
    """At most one query, and none where nothing can be waived."""
    if not any(issue.is_waivable for issue in issues):
        return []
    rows = Decision.objects.filter(review=item.review_id, action=Action.WAIVE)
    return list(rows.defer("content", "stands_on").order_by("-pk"))


def find_anchor(item: ReviewedItem, field: str) -> str:
    """The id on the item's form of the field, or of the rows, that an issue is about; empty where there is none."""
    kind = kind_of(item)
    for child in kind.children:
        # A comparison's conditions are the rows that are called columns.
        if field == child.accessor or field.removesuffix("s") == str(child.model._meta.verbose_name):
            return f"{child.accessor}-group"
    editable = {f.name for f in (*item._meta.concrete_fields, *item._meta.many_to_many)}
    fixed = {name.removesuffix("_id") for name in kind.fixed_fields}
    return f"id_{field}" if field in editable - fixed else ""
