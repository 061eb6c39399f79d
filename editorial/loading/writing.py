"""Writes rows that were checked: only what differs, each item as one revision of its own."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import nullcontext
from typing import Any

import reversion
from django.db.models import Model

from editorial.loading.rows import Children, Link, Row
from editorial.models import User

Found = dict[Link, int]


def find_on_site(links: Iterable[Link]) -> Found:
    """The primary keys of those rows that exist. One query for each model."""
    wanted: dict[tuple[type[Model], tuple[str, ...]], set[Link]] = {}
    for link in links:
        wanted.setdefault((link.model, tuple(lookup for lookup, _ in link.key)), set()).add(link)
    found: Found = {}
    for (model, lookups), members in wanted.items():
        last = {link.key[-1][1] for link in members}
        rows = model._default_manager.filter(**{f"{lookups[-1]}__in": last}).values_list("pk", *lookups)
        for pk, *values in rows:
            link = Link(model, tuple(zip(lookups, values, strict=True)))
            if link in members:
                found[link] = pk
    return found


def load_existing(rows: Mapping[Link, Row], found: Found) -> dict[Link, Model]:
    """The saved rows behind these, with all that `differs` looks at, in a constant number of queries a model."""
    by_model: dict[type[Model], list[Link]] = {}
    for link in rows:
        if link in found:
            by_model.setdefault(link.model, []).append(link)
    existing: dict[Link, Model] = {}
    for model, links in by_model.items():
        loaded = model._default_manager.prefetch_related(*_related(rows[links[0]])).in_bulk(
            [found[link] for link in links]
        )
        existing.update({link: loaded[found[link]] for link in links})
    return existing


def _related(row: Row) -> list[str]:
    names = list(row.sets)
    for accessor, children in row.children.items():
        names.append(accessor)
        names += sorted({f"{accessor}__{name}" for child in children.rows for name in child.sets})
    return names


def differs(row: Row, instance: Model, found: Found) -> bool:
    """Whether saving the row would change anything."""
    return (
        any(getattr(instance, name) != value for name, value in row.values.items())
        or any(getattr(instance, _column(row, name)) != _pk(link, found) for name, link in row.links.items())
        or any({o.pk for o in getattr(instance, n).all()} != _pks(links, found) for n, links in row.sets.items())
        or any(_children_differ(c, list(getattr(instance, n).all()), found) for n, c in row.children.items())
    )


def _children_differ(children: Children, saved: list[Model], found: Found) -> bool:
    if len(children.rows) != len(saved):
        return True
    return any(differs(row, instance, found) for row, instance in zip(children.rows, saved, strict=True))


class Writer:
    """Saves rows, those first that others name. `done` is told of each."""

    def __init__(
        self,
        rows: Mapping[Link, Row],
        found: Found,
        existing: Mapping[Link, Model],
        *,
        by: User | None,
        comment: str,
        done: Callable[[], Any],
    ) -> None:
        self.pending = dict(rows)
        self.current: Link | None = None
        """The row that is being written, to name when it fails."""
        self.found, self.existing = found, existing
        self.owners = {part: link for link, row in rows.items() for _, _, part in row.parts()}
        self.by, self.comment, self.done = by, comment, done
        self.instances: dict[Link, Model] = {}
        self.created: list[Link] = []
        self.updated: list[Link] = []

    def write_all(self) -> None:
        while self.pending:
            self._write(next(iter(self.pending)))

    def _write(self, link: Link) -> None:
        row = self.pending.pop(link)
        for named, _ in row.all_links():
            owner = self.owners.get(named, named)
            if owner in self.pending:
                self._write(owner)
        self.current = link
        instance = self.existing.get(link)
        if instance is None or differs(row, instance, self.found):
            (self.created if instance is None else self.updated).append(link)
            instance = self._save(row, instance)
        self.instances[link] = instance
        self.done()

    def _save(self, row: Row, existing: Model | None) -> Model:
        # Read anew: rows that were fetched before for the comparison would go into the version as they were.
        instance = row.model._default_manager.get(pk=existing.pk) if existing else row.model()
        is_versioned = reversion.is_registered(row.model)
        with reversion.create_revision(manage_manually=True, atomic=False) if is_versioned else nullcontext():
            self._save_row(row, instance)
            if is_versioned:
                reversion.set_comment(self.comment)
                if self.by is not None:
                    reversion.set_user(self.by)
                reversion.add_to_revision(instance)
        self.found[row.link] = instance.pk
        for accessor, value, link in row.parts():
            rows = getattr(instance, accessor).filter(**{row.children[accessor].identity: value})
            self.found[link] = rows.values_list("pk", flat=True)[0]
        return instance

    def _save_row(self, row: Row, instance: Model) -> None:
        is_new = instance.pk is None
        for name, value in row.values.items():
            setattr(instance, name, value)
        for name, link in row.links.items():
            if link in self.instances:
                setattr(instance, name, self.instances[link])
            else:
                setattr(instance, _column(row, name), _pk(link, self.found))
        instance.save()
        for name, links in row.sets.items():
            getattr(instance, name).set(_pks(links, self.found))
        for accessor, children in row.children.items():
            self._save_children(children, instance, [] if is_new else list(getattr(instance, accessor).all()))

    def _save_children(self, children: Children, instance: Model, saved: list[Model]) -> None:
        kept: dict[Any, Model] = {}
        if children.identity:
            kept = {getattr(child, children.identity): child for child in saved}
        elif saved:
            type(saved[0])._default_manager.filter(pk__in=[child.pk for child in saved]).delete()
        for row in children.rows:
            known = kept.pop(row.values[children.identity], None) if children.identity else None
            self._save_row(row, known or row.model(**{children.parent: instance}))
        for left in kept.values():
            left.delete()


def _column(row: Row, name: str) -> str:
    return row.model._meta.get_field(name).attname


def _pk(link: Link | None, found: Found) -> int | None:
    return found.get(link) if link else None


def _pks(links: Iterable[Link], found: Found) -> set[int | None]:
    return {found.get(link) for link in links}
