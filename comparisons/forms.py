"""Forms for readers."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.utils.translation import gettext as _

from conditions.naming import Name
from editorial.languages import local_path, say_in_content

LEAST, MOST = 2, 4


class ComparisonPicker(forms.Form):
    """Which conditions to compare: `?with=…&with=…`, two to four of them."""

    def __init__(self, names: Sequence[Name], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._names = {name.slug: name.full for name in names}
        # The field is called by a word that Python keeps for itself.
        self.fields["with"] = forms.MultipleChoiceField(
            label=_("Conditions to compare"),
            help_text=_("Choose two to four."),
            choices=[(name.slug, say_in_content(name.full)) for name in names],
            widget=forms.CheckboxSelectMultiple,
            error_messages={
                "required": _("Choose two to four conditions."),
                "invalid_choice": _("There is no condition “%(value)s” here. Choose from the list."),
            },
        )
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.form_action = local_path("/compare/")
        self.helper.form_class = "picker"
        self.helper.form_error_title = _("This comparison is not possible")
        self.helper.add_input(Submit("", _("Compare")))

    def clean(self) -> dict[str, Any]:
        chosen = self.cleaned_data.get("with", [])
        if chosen:
            self._check_number(chosen)
        return self.cleaned_data

    def _check_number(self, chosen: list[str]) -> None:
        twice = [self._names[slug] for slug, times in Counter(chosen).items() if times > 1]
        if twice:
            message = _("%(names)s cannot be compared with itself. Choose each condition once.")
            self.add_error("with", message % {"names": ", ".join(twice)})
        elif len(chosen) < LEAST:
            self.add_error("with", _("One condition alone cannot be compared. Choose at least one more."))
        elif len(chosen) > MOST:
            message = _("%(count)d are too many to read side by side. Choose four at most.")
            self.add_error("with", message % {"count": len(chosen)})
