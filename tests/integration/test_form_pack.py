"""The markup of our forms: what assistive technology needs stands in it."""

import pytest
from bs4 import BeautifulSoup
from crispy_forms.helper import FormHelper
from crispy_forms.layout import ButtonHolder, Column, Div, Field, Fieldset, Hidden, Layout, Reset, Row, Submit
from crispy_forms.utils import render_crispy_form
from django import forms


class Sample(forms.Form):
    name = forms.CharField(help_text="As on the door.")
    remark = forms.CharField(required=False, widget=forms.Textarea)
    pick = forms.MultipleChoiceField(choices=[("a", "First"), ("b", "Second")], widget=forms.CheckboxSelectMultiple)
    kind = forms.ChoiceField(choices=[("x", "One"), ("y", "Other")], widget=forms.RadioSelect)
    sure = forms.BooleanField(label="I am sure")
    token = forms.CharField(widget=forms.HiddenInput)


def render(form, *, layout=None, method="get"):
    form.helper = FormHelper()
    form.helper.form_method = method
    if layout is not None:
        form.helper.layout = layout
    form.helper.add_input(Submit("", "Send"))
    return BeautifulSoup(render_crispy_form(form, context={"csrf_token": "the-token"}), "html5lib")


def errors_of(page, name):
    return page.find(id=f"id_{name}_error").get_text(" ", strip=True)


def test_each_control_has_its_label():
    page = render(Sample())

    for control in page.select("input:not([type=hidden]), textarea"):
        assert page.find("label", attrs={"for": control["id"]}), control


def test_choices_stand_in_a_fieldset_with_a_legend():
    page = render(Sample())

    for name in ("pick", "kind"):
        fieldset = page.find("input", attrs={"name": name}).find_parent("fieldset")
        assert fieldset.find("legend").get_text(strip=True) == name.title()


def test_the_error_summary_links_to_a_control_that_is_there():
    page = render(Sample({"remark": "kept"}))

    links = page.select(".error-summary a")
    assert len(links) == 4
    for link in links:
        assert page.find(id=link["href"].removeprefix("#")).name in ("input", "textarea")


def test_errors_stand_beside_their_field_and_are_announced_with_it():
    page = render(Sample({"remark": "kept"}))

    name = page.find(id="id_name")
    assert errors_of(page, "name") == "Error: This field is required."
    assert name["aria-invalid"] == "true"
    assert name["aria-describedby"].split() == ["id_name_helptext", "id_name_error"]
    assert page.find(id="id_pick_error")
    assert page.find("textarea").get_text(strip=True) == "kept"


def test_an_error_of_a_hidden_field_and_of_the_whole_form_are_told():
    form = Sample({"name": "x"})
    form.add_error(None, "These do not fit together.")

    page = render(form)

    told = page.select_one(".error-summary").get_text()
    assert "These do not fit together." in told
    assert told.count("This field is required.") == 4


def test_optional_fields_say_so_in_a_word():
    page = render(Sample())

    assert "optional" in page.find("label", attrs={"for": "id_remark"}).get_text()
    assert "optional" not in page.find("label", attrs={"for": "id_name"}).get_text()


def test_only_forms_that_post_carry_a_token():
    assert render(Sample()).find("input", attrs={"name": "csrfmiddlewaretoken"}) is None
    assert render(Sample(), method="post").find("input", attrs={"name": "csrfmiddlewaretoken"})


def test_every_piece_of_a_layout_has_its_template():
    layout = Layout(
        Fieldset("Who", Field("name"), css_id="who"),
        Row(Column("remark"), css_class="pair"),
        Div("pick", "kind"),
        Hidden("step", "2"),
        ButtonHolder(Submit("save", "Save draft"), Reset("clear", "Start again")),
    )

    page = render(Sample(), layout=layout)

    assert page.select_one("fieldset#who legend").get_text() == "Who"
    assert page.select_one(".pair textarea")
    assert page.find("input", attrs={"name": "step"})["value"] == "2"
    assert [b["type"] for b in page.select(".buttons button")][:2] == ["submit", "reset"]


@pytest.mark.parametrize("is_valid", [True, False])
def test_formsets_have_their_management_form_and_summary(is_valid):
    class Strict(forms.BaseFormSet):
        def clean(self):
            if not is_valid:
                raise forms.ValidationError("Not like this.")

    formset = forms.formset_factory(Sample, formset=Strict, extra=1)(
        {"form-TOTAL_FORMS": "0", "form-INITIAL_FORMS": "0"}
    )
    formset.is_valid()
    helper = FormHelper()

    page = BeautifulSoup(render_crispy_form(formset, helper, context={}), "html5lib")

    assert page.find("input", attrs={"name": "form-TOTAL_FORMS"})
    assert ("Not like this." in page.get_text()) is not is_valid
