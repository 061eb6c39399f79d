"""The form in which readers say what is wrong."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comparisons.feedback.about import About
from comparisons.feedback.personal import find_personal
from comparisons.models.report import Reason
from editorial.languages import local_path

LONGEST = 5000
REASONS = (
    (Reason.WRONG.value, gettext_lazy("It is wrong")),
    (Reason.OLD.value, gettext_lazy("It is out of date")),
    (Reason.HARD.value, gettext_lazy("It is hard to understand")),
    (Reason.MISSING.value, gettext_lazy("Something is missing")),
    (Reason.BROKEN.value, gettext_lazy("The page does not work")),
    (Reason.OTHER.value, gettext_lazy("Something else")),
)


class FeedbackForm(forms.Form):
    """About one page, part or statement. Whoever fills in `homepage`, which nobody sees, is a program."""

    about = forms.CharField(required=False, widget=forms.HiddenInput)
    section = forms.CharField(required=False, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    fact = forms.CharField(required=False, widget=forms.HiddenInput)
    reason = forms.ChoiceField(
        label=gettext_lazy("What kind of problem is it"),
        choices=REASONS,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose what fits best."),
            "invalid_choice": gettext_lazy("Choose one of the answers in the list."),
        },
    )
    text = forms.CharField(
        label=gettext_lazy("What should we know"),
        help_text=gettext_lazy(
            "Say what is wrong and, if you can, where it is said better. Write nothing about yourself or about other "
            "people: no names, no addresses, nothing about anybody’s health."
        ),
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Say in a few words what is wrong.")},
    )
    homepage = forms.CharField(
        label=gettext_lazy("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, about: About, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._set(about=about.path, section=about.section, seen=about.seen, fact=about.fact.key if about.fact else "")
        if about.choices:
            self._offer(about)
        self.helper = FormHelper()
        self.helper.form_action = local_path("/feedback/")
        # A browser's own bubbles speak its language, not the page's, and vanish.
        self.helper.attrs = {"novalidate": True}
        self.helper.form_error_title = _("Your report was not sent yet")
        # No cookie for readers: where the form comes from is checked in another way.
        self.helper.disable_csrf = True
        # Not even by a screen reader, and not by the keyboard: `hidden` hides it from everybody.
        trap = Div("homepage", hidden=True)
        self.helper.layout = Layout("about", "section", "seen", "fact", "reason", "text", trap)
        self.helper.add_input(Submit("", _("Send the report")))

    @property
    def is_from_a_program(self) -> bool:
        return bool(self.data.get("homepage"))

    def clean_text(self) -> str:
        """Beside the field, and with what was typed kept: so it can be taken out."""
        text = self.cleaned_data["text"]
        if len(text) > LONGEST:
            too_long = _("This is too long: %(count)d characters. At most %(most)d are possible.")
            raise ValidationError(too_long % {"count": len(text), "most": LONGEST}, code="too_long")
        found = find_personal(text)
        if found:
            personal = _(
                "Take this out, for it looks like an e-mail address or a telephone number: %(found)s. "
                "We keep nothing about people. If it is another number, write it in another way."
            )
            raise ValidationError(personal % {"found": "; ".join(found)}, code="personal")
        return text

    def _set(self, **values: str) -> None:
        """What the form carries along is what this page says it is about, not what was sent."""
        self.initial.update(values)
        if self.is_bound:
            self.data = self.data.copy()
            for name, value in values.items():
                # The editions are those that the reader saw when the form was opened.
                self.data[name] = (name == "seen" and self.data.get(name)) or value

    def _offer(self, about: About) -> None:
        self.fields["fact"] = forms.ChoiceField(
            label=_("Which statement it is about"),
            required=False,
            choices=[("", _("The whole part: %(name)s") % {"name": about.section_name}), *about.choices],
        )
