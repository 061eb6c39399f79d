"""The forms of the desk: the filters of the queue, and the decision."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms

from editorial.models import Materiality, Review, User
from editorial.registry import list_kinds
from editorial.workflow import Action

ACTIONS = (Action.APPROVE, Action.REQUEST_CHANGES, Action.CONFIRM, Action.RETIRE)
_COMMENT_WANTED = {
    Action.REQUEST_CHANGES: "Say in the comment what should be changed.",
    Action.RETIRE: "Give the reason in the comment: the second person reads it before they consent.",
}


class FilterForm(forms.Form):
    """Filters by the address of the page. An unknown value becomes a sentence and is left out."""

    kind = forms.ChoiceField(required=False)
    condition = forms.ChoiceField(required=False)
    topic = forms.ChoiceField(required=False)
    person = forms.ChoiceField(required=False, label="Submitted by")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", "All kinds"), *_kinds()]
        self.fields["condition"].choices = [("", "All conditions"), *_conditions()]
        self.fields["topic"].choices = [("", "All topics"), *_topics()]
        self.fields["person"].choices = [("", "Everybody"), *_people()]
        for name, field in self.fields.items():
            field.error_messages["invalid_choice"] = f"There is no {name} “%(value)s”. The filter is left out."

    @property
    def helper(self) -> FormHelper:
        return _bare_helper()

    def chosen(self) -> dict[str, str]:
        """The known values, by filter."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


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
        return _bare_helper()

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


def _bare_helper() -> FormHelper:
    """Fields only: the tags of the form, its token and its buttons are in the template."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    return helper


def _kinds() -> list[tuple[str, str]]:
    return [(kind.name, kind.label[:1].upper() + kind.label[1:]) for kind in list_kinds()]


def _conditions() -> list[tuple[str, str]]:
    return _named({kind.condition_lookup for kind in list_kinds() if kind.condition_lookup == f"{kind.name}__slug"})


def _topics() -> list[tuple[str, str]]:
    return _named({kind.topic_lookup for kind in list_kinds() if kind.topic_lookup})


def _named(lookups: set[str]) -> list[tuple[str, str]]:
    """(slug, name) of what these lookups from Review find."""
    rows: set[tuple[str, str]] = set()
    for lookup in lookups:
        name = lookup.removesuffix("slug") + "name"
        rows.update(Review.objects.filter(**{f"{lookup}__isnull": False}).values_list(lookup, name).distinct())
    return sorted(rows, key=lambda row: row[1].casefold())


def _people() -> list[tuple[str, str]]:
    people = User.objects.filter(submitted_reviews__isnull=False).distinct().order_by("username")
    return [(person.username, person.display_name) for person in people]
