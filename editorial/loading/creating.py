"""Writes many rows that are new, in a number of statements that does not depend on how many they are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

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
    """Saves new rows of one model with their children, each with its first version where the model has versions.

    What they name is saved already. Reviewed items become drafts, as they do when they are saved one by one.
    """
    pairs = [(row, _fill(row, row.model(), known)) for row in rows]
    made = [instance for _, instance in pairs]
    if isinstance(made[0], ReviewedItem):
        tracking.give_reviews([item for item in made if isinstance(item, ReviewedItem)])
    _save(pairs, known)
    children = [_create_children(row, instance, known) for row, instance in pairs]
    for some in _by_model(pair for members in children for pair in members):
        _save(some, known)
        # The name of a child, which its version keeps, may hold that of what it names.
        prefetch_related_objects([child for _, child in some], *some[0][0].links)
    if reversion.is_registered(type(made[0])):
        groups = [[one, *(child for _, child in some)] for one, some in zip(made, children, strict=True)]
        versions.record_new(groups, by=by, comment=comment)
    return made


def _create_children(row: Row, instance: Model, known: Known) -> Pairs:
    return [
        (child, _fill(child, child.model(**{children.parent: instance}), known))
        for children in row.children.values()
        for child in children.rows
    ]


def _fill(row: Row, instance: Model, known: Known) -> Model:
    for name, value in row.values.items():
        setattr(instance, name, value)
    for name, link in row.links.items():
        if link in known.instances:
            setattr(instance, name, known.instances[link])
        else:
            setattr(instance, row.model._meta.get_field(name).attname, known.key_of(link))
    return instance


def _save(pairs: Pairs, known: Known) -> None:
    """Rows of one model, with what their lists name."""
    model = type(pairs[0][1])
    model._default_manager.bulk_create([instance for _, instance in pairs], batch_size=_AT_ONCE)
    lists = [field for field in model._meta.many_to_many if field.remote_field.through._meta.auto_created]
    for field in lists:
        _save_list(field, pairs, known)
    # Else each version would ask for them.
    prefetch_related_objects([instance for _, instance in pairs], *(field.name for field in lists))


def _save_list(field: ManyToManyField, pairs: Pairs, known: Known) -> None:
    through, own, other = field.remote_field.through, field.m2m_field_name(), field.m2m_reverse_field_name()
    through._base_manager.bulk_create(
        [
            through(**{f"{own}_id": instance.pk, f"{other}_id": key})
            for row, instance in pairs
            for key in {known.key_of(link): None for link in row.sets.get(field.name, ())}
        ],
        batch_size=_AT_ONCE,
    )


def _by_model(pairs: Iterable[tuple[Row, Model]]) -> list[Pairs]:
    found: dict[type[Model], Pairs] = {}
    for row, instance in pairs:
        found.setdefault(type(instance), []).append((row, instance))
    return list(found.values())
