"""A decision of its own for each item of a batch, beside the one for all that have none."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django import forms
from django.http import QueryDict

from editorial import permissions
from editorial.desk.dossier import Dossier
from editorial.desk.forms import ACTIONS, COMMENT_LENGTH, COMMENT_WANTED, MATERIALITIES
from editorial.models import Materiality, Review, User
from editorial.workflow import Action


class OwnDecisionForm(forms.Form):
    """What one item's own fields send. Its template is `_own.html`."""

    action = forms.ChoiceField(required=False, choices=[(action.value, action.label) for action in ACTIONS])
    comment = forms.CharField(required=False, max_length=COMMENT_LENGTH)
    materiality = forms.ChoiceField(required=False, choices=MATERIALITIES)

    def clean(self) -> dict:
        data = super().clean() or {}
        wanted = COMMENT_WANTED.get(data.get("action", ""))
        if wanted and "comment" in data and not data["comment"]:
            self.add_error("comment", wanted)
        return data

    @property
    def problems(self) -> list[str]:
        return [str(error) for errors in self.errors.values() for error in errors]


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    is_chosen: bool


@dataclass
class Own:
    """What stands in the item's own fields on the page."""

    actions: list[Option]
    materialities: list[Option] = field(default_factory=list)
    """Empty where there is nothing to choose: the item is new, or its change is clinical by rule."""
    comment: str = ""


def read_own(data: QueryDict, reviews: Sequence[Review]) -> dict[int, OwnDecisionForm]:
    """By Review id: the forms of the items for which a decision of their own was chosen."""
    forms_by_id = {review.pk: OwnDecisionForm(data, prefix=_prefix(review.pk)) for review in reviews}
    return {pk: form for pk, form in forms_by_id.items() if data.get(form.add_prefix("action"))}


def read_materiality(data: QueryDict, review_id: int) -> str:
    """What was marked in the item itself; clinical where that is nothing known."""
    said = data.get(f"{_prefix(review_id)}-materiality", "")
    return said if said in Materiality.values else Materiality.CLINICAL


def offer_own(dossiers: Sequence[Dossier], *, by: User, data: QueryDict | None = None) -> None:
    """Gives each dossier the fields for its own decision, with what was typed before in `data`."""
    for dossier in dossiers:
        allowed = [action for action in ACTIONS if may_choose(dossier, action, by=by)]
        if allowed:
            dossier.own = _offer(dossier, allowed, data if data is not None else QueryDict())


def may_choose(dossier: Dossier, action: Action, *, by: User) -> bool:
    """Whether the item's state allows it, and the person's rights on this kind of item."""
    return dossier.may_be(action, by=by) and permissions.can(by, action, type(dossier.item))


def default_materiality(dossier: Dossier) -> str:
    """The author's proposal; clinical where that is nothing, or where a rule says so."""
    if not dossier.may_be_wording:
        return Materiality.CLINICAL
    return dossier.review.proposed_materiality or Materiality.CLINICAL


def _offer(dossier: Dossier, allowed: Sequence[Action], data: QueryDict) -> Own:
    prefix = _prefix(dossier.review.pk)
    chosen = data.get(f"{prefix}-action", "")
    actions = [("", "None of its own"), *((action.value, action.label) for action in allowed)]
    offers_wording = dossier.may_be_wording and Action.APPROVE in allowed
    touched = data.get(f"{prefix}-materiality") or default_materiality(dossier)
    return Own(
        actions=[Option(value, label, value == chosen) for value, label in actions],
        materialities=[Option(v, label, v == touched) for v, label in MATERIALITIES] if offers_wording else [],
        comment=data.get(f"{prefix}-comment", "")[:COMMENT_LENGTH],
    )


def _prefix(review_id: int) -> str:
    return f"own-{review_id}"
