"""Notices every save of an item, by whatever writer, and has its Review brought up to date."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import Any

import reversion
from django.db import models, transaction
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from reversion.models import Revision, Version
from reversion.signals import post_revision_commit

from editorial.models import Review, ReviewedItem
from editorial.registry import find_child, get_kind, list_definition_finders


@contextmanager
def together() -> Iterator[None]:
    """Brings the Reviews of all that is saved inside up to date once, at the end: for many items at a time.

    No action may be called inside: it would find the Reviews as they were.
    """
    saved: list[tuple[ReviewedItem, Any]] = []
    token = _saved.set(saved)
    try:
        yield
    finally:
        _saved.reset(token)
    by_user: dict[Any, dict[tuple[str, int], ReviewedItem]] = {}
    for item, by in saved:
        by_user.setdefault(by, {})[item.item_kind, item.pk] = item
    for by, items in by_user.items():
        _record(list(items.values()), by=by)


_saved: ContextVar[list[tuple[ReviewedItem, Any]] | None] = ContextVar("editorial_saved_together", default=None)


def connect() -> None:
    pre_save.connect(ensure_review, dispatch_uid="editorial.ensure_review")
    post_save.connect(note_save, dispatch_uid="editorial.note_save")
    post_delete.connect(note_delete, dispatch_uid="editorial.note_delete")
    m2m_changed.connect(note_relation, dispatch_uid="editorial.note_relation")
    post_revision_commit.connect(note_revision, dispatch_uid="editorial.note_revision")


def ensure_review(sender: type[models.Model], instance: models.Model, raw: bool, **kwargs: Any) -> None:
    """A new item, or a copy of one, starts with a Review of its own."""
    if not isinstance(instance, ReviewedItem) or not instance._state.adding:
        return
    if raw and instance.review_id and Review.objects.filter(pk=instance.review_id).exists():
        return
    instance.review = Review.objects.get_or_create(kind=instance.item_kind, key=instance.key_value)[0]


def note_save(sender: type[models.Model], instance: models.Model, raw: bool, **kwargs: Any) -> None:
    item = _item_of(instance) if not raw or isinstance(instance, ReviewedItem) else None
    if raw and item is not None:
        # A fixture may name rows that come later in the file, so look when all of it is there.
        transaction.on_commit(partial(_record, [item]))
    elif item is not None and not reversion.is_active():
        _record([item])
    elif item is None and not raw and not reversion.is_active():
        _record_dependents(instance)
    if isinstance(instance, ReviewedItem) and reversion.is_active():
        # The Review changes when the revision ends; whoever asks this instance then must see it anew.
        instance._state.fields_cache.pop("review", None)


def note_delete(sender: type[models.Model], instance: models.Model, **kwargs: Any) -> None:
    if isinstance(instance, ReviewedItem):
        Review.objects.filter(pk=instance.review_id, decisions__isnull=True).delete()
        return
    item = _item_of(instance)
    if item is None or not type(item)._default_manager.filter(pk=item.pk).exists():
        return
    if reversion.is_active():
        reversion.add_to_revision(item)
    else:
        _record([item])


def note_relation(sender: Any, instance: models.Model, action: str, reverse: bool, **kwargs: Any) -> None:
    if not action.startswith("post_"):
        return
    if reverse:
        related = kwargs["model"]._default_manager.filter(pk__in=kwargs["pk_set"] or ())
        owners = list(related) if issubclass(kwargs["model"], models.Model) else []
    else:
        owners = [instance]
    items = [item for item in map(_item_of, owners) if item is not None]
    if items and not reversion.is_active():
        _record(items)


def note_revision(sender: Any, revision: Revision, versions: Iterable[Version], **kwargs: Any) -> None:
    """Every item in the revision was saved by the revision's user."""
    items: list[ReviewedItem] = []
    for model, versions_of in _by_model(versions).items():
        if issubclass(model, ReviewedItem):
            items += model._default_manager.filter(pk__in=[version.object_id for version in versions_of])
        elif list_definition_finders(model):
            for instance in model._default_manager.filter(pk__in=[version.object_id for version in versions_of]):
                _record_dependents(instance, by=revision.user)
    _record(items, by=revision.user)


def _by_model(versions: Iterable[Version]) -> dict[type[models.Model], list[Version]]:
    found: dict[type[models.Model], list[Version]] = {}
    for version in versions:
        found.setdefault(version._model, []).append(version)
    return found


def _item_of(instance: models.Model) -> ReviewedItem | None:
    if isinstance(instance, ReviewedItem):
        return instance
    found = find_child(type(instance))
    return getattr(instance, found[1].parent, None) if found else None


def _record(items: list[ReviewedItem], by: Any = None) -> None:
    from editorial import actions

    saved = _saved.get()
    if saved is not None:
        saved.extend((item, by) for item in items)
    else:
        actions.record_edit(items, by=by)


def _record_dependents(instance: models.Model, by: Any = None) -> None:
    for find in list_definition_finders(type(instance)):
        for name, pks in find(instance):
            _record(list(get_kind(name).load(pks)), by=by)
