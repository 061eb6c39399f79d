"""Writes rows that were checked: only what differs, each item as one revision of its own."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext
from typing import Any

import reversion
from django.db.models import Model

from editorial.loading.creating import Known, create
from editorial.loading.rows import Children, Link, Row
from editorial.models import User

Found = dict[Link, int]
_AT_ONCE = 500
"""So many new rows are in memory with their versions at a time."""


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
    """Saves rows, those first that others name: new ones many at a time. `done` is told of each."""

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
        self.rows = rows
        self.current: Link | None = None
        """The row that is being written, to name when it fails."""
        self.found, self.existing = found, existing
        self.by, self.comment, self.done = by, comment, done
        self.instances: dict[Link, Model] = {}
        self.created: list[Link] = []
        self.updated: list[Link] = []

    def write_all(self) -> None:
        for level in list_levels(self.rows):
            for links in _by_model(link for link in level if link not in self.existing):
                self._create(links)
            for link in level:
                if link in self.existing:
                    self._update(link)

    def _create(self, links: Sequence[Link]) -> None:
        for start in range(0, len(links), _AT_ONCE):
            some = links[start : start + _AT_ONCE]
            known = Known(self.instances, self.found)
            made = create([self.rows[link] for link in some], known, by=self.by, comment=self.comment)
            for link, instance in zip(some, made, strict=True):
                self._note(link, instance)
            self.created += some
        self._find_parts(links)

    def _update(self, link: Link) -> None:
        self.current, row, instance = link, self.rows[link], self.existing[link]
        if differs(row, instance, self.found):
            self.updated.append(link)
            instance = self._save(row, instance)
            self._find_parts([link])
        self._note(link, instance)

    def _note(self, link: Link, instance: Model) -> None:
        self.instances[link] = instance
        self.found[link] = instance.pk
        self.done()

    def _find_parts(self, links: Iterable[Link]) -> None:
        """What others may name of these rows has keys now."""
        self.found |= find_on_site(part for link in links for _, _, part in self.rows[link].parts())

    def _save(self, row: Row, existing: Model) -> Model:
        # Read anew: rows that were fetched before for the comparison would go into the version as they were.
        instance = row.model._default_manager.get(pk=existing.pk)
        is_versioned = reversion.is_registered(row.model)
        with reversion.create_revision(manage_manually=True, atomic=False) if is_versioned else nullcontext():
            self._save_row(row, instance)
            if is_versioned:
                reversion.set_comment(self.comment)
                if self.by is not None:
                    reversion.set_user(self.by)
                reversion.add_to_revision(instance)
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


def list_levels(rows: Mapping[Link, Row]) -> list[list[Link]]:
    """The rows in the order in which they can be written: none names one of its own level or of a later one."""
    owners = {part: link for link, row in rows.items() for _, _, part in row.parts()}
    depths: dict[Link, int] = {}

    def measure(link: Link) -> int:
        if link not in depths:
            named = {owners.get(one, one) for one, _ in rows[link].all_links()} - {link}
            depths[link] = max((measure(one) + 1 for one in named if one in rows), default=0)
        return depths[link]

    levels: dict[int, list[Link]] = {}
    for link in rows:
        levels.setdefault(measure(link), []).append(link)
    return [levels[depth] for depth in sorted(levels)]


def _by_model(links: Iterable[Link]) -> list[list[Link]]:
    found: dict[type[Model], list[Link]] = {}
    for link in links:
        found.setdefault(link.model, []).append(link)
    return list(found.values())


def _column(row: Row, name: str) -> str:
    return row.model._meta.get_field(name).attname


def _pk(link: Link | None, found: Found) -> int | None:
    return found.get(link) if link else None


def _pks(links: Iterable[Link], found: Found) -> set[int | None]:
    return {found.get(link) for link in links}
