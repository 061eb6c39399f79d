"""The form that asks who should review, and until when."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from editorial.models import Review, User
from editorial.permissions import DECIDE


class _PersonField(forms.ModelChoiceField):
    def label_from_instance(self, obj: User) -> str:
        return obj.display_name


class AssignForm(forms.Form):
    """Who should review, and until when. With the button “Assign to nobody” neither is asked."""

    reviewer = _PersonField(
        queryset=User.objects.none(),
        label="Assign to",
        empty_label="Choose a person",
        error_messages={
            "required": "Choose the person who should review.",
            "invalid_choice": "This person may not decide here, or has left. Choose another.",
        },
    )
    due_on = forms.DateField(
        required=False,
        label="Until",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "This is no date. Write it as year-month-day, such as 2027-01-31."},
    )

    def __init__(self, data: Any = None, *, today: date, **kwargs: Any) -> None:
        super().__init__(data, auto_id="assign_%s", **kwargs)
        self.today = today
        self.fields["reviewer"].queryset = list_reviewers()
        self.fields["reviewer"].required = not self.is_for_nobody

    @property
    def is_for_nobody(self) -> bool:
        return self.is_bound and "nobody" in self.data

    def clean_due_on(self) -> date | None:
        due_on = self.cleaned_data["due_on"]
        if due_on is not None and due_on < self.today and not self.is_for_nobody:
            raise forms.ValidationError(f"{due_on:%-d %B %Y} has passed. Choose today or a day to come.")
        return due_on


def list_reviewers() -> QuerySet[User]:
    """Active staff who may decide, by name."""
    backend = "django.contrib.auth.backends.ModelBackend"
    people = User.objects.with_perm(DECIDE, backend=backend).filter(is_staff=True)
    return people.order_by("first_name", "last_name", "username")


def describe_now(reviews: Iterable[Review]) -> dict[str, Any]:
    """What the form shows at first: the assignment that all of the items have, if they have one."""
    found = {(review.reviewer_id, review.due_on) for review in reviews}
    reviewer, due_on = found.pop() if len(found) == 1 else (None, None)
    return {"reviewer": reviewer, "due_on": due_on}
