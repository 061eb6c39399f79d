"""Writes many rows that are new, in a number of statements that does not depend on how many they are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import reversion
from django.db.models import ManyToManyField, Model, prefetch_related_objects

from editorial import tracking, versions
from editorial.loading.rows import Link, Row
from editorial.models import ReviewedItem, User

_AT_ONCE = 500
"""So many rows are written by one statement."""
Pairs = list[tuple[Row, Model]]


@dataclass(frozen=True)
class Known:
    """The rows that others may name: those that were written here, and the keys of all."""

    instances: Mapping[Link, Model]
    keys: Mapping[Link, int]

    def key_of(self, link: Link | None) -> int | None:
        return self.keys.get(link) if link else None


def create(rows: Sequence[Row], known: Known, *, by: User | None, comment: str) -> list[Model]:
    """Saves new rows of one model with their children, as `save_new` does. What they name is saved already."""
    groups = [_make_group(row, known) for row in rows]
    instances = [[instance for _, instance in group] for group in groups]
    _save_rows(instances)
    for pairs in _by_model(pair for group in groups for pair in group):
        for field in _list_fields(type(pairs[0][1])):
            _save_list(field, pairs, known)
    _record(instances, by=by, comment=comment)
    return [item for item, *_ in instances]


def save_new(groups: Sequence[Sequence[Model]], *, by: User | None, comment: str) -> None:
    """Saves new items of one model, each with its own rows after it and with its first version.

    They become drafts, as they do when they are saved one by one, in a constant number of statements.
    """
    _save_rows(groups)
    _record(groups, by=by, comment=comment)


def _make_group(row: Row, known: Known) -> Pairs:
    """The row and its children, with their new instances."""
    instance = _fill(row, row.model(), known)
    children = [
        (child, _fill(child, child.model(**{of.parent: instance}), known))
        for of in row.children.values()
        for child in of.rows
    ]
    return [(row, instance), *children]


def _fill(row: Row, instance: Model, known: Known) -> Model:
    for name, value in row.values.items():
        setattr(instance, name, value)
    for name, link in row.links.items():
        if link in known.instances:
            setattr(instance, name, known.instances[link])
        else:
            setattr(instance, row.model._meta.get_field(name).attname, known.key_of(link))
    return instance


def _save_rows(groups: Sequence[Sequence[Model]]) -> None:
    items = [item for item, *_ in groups]
    if isinstance(items[0], ReviewedItem):
        tracking.give_reviews(items)
    children = [(None, child) for _, *members in groups for child in members]
    for some in (items, *([child for _, child in pairs] for pairs in _by_model(children))):
        type(some[0])._default_manager.bulk_create(some, batch_size=_AT_ONCE)


def _record(groups: Sequence[Sequence[Model]], *, by: User | None, comment: str) -> None:
    if not reversion.is_registered(type(groups[0][0])):
        return
    # Else each version would ask for the rows that it lists, and for the names in that of a child.
    for pairs in _by_model((None, row) for group in groups for row in group):
        rows = [row for _, row in pairs]
        prefetch_related_objects(rows, *(field.name for field in _list_fields(type(rows[0]))))
    for pairs in _by_model((None, child) for _, *members in groups for child in members):
        rows = [row for _, row in pairs]
        prefetch_related_objects(rows, *(f.name for f in type(rows[0])._meta.concrete_fields if f.many_to_one))
    versions.record_new(groups, by=by, comment=comment)


def _list_fields(model: type[Model]) -> list[ManyToManyField]:
    return [field for field in model._meta.many_to_many if field.remote_field.through._meta.auto_created]


def _save_list(field: ManyToManyField, pairs: Pairs, known: Known) -> None:
    """What the lists of these rows name."""
    through, own, other = field.remote_field.through, field.m2m_field_name(), field.m2m_reverse_field_name()
    through._base_manager.bulk_create(
        [
            through(**{f"{own}_id": instance.pk, f"{other}_id": key})
            for row, instance in pairs
            for key in {known.key_of(link): None for link in row.sets.get(field.name, ())}
        ],
        batch_size=_AT_ONCE,
    )


def _by_model(pairs: Iterable[tuple[Any, Model]]) -> list[list[tuple[Any, Model]]]:
    found: dict[type[Model], list[tuple[Any, Model]]] = {}
    for pair in pairs:
        found.setdefault(type(pair[1]), []).append(pair)
    return list(found.values())
