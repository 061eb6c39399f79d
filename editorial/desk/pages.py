"""The page on which items are read and decided on: one item, a batch, or a batch whose decision was refused."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from editorial import permissions, statements
from editorial.desk.access import render_desk
from editorial.desk.assign_form import AssignForm, describe_now
from editorial.desk.choosing import default_materiality, may_choose, offer_own
from editorial.desk.dossier import Dossier
from editorial.desk.dossiers import list_impact
from editorial.desk.filters import reduce_query
from editorial.desk.forms import ACTIONS, MATERIALITIES, DecisionForm
from editorial.models import User
from editorial.workflow import Action, Status

_HELP = {
    Action.APPROVE: "Readers see it at once, or at the time above.",
    Action.REQUEST_CHANGES: "It goes back to its editors with your comment. What is public stays.",
    Action.CONFIRM: "You have checked it and nothing needs to change. Readers see a new date of review.",
    Action.RETIRE: "Taken out of the public pages at once; readers get a notice in its place, and what cites it is "
    "marked for a re-check. A second person must then confirm it. Give the reason in the comment.",
}
_CONSENT = "You are the second person, and you agree that it stays withdrawn."


def render_review(
    request: HttpRequest,
    dossiers: Sequence[Dossier],
    *,
    problems: Sequence[str] = (),
    form: DecisionForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The items with the form to decide. What was posted is shown as it was chosen, typed and refused."""
    back, user, form = read_back(request), request.user, form or DecisionForm()
    _offer(dossiers, form, request)
    choices = _list_choices(dossiers, user)
    context = {
        "dossiers": dossiers,
        "is_batch": len(dossiers) > 1,
        "form": form,
        "problems": problems,
        "pages": list_impact(dossiers),
        "choices": choices,
        "chosen": form.action if form.is_bound else None,
        "has_own": any(dossier.own for dossier in dossiers),
        "own_work": [d for d in dossiers if d.is_work_of(user) and d.review.status == Status.IN_REVIEW],
        "own_retirements": [d for d in dossiers if d.was_retired_by(user)],
        "needs_statement": _needs_statement(choices, user),
        "refused": [dossier for dossier in dossiers if dossier.refusal or dossier.own_problem],
        "is_stale": any(dossier.is_stale for dossier in dossiers),
        "assign_form": _offer_assignment(dossiers, request.user),
        "is_looking": any(p.user_id == request.user.pk for dossier in dossiers for p in dossier.presences),
        "back": back,
        "queue_url": queue_url(back),
    }
    title = dossiers[0].title if len(dossiers) == 1 else f"Review of {len(dossiers)} items"
    return render_desk(request, "review.html", context, title=title, status=status)


def read_back(request: HttpRequest) -> str:
    """The filters of the queue from which the person came, as a query string of known names only."""
    return reduce_query(request.POST.get("back", request.GET.get("back", "")), also=("page",))


def queue_url(back: str) -> str:
    return reverse("desk:queue") + (f"?{back}" if back else "")


def _offer(dossiers: Sequence[Dossier], form: DecisionForm, request: HttpRequest) -> None:
    """What this person may choose, in the items and for all of them."""
    for dossier in dossiers:
        dossier.may_waive = may_choose(dossier, Action.WAIVE, by=request.user)
        dossier.may_unschedule = may_choose(dossier, Action.UNSCHEDULE, by=request.user)
    can_approve = [d for d in dossiers if may_choose(d, Action.APPROVE, by=request.user)]
    for dossier in can_approve:
        dossier.may_correct = dossier.review.was_public
    if not can_approve:
        for name in ("materiality", "when", "publish_at"):
            del form.fields[name]
    elif not any(dossier.may_be_wording for dossier in can_approve) and not form.errors.get("materiality"):
        del form.fields["materiality"]
    elif len(dossiers) > 1:
        form.fields["materiality"].choices = [("", "As marked in each item"), *MATERIALITIES]
        form.initial.setdefault("materiality", "")
    else:
        form.initial.setdefault("materiality", default_materiality(dossiers[0]))
    if len(dossiers) > 1:
        offer_own(dossiers, by=request.user, data=request.POST if request.method == "POST" else None)


def _needs_statement(choices: Sequence[dict[str, Any]], user: User) -> bool:
    signs = {Action.APPROVE, Action.CONFIRM} & {choice["action"] for choice in choices}
    return bool(signs) and not statements.is_valid(user, on=timezone.now().date())


def _list_choices(dossiers: Sequence[Dossier], user: User) -> list[dict[str, Any]]:
    """The buttons: what this person may do, and some of these items allow."""
    return [
        {"action": action, "help": _help(action, dossiers)}
        for action in ACTIONS
        if any(may_choose(dossier, action, by=user) for dossier in dossiers)
    ]


def _offer_assignment(dossiers: Sequence[Dossier], user: User) -> AssignForm | None:
    """The form for a person who may say who should review; None for others."""
    if not user.has_perm(permissions.DECIDE):
        return None
    return AssignForm(today=timezone.now().date(), initial=describe_now([d.review for d in dossiers]))


def _help(action: Action, dossiers: Sequence[Dossier]) -> str:
    retired = [dossier for dossier in dossiers if dossier.review.needs_second_person]
    if action != Action.CONFIRM or not retired:
        return _HELP[action]
    return _CONSENT if len(retired) == len(dossiers) else f"{_HELP[action]} For what is retired: {_CONSENT}"
