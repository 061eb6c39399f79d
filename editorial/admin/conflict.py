"""Two people who edit the same item: the second save is refused, with both texts shown and nothing lost."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Model
from django.forms.formsets import DELETION_FIELD_NAME
from django.forms.models import BaseInlineFormSet
from django.utils import timezone

from editorial.differences import Change
from editorial.freezing import digest_of
from editorial.models import ReviewedItem, User
from editorial.registry import kind_of
from editorial.versions import list_versions


@dataclass(frozen=True)
class Conflict:
    state: str
    """What is saved now; a form that carries it is a deliberate answer to what was saved meanwhile."""
    sentence: str


_NO_TEXT = (DELETION_FIELD_NAME, "picture_removed")
"""What is pressed and not written: its effect is told by another row."""


def read_state(item: ReviewedItem) -> str:
    """A digest of all that the item's form can change, with its child rows, as the database has it now."""
    rows: list[Model] = list(type(item)._default_manager.filter(pk=item.pk))
    for child in kind_of(item).children:
        relations = [field.name for field in child.model._meta.many_to_many]
        children = child.model._default_manager.filter(**{child.parent: item.pk}).order_by("pk")
        rows += children.prefetch_related(*relations)
    return digest_of([_values(row) for row in rows])


def find_conflict(item: ReviewedItem, *, loaded: str, by: User) -> Conflict | None:
    """What to tell the person who loaded the form in another state than the item is in by now."""
    current = read_state(item)
    return None if loaded == current else Conflict(current, _describe(item, by))


def list_clashes(form: forms.ModelForm, formsets: Iterable[BaseInlineFormSet]) -> list[Change]:
    """Each field in which what was typed differs from what is saved now, child rows too."""
    clashes = list(_form_clashes(form))
    for formset in formsets:
        for row in formset.forms:
            clashes += _row_clashes(formset, row)
    return clashes


def _values(row: Model) -> list[Any]:
    plain = [field.value_to_string(row) for field in row._meta.concrete_fields]
    related = [sorted(obj.pk for obj in getattr(row, field.name).all()) for field in row._meta.many_to_many]
    return [row._meta.label, plain, related]


def _describe(item: ReviewedItem, by: User) -> str:
    version = list_versions(item).first()
    user = version.revision.user if version else None
    who = "You" if user == by else user.display_name if user else "Somebody"
    where = ", in another window," if user == by else ""
    when = f" on {timezone.localtime(version.revision.date_created):%-d %B %Y at %H:%M}" if version else ""
    return (
        f"{who}{where} saved this {item._meta.verbose_name}{when}, after you opened it, so your save was held back. "
        "Both texts are shown below, and the form still holds what you typed. "
        "Save again to put yours in the place of what was saved, or change it first."
    )


def _form_clashes(form: forms.ModelForm, prefix: str = "") -> Iterator[Change]:
    for name in form.changed_data:
        field = form.fields[name]
        if name in _NO_TEXT:
            continue
        label = f"{prefix}{field.label or name}"
        saved = _as_text(field, form.get_initial_for_field(field, name))
        yours = _as_text(field, form[name].data)
        yield Change(label, name, saved, yours)


def _row_clashes(formset: BaseInlineFormSet, row: forms.ModelForm) -> Iterator[Change]:
    noun = str(row._meta.model._meta.verbose_name).capitalize()
    title = f"{noun} (new): " if row.instance.pk is None else f"{noun} “{row.instance}”: "
    if formset.can_delete and formset._should_delete_form(row):
        yield Change(title.removesuffix(": "), formset.prefix, "kept", "to be removed")
    else:
        yield from _form_clashes(row, title)


def _as_text(field: forms.Field, value: Any) -> str:
    if isinstance(field, forms.BooleanField):
        return "yes" if field.to_python(value) else "no"
    if isinstance(field, forms.FileField):
        return str(getattr(value, "name", value) or "")
    if isinstance(field, forms.ModelChoiceField):
        return _chosen(field, value)
    value = field.prepare_value(value)
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(value, value))
    text = field.widget.format_value(value)
    return "" if text is None else str(text)


def _chosen(field: forms.ModelChoiceField, value: Any) -> str:
    keys = value if isinstance(value, list | tuple) else [value]
    name = field.to_field_name or "pk"
    wanted = [field.prepare_value(key) for key in keys if key not in (None, "")]
    try:
        rows = list(field.queryset.filter(**{f"{name}__in": wanted}))
    except (ValueError, TypeError):
        rows = []
    return ", ".join(sorted(field.label_from_instance(row) for row in rows))


__all__ = ["Conflict", "find_conflict", "list_clashes", "read_state"]
