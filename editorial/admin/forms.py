"""The form of a reviewed item."""

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import QueryDict

from editorial.admin.conflict import Conflict, read_state
from editorial.admin.fields import CommentField

RECORD_FIELDS = ("change_comment", "loaded_state")


class ConstraintForm(forms.ModelForm):
    """A form that says in a sentence, beside a field, what a database constraint demands."""

    constraint_messages: dict[str, tuple[str, str]] = {}
    """{name of the constraint: (field, sentence)}."""

    def _update_errors(self, errors: ValidationError) -> None:
        if not hasattr(errors, "error_dict"):
            super()._update_errors(errors)
            return
        found = dict(errors.error_dict)
        general = found.pop(NON_FIELD_ERRORS, [])
        found[NON_FIELD_ERRORS] = [error for error in general if not self._explain(error)]
        super()._update_errors(ValidationError({field: listed for field, listed in found.items() if listed}))

    def _explain(self, error: ValidationError) -> bool:
        """Whether the error is a constraint's, and stands beside its field in a sentence by now."""
        for name, (field, sentence) in self.constraint_messages.items():
            if f"“{name}”" in str(error.message):
                self.add_error(field if field in self.fields else None, ValidationError(sentence, code=name))
                return True
        return False


class ItemForm(ConstraintForm):
    """Carries the state in which the item was loaded, and a remark for its history."""

    change_comment = CommentField(
        label="What did you change?",
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text="One sentence for the history and the reviewer; never public. "
        "If you leave it empty, the names of the changed fields are noted.",
    )
    loaded_state = forms.CharField(required=False, widget=forms.HiddenInput)

    conflict: Conflict | None = None
    """Set by the admin on the class that it makes for a request in which somebody else was faster."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "loaded_state" in self.fields and not self.is_bound:
            self.initial["loaded_state"] = read_state(self.instance)

    @property
    def changed_data(self) -> list[str]:
        return [name for name in super().changed_data if name not in RECORD_FIELDS]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.conflict is not None:
            # The next save is deliberate: it knows what was saved meanwhile.
            self.data: QueryDict = self.data.copy()
            self.data[self.add_prefix("loaded_state")] = self.conflict.state
            self.add_error(None, ValidationError(self.conflict.sentence, code="conflict"))
        return cleaned
