"""The rows that belong to an item, edited on its page."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import ValidationError
from django.db.models import QuerySet, TextField, UniqueConstraint
from django.forms.models import BaseInlineFormSet
from django.utils.functional import cached_property

from editorial.admin.choosing import PreparedSelect, PreparedSelectMultiple, prepare
from editorial.admin.forms import ConstraintForm


class RowForm(ConstraintForm):
    """A row with a place in an order. An empty place means: at the end."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "position" in self.fields:
            self.fields["position"].required = False
            self.fields["position"].widget.attrs["class"] = "vSmallIntegerField"
            if self.instance._state.adding:
                self.initial["position"] = None

    def _get_validation_exclusions(self) -> set[str]:
        # Places are compared row with row by the formset: two rows that swap theirs are right together, though each
        # alone would meet the other's old place in the database.
        return {*super()._get_validation_exclusions(), "position"}


class RowFormSet(BaseInlineFormSet):
    """Compares the rows of an item with each other, where the database would only see them one by one."""

    def clean(self) -> None:
        super().clean()
        rows = [form for form in self.forms if self._is_kept(form)]
        for constraint in self.model._meta.constraints:
            if isinstance(constraint, UniqueConstraint) and (constraint.condition or "position" in constraint.fields):
                for name in {*constraint.fields} - {self.fk.name}:
                    _check_once(rows, name)
        _place_last(rows)

    def _is_kept(self, form: forms.ModelForm) -> bool:
        if not hasattr(form, "cleaned_data") or self._should_delete_form(form):
            return False
        return form.instance.pk is not None or form.has_changed()

    def get_queryset(self) -> QuerySet[Any]:
        """With all that is chosen in several fields: a row would ask for each of them."""
        if not hasattr(self, "_queryset"):
            several = [field.name for field in self.model._meta.many_to_many]
            self._queryset = super().get_queryset().prefetch_related(*several)
        return self._queryset

    @cached_property
    def forms(self) -> list[Any]:
        rows = super().forms
        prepare(rows)
        return rows


def _check_once(rows: list[forms.ModelForm], name: str) -> None:
    seen = set()
    for form in rows:
        value = form.cleaned_data.get(name)
        if value is not None and value in seen:
            label = str(form.fields[name].label).lower()
            form.add_error(name, ValidationError(f"Another row has the same {label}: “{value}”.", code="twice"))
        seen.add(value)


def _place_last(rows: list[forms.ModelForm]) -> None:
    """Rows without a place go to the end, in the order in which they stand in the form."""
    places = [form.cleaned_data.get("position") for form in rows]
    following = max((place for place in places if place is not None), default=-1) + 1
    for form in rows:
        if "position" in form.fields and form.cleaned_data.get("position") is None:
            form.cleaned_data["position"] = form.instance.position = following
            following += 1


def without_deletion(field: Any) -> Any:
    """The form field, without the button that deletes what is chosen in it: too near to what is meant."""
    if isinstance(getattr(field, "widget", None), RelatedFieldWidgetWrapper):
        field.widget.can_delete_related = False
    return field


class StackedRows(admin.StackedInline):
    """Rows one below the other: in a row of a table the fields would have no labels of their own."""

    form = RowForm
    formset = RowFormSet
    extra = 0

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name in self.autocomplete_fields:
            kwargs["widget"] = PreparedSelect(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name in self.autocomplete_fields:
            kwargs["widget"] = PreparedSelectMultiple(db_field, self.admin_site)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        field = without_deletion(super().formfield_for_dbfield(db_field, request, **kwargs))
        if isinstance(db_field, TextField) and field is not None:
            field.widget.attrs["rows"] = 3
        return field
