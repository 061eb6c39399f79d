"""The form by which readers narrow the list of updates."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from comparisons.updates import KINDS

MOST_PAGES = 10_000


class UpdateFilter(forms.Form):
    """Which updates to list: `?condition=…&kind=…&page=…`."""

    condition = forms.ChoiceField(
        required=False,
        label=_("About"),
        error_messages={"invalid_choice": _("There is no condition “%(value)s” here. Choose from the list.")},
    )
    kind = forms.ChoiceField(
        required=False,
        label=_("Kind of page"),
        choices=[("", _("All pages")), *KINDS.items()],
        error_messages={"invalid_choice": _("There is no kind of page “%(value)s” here. Choose from the list.")},
    )
    page = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=MOST_PAGES,
        widget=forms.HiddenInput,
        error_messages={
            name: _("The number of the page is not one that this list has.")
            for name in ("invalid", "min_value", "max_value")
        },
    )

    def __init__(self, data: QueryDict, *, conditions: Sequence[Mapping[str, Any]]) -> None:
        super().__init__(data)
        self._tags = {row["slug"]: f"condition:{row['subject_id']}" for row in conditions}
        names = [(row["slug"], row["name"]) for row in conditions]
        self.fields["condition"].choices = [("", _("All conditions")), *names]

    @property
    def tag(self) -> str:
        """What marks the editions about the chosen condition."""
        return self._tags.get(self.cleaned_data["condition"], "")

    def address(self, page: int) -> str:
        """The query of another page of the same list."""
        chosen = {name: self.cleaned_data[name] for name in ("condition", "kind") if self.cleaned_data[name]}
        return f"?{urlencode({**chosen, 'page': page})}"
