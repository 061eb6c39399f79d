"""The form of a decision, and what forms of the desk share."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.forms.utils import flatatt
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from editorial.models import Materiality
from editorial.workflow import Action

ACTIONS = (Action.APPROVE, Action.REQUEST_CHANGES, Action.CONFIRM, Action.RETIRE)
COMMENT_LENGTH = 5000
COMMENT_WANTED = {
    Action.REQUEST_CHANGES: "Say in the comment what should be changed.",
    Action.RETIRE: "Give the reason in the comment: the second person reads it before they consent.",
}


MATERIALITIES = [
    (Materiality.CLINICAL.value, "Medical content: readers see a new date of review"),
    (Materiality.EDITORIAL.value, "Wording only: the date of the last medical review stays"),
]
OWN = "own"
"""The button that carries out only what was decided in the items themselves."""


class QuickSelect(forms.Select):
    """The same select, written in Python: Django renders a template for each option, and there may be a thousand."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        shown, chosen = self.build_attrs(self.attrs, {"name": name, **(attrs or {})}), set(self.format_value(value))
        rows = ((key, _SELECTED if str(key) in chosen else "", label) for key, label in self.choices)
        options = format_html_join("\n", '<option value="{}"{}>{}</option>', rows)
        return format_html("<select{}>{}</select>", flatatt(shown), options)


_SELECTED = mark_safe(" selected")


class DecisionForm(forms.Form):
    """One decision on the chosen items. The items and their digests are read by `read_selection`.

    `has_rest`: whether there are items for it, without a decision of their own; `has_own`: whether there are others.
    """

    comment = forms.CharField(
        required=False,
        max_length=COMMENT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Never public. Needed to request changes and to retire.",
    )
    materiality = forms.ChoiceField(
        required=False,
        label="What the change touches",
        choices=MATERIALITIES,
        widget=forms.RadioSelect,
        initial=Materiality.CLINICAL,
        help_text="Counts for an approval.",
    )
    when = forms.ChoiceField(
        required=False,
        label="Publish",
        choices=[("now", "At once"), ("later", "At this time:")],
        widget=forms.RadioSelect,
        initial="now",
        help_text="Counts for an approval. It is signed now in either case.",
    )
    publish_at = forms.DateTimeField(
        required=False,
        label="Day and time, in UTC (Coordinated Universal Time)",
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
        error_messages={"invalid": "This is no day with a time. Write it like 2031-05-04 06:30."},
    )

    def __init__(self, *args: Any, has_rest: bool = True, has_own: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.has_rest, self.has_own = has_rest, has_own

    @property
    def helper(self) -> FormHelper:
        return bare_helper()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        action = self.action
        if action is None and self.data.get("action") != OWN:
            self.add_error(None, "Choose what to do: approve, request changes, confirm or retire.")
        elif action is None and not self.has_own:
            self.add_error(None, "No item has a decision of its own yet. Choose one in an item, or decide for all.")
        elif self.has_rest and action in COMMENT_WANTED and "comment" in data and not data["comment"]:
            self.add_error("comment", COMMENT_WANTED[action])
        if self.has_own or action == Action.APPROVE:
            self._clean_time(data)
        return data

    def _clean_time(self, data: dict[str, Any]) -> None:
        if "publish_at" not in data:
            return
        publish_at, is_later, now = data["publish_at"], data.get("when") == "later", timezone.now()
        if publish_at is not None and not is_later:
            self.add_error("publish_at", "You gave a time, but chose “At once”. Choose one of the two.")
        elif is_later and publish_at is None:
            self.add_error("publish_at", "Say when it is to become public.")
        elif is_later and publish_at <= now:
            message = f"This time has passed: in UTC it is {now:%Y-%m-%d %H:%M} now. Choose a later one."
            self.add_error("publish_at", message)

    @property
    def action(self) -> Action | None:
        """What was chosen for all; None when that is nothing that the desk can do."""
        name = self.data.get("action", "")
        return Action(name) if name in ACTIONS else None


def bare_helper() -> FormHelper:
    """Fields only: the tags of the form, its token and its buttons are in the template."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    return helper
