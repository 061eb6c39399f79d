"""The page as it was, after something was refused or done beside the decision: nothing that was typed is lost."""

from collections.abc import Mapping, Sequence

from django.http import HttpRequest, HttpResponse, QueryDict

from editorial import differences, errors
from editorial.checks import Severity
from editorial.desk import seen
from editorial.desk.access import render_notice
from editorial.desk.dossier import Dossier
from editorial.desk.dossiers import load_dossiers
from editorial.desk.forms import DecisionForm
from editorial.desk.pages import render_review
from editorial.desk.selection import Selection, read_selection
from editorial.differences import Change
from editorial.models import ReviewedItem
from editorial.registry import Frozen

_STALE = "It has changed since it was shown to you. This is how it is now: read it again, then decide."


def show_again(
    request: HttpRequest,
    form: DecisionForm,
    *,
    refusals: Mapping[int, str] | None = None,
    own_problems: Mapping[int, str] | None = None,
    stale: Mapping[int, str] | None = None,
    status: int,
) -> HttpResponse:
    """The items as they are now, with what was chosen and typed.

    `refusals` and `own_problems` (what is missing in the item's own fields) are sentences by Review id. `stale` are the
    digests, by Review id, of the items on which something was tried: those that are others by now are marked, with
    what changed.
    """
    shown = read_shown(request.POST)
    if not shown.reviews:
        sentence = " ".join([*form.non_field_errors(), *shown.problems]) or "No item is chosen."
        return render_notice(request, title="Nothing was decided", sentence=sentence, status=status)
    dossiers = load_dossiers(shown.reviews)
    _restore(dossiers, request.POST, refusals or {}, own_problems or {})
    changed = [d for d in dossiers if d.digest != (stale or {}).get(d.review.pk, d.digest)]
    _mark_stale(changed, request.POST)
    return render_review(request, dossiers, form=form, status=409 if changed and status == 400 else status)


def read_shown(data: QueryDict) -> Selection:
    """All items that were on the page."""
    return read_selection(data, name="shown") if "shown" in data else read_selection(data)


def restore_form(data: QueryDict) -> DecisionForm:
    """The form for all with what was typed, before anybody asks whether it is right."""
    return DecisionForm(initial={name: data[name] for name in DecisionForm.base_fields if name in data})


def status_of(refusal: errors.EditorialError) -> int:
    """The status of the answer: 409 when somebody was faster, 403 without the right, else 400."""
    causes = refusal.causes if isinstance(refusal, errors.Refused) else [refusal]
    if any(isinstance(cause, errors.ContentChanged) for cause in causes):
        return 409
    return 403 if any(isinstance(cause, errors.NotPermitted) for cause in causes) else 400


def sentences_of(refusal: errors.EditorialError) -> dict[int, str]:
    """By Review id: why it was refused, and what to do."""
    causes = refusal.causes if isinstance(refusal, errors.Refused) else [refusal]
    return {
        item.review_id: f"{reason} {_what_to_do(cause, item)}".strip()
        for cause in causes
        for item, reason in cause.reasons.items()
    }


def _what_to_do(cause: errors.EditorialError, item: ReviewedItem) -> str:
    if isinstance(cause, errors.OwnWorkRefused):
        return "Leave it to another reviewer, and decide on the others without it."
    if not isinstance(cause, errors.IssuesFound):
        return ""
    blocking = [issue for issue in cause.issues.get(item, ()) if issue.severity == Severity.ERROR]
    if blocking and all(issue.is_waivable for issue in blocking):
        return "Send it back with a comment, or waive the check below with a reason."
    return "Send it back with a comment that says what to mend." if blocking else ""


def _restore(
    dossiers: Sequence[Dossier], data: QueryDict, refusals: Mapping[int, str], own_problems: Mapping[int, str]
) -> None:
    ticked, corrected = set(data.getlist("items")), set(data.getlist("correction"))
    for dossier in dossiers:
        pk = dossier.review.pk
        dossier.is_chosen = str(pk) in ticked
        dossier.refusal, dossier.own_problem = refusals.get(pk, ""), own_problems.get(pk, "")
        dossier.is_correction = str(pk) in corrected
        dossier.waiving = data.get(f"waive-{pk}-reason", "")


def _mark_stale(dossiers: Sequence[Dossier], data: QueryDict) -> None:
    """Says what changed from what the person saw to what the item is now. At most one query."""
    known = {d.review.pk: _read_seen(d, data) for d in dossiers}
    contents = [content for d in dossiers for content in (known[d.review.pk], d.content) if content]
    names = differences.load_names(contents)
    for dossier in dossiers:
        dossier.is_stale, dossier.refusal = True, _STALE
        old = known[dossier.review.pk]
        dossier.since = _list_changed(old, dossier, names) if old is not None else None


def _read_seen(dossier: Dossier, data: QueryDict) -> Frozen | None:
    pk = dossier.review.pk
    return seen.unpack(data.get(f"seen-{pk}", ""), kind=dossier.kind.name, digest=data.get(f"digest-{pk}", ""))


def _list_changed(old: Frozen, dossier: Dossier, names: Mapping[int, str]) -> list[Change]:
    rows = differences.list_changes(old, dossier.content, kind=dossier.kind.name, names=names)
    return [row for row in rows if row.is_changed]
