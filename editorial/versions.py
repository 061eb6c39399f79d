"""Versions of items: the first ones of many, reading old ones, and writing one back as a new draft."""

from collections.abc import Iterator, Sequence
from typing import Any

import reversion
from django.contrib.contenttypes.models import ContentType
from django.core import serializers
from django.db import DEFAULT_DB_ALIAS, IntegrityError, models
from django.utils import timezone
from reversion.errors import RevertError
from reversion.models import Revision, Version

from editorial import tracking
from editorial.errors import TransitionNotAllowed
from editorial.models import ReviewedItem, User
from editorial.registry import Child, kind_of

_AT_ONCE = 500
"""So many rows are written by one statement."""


def list_versions(item: ReviewedItem) -> models.QuerySet[Version]:
    """The item's versions, newest first, with revision and person."""
    return Version.objects.get_for_object(item).select_related("revision__user")


def record_new(groups: Sequence[Sequence[models.Model]], *, by: User | None, comment: str) -> None:
    """The first versions of rows that were saved many at a time: one revision for each group, an item with its parts.

    As django-reversion writes them one by one, in a constant number of statements.
    """
    at = timezone.now()
    new = [Revision(date_created=at, user=by, comment=comment) for _ in groups]
    revisions = Revision.objects.bulk_create(new, batch_size=_AT_ONCE)
    found = [_first(row, revision) for revision, group in zip(revisions, groups, strict=True) for row in group]
    Version.objects.bulk_create(found, batch_size=_AT_ONCE)
    tracking.note_versions(found, by=by)


def _first(row: models.Model, revision: Revision) -> Version:
    return Version(
        revision=revision,
        content_type=ContentType.objects.get_for_model(row),
        object_id=str(row.pk),
        db=DEFAULT_DB_ALIAS,
        format="json",
        serialized_data=serializers.serialize("json", (row,)),
        object_repr=str(row),
    )


def apply(version: Version, item: ReviewedItem, *, by: User) -> None:
    """Writes the version's fields and child rows to the item, as one new revision.

    Raises TransitionNotAllowed when the version belongs to another item or names rows that are gone.
    """
    if version.object_id != str(item.pk) or version.content_type.model_class() is not type(item):
        raise TransitionNotAllowed({item: f"That version does not belong to “{item}”."})
    try:
        with reversion.create_revision():
            reversion.set_user(by)
            reversion.set_comment(f"Restored the version of {version.revision.date_created:%Y-%m-%d %H:%M}.")
            _write_item(version, item)
            for child in kind_of(item).children:
                _write_children(version, item, child)
    except IntegrityError as error:
        message = f"That version of “{item}” does not fit what was saved since: its address or a part of it is taken."
        raise TransitionNotAllowed({item: message}) from error


def _write_item(version: Version, item: ReviewedItem) -> None:
    kept = {"review_id", *kind_of(item).fixed_fields}
    current = type(item)._default_manager.get(pk=item.pk)
    _write(current, version, item, kept=kept)


def _write_children(version: Version, item: ReviewedItem, child: Child) -> None:
    """Makes the child rows those of the version. They keep their ids, so what points to one still does."""
    old = {int(row.object_id): row for row in list_child_versions(version, item, child)}
    there = {row.pk: row for row in child.model._default_manager.filter(**{child.parent: item})}
    for pk in there.keys() - old.keys():
        _delete(there[pk], item)
    for pk in sorted(old):
        _write(there.get(pk) or child.model(pk=pk), old[pk], item, kept=set())


def list_child_versions(version: Version, item: ReviewedItem, child: Child) -> Iterator[Version]:
    """The versions of the item's own rows of that model, out of the same revision."""
    parent = child.model._meta.get_field(child.parent).attname
    for row in version.revision.version_set.all():
        if row.content_type.model_class() is child.model and str(_fields(row, item).get(parent)) == str(item.pk):
            yield row


def _delete(row: models.Model, item: ReviewedItem) -> None:
    try:
        row.delete()
    except models.ProtectedError as error:
        message = f"That version of “{item}” has no “{row}”, and other content belongs to it. Move that first."
        raise TransitionNotAllowed({item: message}) from error


def _write(target: models.Model, version: Version, item: ReviewedItem, *, kept: set[str]) -> None:
    names = {field.attname: field for field in target._meta.concrete_fields}
    values = _fields(version, item)
    for name, value in values.items():
        field = names.get(name)
        if field is not None and not field.primary_key and name not in kept:
            _check_target(field, value, item)
            setattr(target, name, value)
    target.save()
    for field in target._meta.many_to_many:
        if field.name in values:
            keys = values[field.name]
            found = field.related_model._default_manager.filter(pk__in=keys)
            if found.count() != len(set(keys)):
                _refuse_gone(item)
            getattr(target, field.name).set(found)


def _check_target(field: models.Field, value: Any, item: ReviewedItem) -> None:
    if not isinstance(field, models.ForeignKey) or value is None:
        return
    if not field.related_model._default_manager.filter(**{field.target_field.name: value}).exists():
        _refuse_gone(item)


def _fields(version: Version, item: ReviewedItem) -> dict[str, Any]:
    try:
        return version.field_dict
    except RevertError as error:
        message = f"That version of “{item}” was saved by an older form of the site and cannot be restored."
        raise TransitionNotAllowed({item: message}) from error


def _refuse_gone(item: ReviewedItem) -> None:
    raise TransitionNotAllowed({item: f"That version of “{item}” names something that was deleted since."})
