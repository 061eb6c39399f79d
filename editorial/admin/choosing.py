"""Fields in which one finds an item by typing, without a query for each of them."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteMixin, AutocompleteSelect, AutocompleteSelectMultiple
from django.forms.models import ModelChoiceField


class _PreparedMixin(AutocompleteMixin):
    """Knows the labels of what is chosen in all rows of a form; Django asks for those of each field by itself."""

    labels: dict[str, str] | None = None
    """By the value; shared by the fields of all rows, because Django copies widgets shallowly."""

    def optgroups(self, name: str, value: Sequence[str], attrs: Any = None) -> list[Any]:
        chosen = [one for one in map(str, value) if one]
        if self.labels is None or not all(one in self.labels for one in chosen):
            return super().optgroups(name, value, attrs)
        is_empty = not self.is_required and not self.allow_multiple_selected
        options = [self.create_option(name, "", "", False, 0)] if is_empty else []
        options += [self.create_option(name, one, self.labels[one], True, place) for place, one in enumerate(chosen, 1)]
        return [(None, options, 0)]


class PreparedSelect(_PreparedMixin, AutocompleteSelect):
    pass


class PreparedSelectMultiple(_PreparedMixin, AutocompleteSelectMultiple):
    pass


def prepare(forms_of_rows: Iterable[forms.ModelForm]) -> None:
    """Reads what is chosen in these rows: one query for each field, however many rows there are."""
    by_name: dict[str, list[forms.BoundField]] = {}
    for form in forms_of_rows:
        for name, field in form.fields.items():
            if isinstance(_inner(field.widget), _PreparedMixin):
                by_name.setdefault(name, []).append(form[name])
    for bound in by_name.values():
        _prepare_field(bound)


def _prepare_field(bound: Sequence[forms.BoundField]) -> None:
    field = bound[0].field
    values = {value for one in bound for value in _values(field, one.value()) if value.isascii() and value.isdigit()}
    rows = field.queryset.filter(pk__in=values) if values else []
    labels = {str(row.pk): field.label_from_instance(row) for row in rows}
    for one in bound:
        _inner(one.field.widget).labels = labels


def _values(field: ModelChoiceField, value: Any) -> list[str]:
    prepared = field.prepare_value(value)
    several = prepared if isinstance(prepared, list | tuple | set) else [prepared]
    return [str(one) for one in several if one not in (None, "")]


def _inner(widget: forms.Widget) -> forms.Widget:
    """Without the buttons that the admin puts around it."""
    return getattr(widget, "widget", widget)
