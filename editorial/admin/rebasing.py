"""Puts the child rows that somebody typed onto the rows that are there by now.

A form knows its rows by their ids. When another person added, removed or restored rows meanwhile, the ids no longer
fit, and Django would refuse the form for ever. Here the typed rows find their rows again: by id, else by what tells
them apart for people; what finds none becomes a new row, and rows that were added meanwhile join the form.
"""

from typing import Any

from django import forms
from django.forms.formsets import DELETION_FIELD_NAME, INITIAL_FORM_COUNT, TOTAL_FORM_COUNT
from django.forms.models import BaseInlineFormSet
from django.http import QueryDict

Row = dict[str, list[str]]
_MOST_ROWS = 1000


def rebase(data: QueryDict, saved: BaseInlineFormSet, *, identity: str) -> None:
    """Rewrites the rows of one formset in `data`. `saved` is that formset, unbound, on what is saved now."""
    pk = saved.model._meta.pk.name
    typed = _take_rows(data, saved.prefix)
    forms_now = list(saved.initial_forms)
    matches = _match(typed, forms_now, pk=pk, identity=identity)
    rows = []
    for form in forms_now:
        mine = matches.get(str(form.instance.pk))
        row = dict(mine) if mine is not None else posted_values(form)
        rows.append({**row, pk: [str(form.instance.pk)]})
    used = [id(row) for row in matches.values()]
    new = [row for row in typed if id(row) not in used and not (_pk_of(row, pk) and DELETION_FIELD_NAME in row)]
    rows += [{**row, pk: [""]} for row in new]
    _put_rows(data, saved.prefix, rows, initial=len(forms_now))


def posted_values(form: forms.BaseForm) -> Row:
    """What a browser would send for the unbound form."""
    values: Row = {}
    for name, field in form.fields.items():
        value = form[name].value()
        if isinstance(field.widget, forms.CheckboxInput):
            values.update({name: ["on"]} if value else {})
        elif isinstance(value, list | tuple):
            values[name] = [str(field.prepare_value(entry)) for entry in value]
        else:
            text = field.widget.format_value(field.prepare_value(value))
            # The widget of a choice answers with a list of what is chosen.
            parts = text if isinstance(text, list) else ["" if text is None else text]
            values[name] = [str(part) for part in parts]
    return values


def _take_rows(data: QueryDict, prefix: str) -> list[Row]:
    total = data.get(f"{prefix}-{TOTAL_FORM_COUNT}", "")
    count = min(int(total), _MOST_ROWS) if total.isdecimal() else 0
    rows: list[Row] = []
    for index in range(count):
        start = f"{prefix}-{index}-"
        names = [name for name in data if name.startswith(start)]
        rows.append({name.removeprefix(start): data.pop(name) for name in names})
    return rows


def _put_rows(data: QueryDict, prefix: str, rows: list[Row], *, initial: int) -> None:
    data[f"{prefix}-{TOTAL_FORM_COUNT}"] = str(len(rows))
    data[f"{prefix}-{INITIAL_FORM_COUNT}"] = str(initial)
    for index, row in enumerate(rows):
        for name, values in row.items():
            data.setlist(f"{prefix}-{index}-{name}", values)


def _match(typed: list[Row], saved: list[forms.BaseForm], *, pk: str, identity: str) -> dict[str, Row]:
    """{id of a saved row: the typed row that belongs to it}."""
    found: dict[str, Row] = {}
    by_id = {str(form.instance.pk): form for form in saved}
    rest: list[Row] = []
    for row in typed:
        key = _pk_of(row, pk)
        if key in by_id:
            found[key] = row
        else:
            rest.append(row)
    left: dict[str, Any] = {
        _value(posted_values(form), identity): key for key, form in by_id.items() if key not in found
    }
    for row in rest:
        name = _value(row, identity)
        if name and _pk_of(row, pk) and name in left:
            found[left.pop(name)] = row
    return found


def _pk_of(row: Row, pk: str) -> str:
    return _value(row, pk)


def _value(row: Row, name: str) -> str:
    return (row.get(name) or [""])[-1]


__all__ = ["posted_values", "rebase"]
