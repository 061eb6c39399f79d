"""The form of a decision."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms

from editorial.models import Materiality
from editorial.workflow import Action

ACTIONS = (Action.APPROVE, Action.REQUEST_CHANGES, Action.CONFIRM, Action.RETIRE)
_COMMENT_WANTED = {
    Action.REQUEST_CHANGES: "Say in the comment what should be changed.",
    Action.RETIRE: "Give the reason in the comment: the second person reads it before they consent.",
}


class DecisionForm(forms.Form):
    """One decision on the chosen items. The items and their digests are read by `read_selection`."""

    comment = forms.CharField(
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Never public. Needed to request changes and to retire.",
    )
    materiality = forms.ChoiceField(
        required=False,
        label="What the change touches",
        choices=[
            (Materiality.CLINICAL, "Medical content: readers see a new date of review"),
            (Materiality.EDITORIAL, "Wording only: the date of the last medical review stays"),
        ],
        widget=forms.RadioSelect,
        initial=Materiality.CLINICAL,
        help_text="Counts for an approval.",
    )

    @property
    def helper(self) -> FormHelper:
        return bare_helper()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        action = self.action
        if action is None:
            self.add_error(None, "Choose what to do: approve, request changes, confirm or retire.")
        elif action in _COMMENT_WANTED and "comment" in data and not data["comment"]:
            self.add_error("comment", _COMMENT_WANTED[action])
        data["materiality"] = data.get("materiality") or Materiality.CLINICAL
        return data

    @property
    def action(self) -> Action | None:
        """What was chosen; None when that is nothing that the desk can do."""
        name = self.data.get("action", "")
        return Action(name) if name in ACTIONS else None


def bare_helper() -> FormHelper:
    """Fields only: the tags of the form, its token and its buttons are in the template."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    return helper
