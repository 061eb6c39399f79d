"""The form of one remark. Its texts stand in the form of the decision, so each control names its own form."""

from collections.abc import Mapping, Sequence
from typing import Any, Self

from django import forms

from editorial.errors import CommentRefused
from editorial.models import Review

Fields = Sequence[tuple[str, str]]

FORM_ID = "remarks"
"""Forms cannot stand in each other: the one for all remarks of a page comes after the decision's."""


class RemarkForm(forms.Form):
    """What is wrong with a remark is the writer's to say: see `commenting.add`."""

    body = forms.CharField(required=False, label="Comment", widget=forms.Textarea(attrs={"rows": 2, "form": FORM_ID}))
    field = forms.CharField(required=False, label="About", widget=forms.Select(attrs={"form": FORM_ID}))

    def __init__(self, data: Any = None, *, review: Review, thread: int = 0, fields: Fields = ()) -> None:
        super().__init__(data, prefix=f"remark-{review.pk}-{thread}")
        self._place = {"review": review, "thread": thread, "fields": fields}
        if thread:
            self.fields["body"].label = "Your answer"
            del self.fields["field"]
        else:
            self.fields["field"].widget.choices = [("", "The whole item"), *fields]

    def with_refusal(self, sent: Mapping[str, str], error: CommentRefused) -> Self:
        """The form with what was typed, and why that was not taken."""
        form = type(self)({self.add_prefix(name): text for name, text in sent.items()}, **self._place)
        form.add_error(error.field if error.field in form.fields else "body", str(error))
        return form
