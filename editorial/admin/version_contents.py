"""What an approval of an old version would bind: the version made into an item in memory. Nothing is written."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import ForeignKey, Model, prefetch_related_objects
from reversion.errors import RevertError
from reversion.models import Version

from editorial.models import ReviewedItem
from editorial.registry import Frozen, kind_of
from editorial.versions import list_child_versions


def freeze_version(version: Version, item: ReviewedItem) -> Frozen | None:
    """The content of that version, in the form of an approval's; None when it names what was deleted since, or was
    saved by an older form of the site.

    What it names is taken as it is now, as it would be if the version were restored.
    """
    kind = kind_of(item)
    try:
        made = _make(type(item), version.field_dict)
        for child in kind.children:
            rows = [_make(child.model, row.field_dict) for row in list_child_versions(version, item, child)]
            _fill(made, child.accessor, sorted(rows, key=lambda row: (getattr(row, "position", 0), row.pk)))
            _load_relations(rows)
        return kind.freeze(made)
    except (RevertError, ObjectDoesNotExist, TypeError, ValueError):
        return None


def _make(model: type[Model], values: dict[str, Any]) -> Model:
    columns = {field.attname for field in model._meta.concrete_fields}
    made = model(**{name: value for name, value in values.items() if name in columns})
    made._state.adding = False
    for field in model._meta.many_to_many:
        if field.remote_field.through._meta.auto_created:
            keys = {str(key) for key in values.get(field.name, ())}
            found = list(field.related_model._default_manager.filter(pk__in=keys))
            if len(found) != len(keys):
                raise ObjectDoesNotExist(f"{model._meta.label}.{field.name} names what is gone.")
            _fill(made, field.name, found)
    return made


def _fill(item: Model, relation: str, rows: Iterable[Model]) -> None:
    """As if the relation had been prefetched."""
    cache = getattr(item, "_prefetched_objects_cache", {})
    item._prefetched_objects_cache = {**cache, relation: list(rows)}


def _load_relations(rows: list[Model]) -> None:
    names = {f.name for row in rows for f in row._meta.concrete_fields if isinstance(f, ForeignKey)}
    if names:
        prefetch_related_objects(rows, *names)
