"""The page on which items are read and decided on: one item, a batch, or a batch whose decision was refused."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from editorial import permissions
from editorial.desk.access import render_desk
from editorial.desk.assign_form import AssignForm, describe_now
from editorial.desk.dossier import Dossier
from editorial.desk.dossiers import list_impact
from editorial.desk.filters import reduce_query
from editorial.desk.forms import ACTIONS, DecisionForm
from editorial.models import User
from editorial.workflow import Action, Status

_HELP = {
    Action.APPROVE: "Readers see it at once.",
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
    """The items with the form to decide. A bound form shows what was chosen, typed and refused."""
    back = read_back(request)
    choices = _list_choices(dossiers, request.user)
    form = form or DecisionForm()
    if Action.APPROVE not in [choice["action"] for choice in choices]:
        del form.fields["materiality"]
    context = {
        "dossiers": dossiers,
        "is_batch": len(dossiers) > 1,
        "form": form,
        "problems": problems,
        "pages": list_impact(dossiers),
        "choices": choices,
        "chosen": form.action if form.is_bound else None,
        "own_work": [d for d in dossiers if d.is_work_of(request.user) and d.review.status == Status.IN_REVIEW],
        "own_retirements": [d for d in dossiers if d.was_retired_by(request.user)],
        "refused": [dossier for dossier in dossiers if dossier.refusal],
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


def _list_choices(dossiers: Sequence[Dossier], user: User) -> list[dict[str, Any]]:
    """The buttons: what this person may do, and some of these items allow."""
    return [
        {"action": action, "help": _help(action, dossiers)}
        for action in ACTIONS
        if any(d.may_be(action, by=user) and permissions.can(user, action, type(d.item)) for d in dossiers)
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
