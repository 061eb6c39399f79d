"""Notices every save of an item, by whatever writer, and has its Review brought up to date."""

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import reversion
from django.core.serializers.base import DeserializationError
from django.db import models, transaction
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from reversion.models import Revision, Version
from reversion.signals import post_revision_commit

from editorial.models import Contribution, Decision, Edition, Review, ReviewedItem
from editorial.registry import find_child, get_kind, list_definition_finders


@contextmanager
def together() -> Iterator[None]:
    """Brings the Reviews of all that is saved inside up to date once, at the end: for many items at a time.

    No action may be called inside: it would find the Reviews as they were.
    """
    saved: _Saved = {}
    token = _saved.set(saved)
    try:
        yield
    finally:
        _saved.reset(token)
    by_user: dict[Any, list[ReviewedItem]] = {}
    for (model, by), pks in saved.items():
        by_user.setdefault(by, []).extend(model._default_manager.filter(pk__in=pks))
    for by, items in by_user.items():
        _record(items, by=by)


def is_waiting() -> bool:
    """Whether edits may have been saved that their Reviews do not know of yet."""
    return reversion.is_active() or _saved.get() is not None


_Saved = dict[tuple[type[ReviewedItem], Any], set[int]]
"""Primary keys by model and person."""
_saved: ContextVar[_Saved | None] = ContextVar("editorial_saved_together", default=None)


class _Loaded(threading.local):
    """Rows of a fixture, until its transaction ends. What a rolled back one leaves here is looked at in vain."""

    def __init__(self) -> None:
        self.rows: list[models.Model] = []


_loaded = _Loaded()


def connect() -> None:
    pre_save.connect(refuse_raw, dispatch_uid="editorial.refuse_raw")
    pre_save.connect(ensure_review, dispatch_uid="editorial.ensure_review")
    post_save.connect(note_save, dispatch_uid="editorial.note_save")
    post_delete.connect(note_delete, dispatch_uid="editorial.note_delete")
    m2m_changed.connect(note_relation, dispatch_uid="editorial.note_relation")
    post_revision_commit.connect(note_revision, dispatch_uid="editorial.note_revision")


def ensure_review(sender: type[models.Model], instance: models.Model, **kwargs: Any) -> None:
    """A new item, or a copy of one, starts with a Review of its own, whatever a fixture or a script says."""
    if not isinstance(instance, ReviewedItem) or not (instance._state.adding or instance.pk is None):
        return
    stored = None
    if instance.pk is not None:
        stored = sender._base_manager.filter(pk=instance.pk).values_list("review_id", flat=True).first()
    if stored is not None:
        # A fixture that writes over a row: what is public stays bound to it, also under another key.
        instance.review_id = stored
        return
    name = {"kind": instance.item_kind, "key": instance.key_value}
    # Not get_or_create, whose savepoint doubles the queries.
    Review.objects.bulk_create([Review(**name)], ignore_conflicts=True)
    instance.review = Review.objects.get(**name)


def give_reviews(items: Sequence[ReviewedItem]) -> None:
    """New items of one kind, about to be saved in one statement, get their Reviews. Two queries."""
    new = [Review(kind=item.item_kind, key=item.key_value) for item in items]
    Review.objects.bulk_create(new, ignore_conflicts=True)
    rows = Review.objects.filter(kind=items[0].item_kind, key__in=[review.key for review in new])
    found = {review.key: review for review in rows}
    for item in items:
        item.review = found[item.key_value]


def refuse_raw(sender: type[models.Model], raw: bool, **kwargs: Any) -> None:
    """Editorial state comes from the actions, never from a fixture. Raises DeserializationError."""
    if raw and sender in (Contribution, Decision, Edition, Review):
        message = f"{sender._meta.verbose_name_plural.capitalize()} are written by the editorial actions only. "
        raise DeserializationError(message + "Leave them out of the fixture; its items become drafts.")


def note_save(sender: type[models.Model], instance: models.Model, raw: bool, **kwargs: Any) -> None:
    if raw:
        # A fixture may name rows that come later in the file, so look when all of it is there.
        _loaded.rows.append(instance)
        transaction.on_commit(_note_loaded)
    elif not reversion.is_active():
        _note([instance])
    elif isinstance(instance, ReviewedItem):
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
    if not action.startswith("post_") or _is_being_loaded(instance):
        return
    owners = kwargs["model"]._default_manager.filter(pk__in=kwargs["pk_set"] or ()) if reverse else [instance]
    items = [item for item in map(_item_of, owners) if item is not None]
    if not reversion.is_active():
        _record(items)
    elif reverse:
        # reversion itself looks at one side only.
        for item in items:
            reversion.add_to_revision(item)


def note_revision(sender: Any, revision: Revision, versions: Iterable[Version], **kwargs: Any) -> None:
    """Every item in the revision was saved by the revision's user."""
    note_versions(versions, by=revision.user)


def note_versions(versions: Iterable[Version], *, by: Any) -> None:
    """Items with a new version have their Reviews brought up to date."""
    items: list[ReviewedItem] = []
    saved = _saved.get()
    for model, pks in _keys_by_model(versions).items():
        if issubclass(model, ReviewedItem) and saved is not None:
            saved.setdefault((model, by), set()).update(pks)
        elif issubclass(model, ReviewedItem):
            items += model._default_manager.filter(pk__in=pks)
        elif list_definition_finders(model):
            items += _dependents_of(model._default_manager.filter(pk__in=pks))
    _record(items, by=by)


def _keys_by_model(versions: Iterable[Version]) -> dict[type[models.Model], set[int]]:
    found: dict[type[models.Model], set[int]] = {}
    for version in versions:
        found.setdefault(version._model, set()).add(int(version.object_id))
    return found


def _is_being_loaded(instance: models.Model) -> bool:
    """A fixture sets the relations of a row right after the row, which is noted when all of the file is there."""
    return bool(_loaded.rows) and _loaded.rows[-1] is instance


def _note_loaded() -> None:
    rows, _loaded.rows = _loaded.rows, []
    _note(rows)


def _note(instances: list[models.Model]) -> None:
    items = [item for item in map(_item_of, instances) if item is not None]
    _record([*items, *_dependents_of(instances)])


def _item_of(instance: models.Model) -> ReviewedItem | None:
    if isinstance(instance, ReviewedItem):
        return instance
    found = find_child(type(instance))
    return getattr(instance, found[1].parent, None) if found else None


def _dependents_of(instances: Iterable[models.Model]) -> list[ReviewedItem]:
    """The items whose frozen content includes one of these pieces of configuration."""
    wanted: dict[str, set[int]] = {}
    for instance in instances:
        for find in list_definition_finders(type(instance)):
            for name, pks in find(instance):
                wanted.setdefault(name, set()).update(pks)
    return [item for name, pks in wanted.items() for item in get_kind(name).load(pks)]


def _record(items: list[ReviewedItem], by: Any = None) -> None:
    # All at once: the Reviews are then locked in their one order.
    from editorial import actions

    saved = _saved.get()
    if saved is None:
        actions.record_edit(list(dict.fromkeys(items)), by=by)
        return
    for item in items:
        saved.setdefault((type(item), by), set()).add(item.pk)
